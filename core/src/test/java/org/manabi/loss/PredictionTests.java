package org.manabi.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.manabi.tensor.DType;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;

/// What the meanings of numbers accept, and the words in which they refuse.
class PredictionTests {

    enum Meaning {
        Logits,
        Outputs,
        Values;

        Object of(Tensor numbers) {
            return switch (this) {
                case Logits -> org.manabi.loss.Logits.of(numbers);
                case Outputs -> org.manabi.loss.Outputs.of(numbers);
                case Values -> org.manabi.loss.Values.of(numbers);
            };
        }
    }

    private static Tensor doubles(Shape shape, double... values) {
        return Tensor.of(DType.FLOAT64, shape, values);
    }

    @Test
    void oneSampleIsABatchOfOne() {
        assertThat(Logits.of(doubles(Shape.of(3), 1, 2, 3)).variable().shape())
                .isEqualTo(Shape.of(1, 3));
        assertThat(Probabilities.of(doubles(Shape.of(2), 0, 1)).variable().shape())
                .isEqualTo(Shape.of(1, 2));
        assertThat(Outputs.of(doubles(Shape.of(1), 7)).variable().shape())
                .isEqualTo(Shape.of(1, 1));
        assertThat(Values.of(doubles(Shape.of(2), 7, 8)).rows()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void nanIsRefusedWithItsPlace(Meaning meaning) {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> meaning.of(doubles(Shape.of(2, 3), 1, 2, 3, 4, 5, Double.NaN)))
                .withMessage("%s: NaN at row 1, column 2 is not a number", meaning);
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyBatchIsRefused(Meaning meaning) {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> meaning.of(doubles(Shape.of(0, 3))))
                .withMessage(
                        "%s: the batch is empty, shape [0, 3]; give at least one row", meaning);
    }

    @ParameterizedTest
    @EnumSource
    void moreThanTwoAxesAreRefused(Meaning meaning) {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> meaning.of(doubles(Shape.of(1, 1, 2), 1, 2)))
                .withMessage("%s: expected [N, K], or [K] for one sample, got [1, 1, 2]", meaning);
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> meaning.of(doubles(Shape.SCALAR, 1)))
                .withMessage("%s: expected [N, K], or [K] for one sample, got []", meaning);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "Values")
    void aPredictionIsOfFloatingNumbers(Meaning meaning) {
        Tensor whole = Tensor.of(DType.INT32, Shape.of(2), 1, 0);

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> meaning.of(whole))
                .withMessage("%s: expected floating numbers, got INT32 [2]", meaning);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e-9, 1.0000001, 5, -3, Double.NaN, Double.POSITIVE_INFINITY})
    void whatIsNoProbabilityIsRefused(double value) {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> Probabilities.of(doubles(Shape.of(2, 2), 0.5, 0.5, value, 0)))
                .withMessage(
                        "Probabilities: %s at row 1, column 0 is outside 0 … 1; are these logits?",
                        value);
    }

    /// The chapter's examples do not all add to 1, nor does a float32 softmax to the last bit.
    @Test
    void probabilitiesNeedNotAddToOne() {
        assertThatCode(() -> Probabilities.of(doubles(Shape.of(2), 0.5, 0.1)))
                .doesNotThrowAnyException();
    }
}
