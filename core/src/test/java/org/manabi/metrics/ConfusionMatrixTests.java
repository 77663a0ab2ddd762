package org.manabi.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.manabi.tensor.ShapeException;

class ConfusionMatrixTests {

    /// Four samples of class 0, of which 3 are found; three of class 1, of which 1 is found; one of
    /// class 2, taken for class 0. Nothing is ever taken for class 2.
    private static ConfusionMatrix example() {
        var matrix = new ConfusionMatrix(3);
        int[][] labelsAndPredictions = {
            {0, 0}, {0, 0}, {0, 0}, {0, 1}, {1, 1}, {1, 0}, {1, 0}, {2, 0}
        };
        for (int[] sample : labelsAndPredictions) {
            matrix.add(sample[0], sample[1]);
        }
        return matrix;
    }

    @Test
    void rowsAreLabelsAndColumnsPredictions() {
        assertThat(example().count(0, 1)).isEqualTo(1);
        assertThat(example().count(1, 0)).isEqualTo(2);
        assertThat(example().count(0, 0)).isEqualTo(3);
        assertThat(example().classes()).isEqualTo(3);
    }

    @Test
    void figuresByHand() {
        ConfusionMatrix matrix = example();

        assertThat(matrix.total()).isEqualTo(8);
        assertThat(matrix.accuracy()).isEqualTo(4 / 8.0);
        assertThat(matrix.support(0)).isEqualTo(4);
        assertThat(matrix.support(1)).isEqualTo(3);
        assertThat(matrix.precision(0)).isEqualTo(3 / 6.0);
        assertThat(matrix.recall(0)).isEqualTo(3 / 4.0);
        assertThat(matrix.f1(0)).isEqualTo(2 * 3 / (6.0 + 4));
        assertThat(matrix.precision(1)).isEqualTo(1 / 2.0);
        assertThat(matrix.recall(1)).isEqualTo(1 / 3.0);
        assertThat(matrix.f1(1)).isEqualTo(2 * 1 / (2.0 + 3));
    }

    @Test
    void whatCannotBeDividedIsZero() {
        assertThat(example().precision(2)).isZero();
        assertThat(example().recall(2)).isZero();
        assertThat(example().f1(2)).isZero();

        var empty = new ConfusionMatrix(2);
        assertThat(empty.accuracy()).isZero();
        assertThat(empty.recall(0)).isZero();
    }

    @Test
    void aSampleWithNanScoresIsWrongInEveryFigure() {
        var matrix = new ConfusionMatrix(2);
        matrix.add(0, 0);
        matrix.add(0, -1);
        matrix.add(1, 1);

        assertThat(matrix.total()).isEqualTo(3);
        assertThat(matrix.accuracy()).isEqualTo(2 / 3.0);
        assertThat(matrix.support(0)).isEqualTo(2);
        assertThat(matrix.recall(0)).isEqualTo(1 / 2.0);
        assertThat(matrix.precision(0)).isEqualTo(1);
        assertThat(matrix.undecided(0)).isEqualTo(1);
        assertThat(matrix.undecided(1)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "3, 0, label 3 is outside 0 … 2",
        "-1, 0, label -1 is outside 0 … 2",
        "0, 3, prediction 3 is outside 0 … 2"
    })
    void classesOutOfRangeAreRefused(int label, int predicted, String message) {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> new ConfusionMatrix(3).add(label, predicted))
                .withMessage("confusion matrix: %s", message);
    }

    @Test
    void oneClassIsNoChoice() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> new ConfusionMatrix(1))
                .withMessage("a confusion matrix needs at least 2 classes, got 1");
    }
}
