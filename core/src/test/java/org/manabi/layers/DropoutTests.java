package org.manabi.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manabi.autodiff.Input;
import org.manabi.autodiff.Plan;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

class DropoutTests {

    private static final int SAMPLES = 40;
    private static final int FEATURES = 1000;

    /// What becomes of ones, with the noise of a seed.
    private static double[] ones(Layer layer, DType dtype, int threads, long seed) {
        Network network = new Network(layer, Shape.of(FEATURES), dtype, Seed.of(0));
        Tensor x = Tensor.zeros(dtype, Shape.of(SAMPLES, FEATURES));
        for (int i = 0; i < x.size(); i++) {
            x.setFromDouble(i, 1);
        }
        Input noise = Noise.input();
        Variable y = network.forward(Variable.of(x), Mode.TRAIN, noise);
        Plan plan = Plan.forInference(Engine.of(threads), List.of(y, noise));
        Noise.write(Seed.of(seed), (IntTensor) plan.value(noise));
        plan.forward();
        return plan.value(y).toDoubles();
    }

    /// Within five standard deviations of the binomial distribution.
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.25, 0.5, 0.9})
    void theShareIsLeftOutAndTheRestEnlarged(double rate) {
        double[] y = ones(new Dropout(rate), DType.FLOAT64, 1, 7);

        long left = Arrays.stream(y).filter(v -> v == 0).count();
        assertThat((double) left / y.length)
                .isCloseTo(rate, within(5 * Math.sqrt(rate * (1 - rate) / y.length)));
        assertThat(Arrays.stream(y).filter(v -> v != 0).distinct().toArray())
                .containsExactly(1 / (1 - rate));
    }

    @Test
    void theMaskDependsOnTheSeedAndThePathAndNotOnThreads() {
        Dropout half = new Dropout(0.5);
        double[] y = ones(half, DType.FLOAT32, 1, 7);

        assertThat(ones(half, DType.FLOAT32, 4, 7)).isEqualTo(y);
        assertThat(ones(half, DType.FLOAT64, 1, 7)).isEqualTo(y);
        assertThat(agreement(ones(half, DType.FLOAT32, 1, 8), y)).isCloseTo(0.5, within(0.02));
        assertThat(agreement(ones(Sequential.of(half), DType.FLOAT32, 1, 7), y))
                .isCloseTo(0.5, within(0.02));
    }

    @Test
    void samplesHaveMasksOfTheirOwn() {
        double[] y = ones(new Dropout(0.5), DType.FLOAT32, 1, 7);

        for (int n = 1; n < SAMPLES; n++) {
            double[] first = Arrays.copyOf(y, FEATURES);
            double[] other = Arrays.copyOfRange(y, n * FEATURES, (n + 1) * FEATURES);
            assertThat(agreement(first, other)).isCloseTo(0.5, within(0.08)); // five deviations
        }
    }

    /// The share of elements that fare alike.
    private static double agreement(double[] a, double[] b) {
        int alike = 0;
        for (int i = 0; i < a.length; i++) {
            alike += a[i] == b[i] ? 1 : 0;
        }
        return (double) alike / a.length;
    }

    @Test
    void aNetworkInUseLeavesNothingOut() {
        Network network = new Network(new Dropout(0.5), Shape.of(3), DType.FLOAT32, Seed.of(0));
        Variable x = Variable.of(Tensor.of(DType.FLOAT32, Shape.of(1, 3), 1, 2, 3));

        assertThat(network.forward(x, Mode.EVALUATE)).isSameAs(x);
    }

    @Test
    void aRateIsLessThanOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Dropout(1))
                .withMessage("a dropout rate is in [0, 1), got 1.0");
    }
}
