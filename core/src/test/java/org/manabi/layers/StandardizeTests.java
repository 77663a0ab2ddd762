package org.manabi.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.manabi.autodiff.Input;
import org.manabi.autodiff.Plan;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;

class StandardizeTests {

    // the last feature is the same everywhere
    private static final Tensor SAMPLES =
            Tensor.of(DType.FLOAT64, Shape.of(4, 3), 1, 10, 7, 2, 30, 7, 3, 50, 7, 6, 70, 7);

    @Test
    void meansAndDeviationsAreThoseOfTheSamples() {
        Standardize layer = Standardize.of(SAMPLES);

        assertThat(layer.means()).containsExactly(3.0, 40.0, 7.0);
        // √((4 + 1 + 0 + 9) / 4) and √((900 + 100 + 100 + 900) / 4)
        assertThat(layer.deviations()).containsExactly(Math.sqrt(3.5), Math.sqrt(500), 1.0);
    }

    @Test
    void standardizedFeaturesHaveMean0AndDeviation1() {
        Network network =
                new Network(Standardize.of(SAMPLES), Shape.of(3), DType.FLOAT64, Seed.of(0));
        Input input = Input.of("inputs", DType.FLOAT64, Shape.of(4, 3));
        var output = network.forward(input, Mode.TRAIN);
        Plan plan = Plan.forInference(Engine.serial(), List.of(output));
        plan.value(input).copyFrom(SAMPLES);
        plan.forward();

        Standardize again = Standardize.of(plan.value(output));
        // a handful of roundings of numbers about 1
        assertThat(again.means()).allSatisfy(mean -> assertThat(mean).isCloseTo(0, within(1e-15)));
        assertThat(again.deviations())
                .allSatisfy(deviation -> assertThat(deviation).isCloseTo(1, within(1e-15)));
        assertThat(network.parameters().count()).isZero();
    }

    @Test
    void otherNumbersOfFeaturesAreRefused() {
        Standardize layer = Standardize.of(SAMPLES);
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> new Network(layer, Shape.of(4), DType.FLOAT32, Seed.of(0)))
                .withMessageContaining("expected an input [N, 3], got [1, 4]");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> new Standardize(List.of(0.0), List.of(0.0)))
                .withMessageContaining("deviation 0.0");
    }
}
