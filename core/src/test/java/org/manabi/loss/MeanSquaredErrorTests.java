package org.manabi.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.manabi.autodiff.Parameter;
import org.manabi.tensor.DType;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;

class MeanSquaredErrorTests {

    private static final MeanSquaredError LOSS = new MeanSquaredError();

    private static Tensor doubles(Shape shape, double... values) {
        return Tensor.of(DType.FLOAT64, shape, values);
    }

    /// Powers of two for N and K, so that dividing is exact.
    @Test
    void theMeanDividesByAllElementsAndThereIsNoHalf() {
        var predicted = Parameter.of("y", doubles(Shape.of(2, 4), 1, 2, 3, 4, 5, 6, 7, 8));
        var wanted = Values.of(doubles(Shape.of(2, 4), 0, 0, 3, 4, 5, 6, 7, 4));

        var loss = LOSS.of(new Outputs(predicted), wanted);

        assertThat(loss.value().item()).isEqualTo((1 + 4 + 16) / 8.0);
        assertThat(loss.gradients(predicted).of(predicted).toDoubles())
                .containsExactly(2 * 1 / 8.0, 2 * 2 / 8.0, 0, 0, 0, 0, 0, 2 * 4 / 8.0);
    }

    @Test
    void aSamplesLossIsTheMeanOverItsOutputs() {
        var predicted = Outputs.of(doubles(Shape.of(2, 2), 1, 2, 3, 5));
        var wanted = Values.of(doubles(Shape.of(2, 2), 0, 0, 0, 0));

        assertThat(LOSS.perSample(predicted, wanted).value().toDoubles()).containsExactly(2.5, 17);
    }

    /// SSE, per-sample SSE and MSE of the same numbers differ by 2, N and K.
    @Test
    void itIsTwiceTheSumOfSquaresDividedByAllElements() {
        var predicted = Outputs.of(doubles(Shape.of(4, 2), 1, 2, 3, 4, 5, 6, 7, 8));
        var wanted = Values.of(doubles(Shape.of(4, 2), 0, 1, 0, 1, 0, 1, 0, 1));

        double sum = SumOfSquaredErrors.SUM.of(predicted, wanted).value().item();

        assertThat(LOSS.of(predicted, wanted).value().item()).isEqualTo(2 * sum / (4 * 2));
    }

    @Test
    void unequalShapesAreRefused() {
        var predicted = Outputs.of(doubles(Shape.of(2, 1), 1, 2));

        // NumPy would broadcast [2, 1] against [1, 2] to [2, 2] and answer with a wrong number
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> LOSS.of(predicted, Values.of(doubles(Shape.of(2), 1, 2))))
                .withMessage(
                        "MeanSquaredError: prediction is [2, 1], targets are [1, 2];"
                                + " they must be equal");
    }
}
