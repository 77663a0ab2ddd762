package org.manabi.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manabi.tensor.DType;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;

class AccuracyTests {

    private static final double NAN = Double.NaN;

    private static Tensor scores(int rows, int classes, double... values) {
        return Tensor.of(DType.FLOAT64, Shape.of(rows, classes), values);
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void theHighestScoreWins(DType dtype) {
        Tensor scores = scores(3, 3, 1, 5, 2, -3, -2, -1, 9, 0, 0).to(dtype);

        assertThat(Accuracy.argmax(scores, 0)).isEqualTo(1);
        assertThat(Accuracy.argmax(scores, 1)).isEqualTo(2);
        assertThat(Accuracy.argmax(scores, 2)).isEqualTo(0);
    }

    @Test
    void ofEqualScoresTheFirstWins() {
        assertThat(Accuracy.argmax(scores(1, 4, 0, 7, 7, 7), 0)).isEqualTo(1);
        assertThat(Accuracy.argmax(scores(1, 3, 0, 0, 0), 0)).isEqualTo(0);
        assertThat(Accuracy.argmax(scores(1, 2, -0.0, 0.0), 0)).isEqualTo(0);
    }

    @Test
    void minusInfinityIsAScoreLikeAnyOther() {
        double none = Double.NEGATIVE_INFINITY;

        assertThat(Accuracy.argmax(scores(1, 3, none, -5, none), 0)).isEqualTo(1);
        assertThat(Accuracy.argmax(scores(1, 2, none, none), 0)).isEqualTo(0);
    }

    @Test
    void aRowWithNanIsRightForNoLabel() {
        Tensor scores = scores(3, 3, NAN, 0, 1, 0, NAN, 1, 0, 9, NAN);

        for (int row = 0; row < 3; row++) {
            assertThat(Accuracy.argmax(scores, row)).isEqualTo(-1);
        }
        for (int label = -1; label < 3; label++) {
            IntTensor labels = IntTensor.of(Shape.of(3), label, label, label);
            assertThat(Accuracy.countCorrect(scores, labels)).isZero();
        }
    }

    @Test
    void correctRowsAreCounted() {
        Tensor scores = scores(4, 2, 0, 1, 1, 0, 0, 1, 1, 0);

        assertThat(Accuracy.countCorrect(scores, IntTensor.of(Shape.of(4), 1, 0, 0, 1)))
                .isEqualTo(2);
        assertThat(Accuracy.countCorrect(scores, IntTensor.of(Shape.of(4), 1, 0, 1, 0)))
                .isEqualTo(4);
    }

    @Test
    void viewsAreReadFromWhereTheyBegin() {
        Tensor scores = scores(4, 2, 0, 1, 1, 0, 0, 1, 1, 0).rows(2, 2);
        IntTensor labels = IntTensor.of(Shape.of(4), 7, 7, 1, 1).rows(2, 2);

        assertThat(Accuracy.countCorrect(scores, labels)).isEqualTo(1);
    }

    @Test
    void scoresAndLabelsOfUnequalRowsAreRefused() {
        IntTensor labels = IntTensor.of(Shape.of(3), 0, 0, 0);

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> Accuracy.countCorrect(scores(2, 2, 1, 0, 1, 0), labels))
                .withMessage("accuracy needs scores [N, K] and labels [N], got [2, 2] and [3]");
    }
}
