package org.manabi.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.manabi.autodiff.Parameter;
import org.manabi.tensor.DType;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;

class SumOfSquaredErrorsTests {

    private static Tensor doubles(Shape shape, double... values) {
        return Tensor.of(DType.FLOAT64, shape, values);
    }

    /// 『ゼロから作るDeep Learning』, section 4.2.1: the right class is 2; the network says 2, then 7.
    /// By hand, ½(0.1² + 0.05² + 0.4² + 0.05² + 0.1² + 0.1²) = 0.0975 and
    /// ½(0.1² + 0.05² + 0.9² + 0.05² + 0.1² + 0.6²) = 0.5975. Ten roundings cost less than 1e-15.
    @Test
    void theExamplesOfTheChapter() {
        var right = Labels.of(10, 2);
        var two = doubles(Shape.of(10), 0.1, 0.05, 0.6, 0, 0.05, 0.1, 0, 0.1, 0, 0);
        var seven = doubles(Shape.of(10), 0.1, 0.05, 0.1, 0, 0.05, 0.1, 0, 0.6, 0, 0);

        assertThat(SumOfSquaredErrors.SUM.of(Probabilities.of(two), right).value().item())
                .isCloseTo(0.0975, within(1e-15));
        assertThat(SumOfSquaredErrors.SUM.of(Probabilities.of(seven), right).value().item())
                .isCloseTo(0.5975, within(1e-15));
    }

    @Test
    void theSumIsDividedByNothingAndTheMeanByTheSamplesAlone() {
        var predicted = Parameter.of("y", doubles(Shape.of(2, 3), 1, 2, 3, 4, 5, 6));
        var wanted = Values.of(doubles(Shape.of(2, 3), 0, 2, 5, 4, 1, 0));
        double firstSample = 0.5 * (1 + 0 + 4);
        double secondSample = 0.5 * (0 + 16 + 36);

        var sum = SumOfSquaredErrors.SUM.of(new Outputs(predicted), wanted);
        var mean = SumOfSquaredErrors.PER_SAMPLE_MEAN.of(new Outputs(predicted), wanted);

        assertThat(sum.value().item()).isEqualTo(firstSample + secondSample);
        assertThat(mean.value().item()).isEqualTo((firstSample + secondSample) / 2);
        assertThat(sum.gradients(predicted).of(predicted).toDoubles())
                .containsExactly(1, 0, -2, 0, 4, 6);
        assertThat(mean.gradients(predicted).of(predicted).toDoubles())
                .containsExactly(0.5, 0, -1, 0, 2, 3);
    }

    @Test
    void eachSampleHasItsOwnLoss() {
        var predicted = Outputs.of(doubles(Shape.of(2, 2), 1, 2, 3, 4));
        var wanted = Values.of(doubles(Shape.of(2, 2), 1, 0, 0, 0));

        assertThat(SumOfSquaredErrors.SUM.perSample(predicted, wanted).value().toDoubles())
                .containsExactly(2, 12.5);
    }

    @Test
    void labelsCountAsOneHotRows() {
        var predicted = Outputs.of(doubles(Shape.of(2, 2), 0.5, 0.25, 0, 1));

        assertThat(SumOfSquaredErrors.SUM.of(predicted, Labels.of(2, 1, 0)).value().item())
                .isEqualTo(0.5 * (0.25 + 0.5625 + 1 + 1));
    }

    @Test
    void unequalShapesAreRefused() {
        var predicted = Outputs.of(doubles(Shape.of(2, 3), 1, 2, 3, 4, 5, 6));

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(
                        () ->
                                SumOfSquaredErrors.SUM.of(
                                        predicted, Values.of(doubles(Shape.of(2, 1), 1, 2))))
                .withMessage(
                        "SumOfSquaredErrors: prediction is [2, 3], targets are [2, 1];"
                                + " they must be equal");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> SumOfSquaredErrors.SUM.of(predicted, Labels.of(4, 0, 1)))
                .withMessage(
                        "SumOfSquaredErrors: prediction is [2, 3], targets are [2, 4];"
                                + " they must be equal");
    }

    @Test
    void floatsAndDoublesAreNotMixed() {
        var predicted = Outputs.of(Tensor.of(DType.FLOAT32, Shape.of(1), 1));
        var wanted = Values.of(doubles(Shape.of(1), 1));

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> SumOfSquaredErrors.SUM.of(predicted, wanted))
                .withMessage(
                        "SumOfSquaredErrors: prediction is FLOAT32, targets are FLOAT64;"
                                + " they must be equal");
    }
}
