package org.manabi.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.manabi.autodiff.Parameter;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;

class BatchNormTests {

    private static Network network(Layer layer, int... sample) {
        return new Network(layer, Shape.of(sample), DType.FLOAT64, Seed.of(0));
    }

    private static Variable batch(Shape shape, double... values) {
        return Variable.of(Tensor.of(DType.FLOAT64, shape, values));
    }

    @Test
    void learningUsesTheBatchAndMovesTheRunningFigures() {
        Network network = network(Sequential.of(new BatchNorm1d()), 1);

        double[] y =
                network.forward(batch(Shape.of(3, 1), 1, 2, 6), Mode.TRAIN).value().toDoubles();

        // mean 3, population variance 14/3, unbiased variance 7
        double factor = 1 / Math.sqrt(14 / 3.0 + 1e-5);
        assertThat(y)
                .containsExactly(new double[] {-2 * factor, -factor, 3 * factor}, within(1e-15));
        Map<String, Tensor> figures = network.parameters().tensors();
        Tensor mean = Objects.requireNonNull(figures.get("0.runningMean"));
        Tensor variance = Objects.requireNonNull(figures.get("0.runningVariance"));
        assertThat(mean.item()).isCloseTo(0.3, within(1e-15));
        assertThat(variance.item()).isCloseTo(0.9 + 0.7, within(1e-15));
    }

    @Test
    void useTakesTheRunningFiguresAndLeavesThem() {
        Network network = network(new BatchNorm1d(), 1);
        String before = network.parameters().sha256();

        double[] y = network.forward(batch(Shape.of(1, 1), 3), Mode.EVALUATE).value().toDoubles();

        assertThat(y[0]).isCloseTo(3 / Math.sqrt(1 + 1e-5), within(1e-15));
        assertThat(network.parameters().sha256()).isEqualTo(before);
    }

    @Test
    void runningFiguresAreStateAndNoParameters() {
        Network network = network(new BatchNorm2d(), 2, 3, 3);

        assertThat(network.parameters().all())
                .extracting(Parameter::name)
                .containsExactly("weight", "bias");
        assertThat(network.parameters().states())
                .containsOnlyKeys("runningMean", "runningVariance");
        assertThat(network.parameters().tensors())
                .containsOnlyKeys("weight", "bias", "runningMean", "runningVariance");
    }

    @Test
    void aBatchOfOneNumberForEachChannelIsRefused() {
        Network network = network(Sequential.of(new Dense(2), new BatchNorm1d()), 3);

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> network.forward(batch(Shape.of(1, 3), 1, 2, 3), Mode.TRAIN))
                .withMessageStartingWith("layer 1 BatchNorm1d")
                .withMessageContaining("leave out an epoch's last, short batch");
    }

    @Test
    void theOtherLayerIsNamedWhereTheRankIsWrong() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> network(Sequential.of(new BatchNorm2d()), 3))
                .withMessageContaining("got [1, 3]; is BatchNorm1d meant?");
    }
}
