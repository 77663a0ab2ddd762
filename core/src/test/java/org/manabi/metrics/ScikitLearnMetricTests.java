package org.manabi.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.manabi.tensor.DType;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;

/// The examples in the documentation of scikit-learn's metrics (BSD-3-Clause), and what they leave open.
class ScikitLearnMetricTests {

    private static RankedScores documented() {
        RankedScores scores = new RankedScores();
        boolean[] positive = {false, false, true, true};
        double[] score = {0.1, 0.4, 0.35, 0.8};
        for (int i = 0; i < 4; i++) {
            scores.add(positive[i], score[i]);
        }
        return scores;
    }

    /// `roc_auc_score` and `average_precision_score`: 0.75 and 0.83…, by hand ½·1 + ½·⅔.
    @Test
    void areasUnderCurves() {
        assertThat(documented().rocAuc()).isCloseTo(0.75, within(1e-15));
        assertThat(documented().prAuc()).isCloseTo(0.5 + 0.5 * 2 / 3, within(1e-15));
    }

    /// `roc_curve` of the same: false positive rates 0, 0, ½, ½, 1 and recalls 0, ½, ½, 1, 1.
    @Test
    void theCurveHasAPointForEachThreshold() {
        assertThat(documented().curve())
                .extracting(RankedScores.Point::falsePositiveRate, RankedScores.Point::recall)
                .extracting(Object::toString)
                .containsExactly(
                        "(0.0, 0.0)", "(0.0, 0.5)", "(0.5, 0.5)", "(0.5, 1.0)", "(1.0, 1.0)");
    }

    @Test
    void equalScoresCountHalf() {
        RankedScores scores = new RankedScores();
        scores.add(true, 0.5);
        scores.add(false, 0.5);

        assertThat(scores.rocAuc()).isEqualTo(0.5);
        assertThat(scores.prAuc()).isEqualTo(0.5);
    }

    @Test
    void withoutBothKindsThereIsNoArea() {
        RankedScores scores = new RankedScores();
        scores.add(true, 0.5);

        assertThat(scores.rocAuc()).isNaN();
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> scores.add(true, Double.NaN));
    }

    /// `f1_score([0,1,2,0,1,2], [0,2,1,0,0,1])`: per class 0.8, 0, 0; macro 0.26…, micro 0.33…,
    /// weighted 0.26…; `precision_score` macro 0.22…, `recall_score` macro 0.33….
    @Test
    void averagesOverClasses() {
        ConfusionMatrix matrix = new ConfusionMatrix(3);
        int[] labels = {0, 1, 2, 0, 1, 2};
        int[] predicted = {0, 2, 1, 0, 0, 1};
        for (int i = 0; i < labels.length; i++) {
            matrix.add(labels[i], predicted[i]);
        }

        assertThat(matrix.f1(0)).isCloseTo(0.8, within(1e-15));
        assertThat(matrix.f1(Averaging.MACRO)).isCloseTo(0.8 / 3, within(1e-15));
        assertThat(matrix.f1(Averaging.MICRO)).isCloseTo(1.0 / 3, within(1e-15));
        assertThat(matrix.f1(Averaging.WEIGHTED)).isCloseTo(0.8 / 3, within(1e-15));
        assertThat(matrix.precision(Averaging.MACRO)).isCloseTo(2.0 / 9, within(1e-15));
        assertThat(matrix.recall(Averaging.MACRO)).isCloseTo(1.0 / 3, within(1e-15));
        assertThat(matrix.precision(Averaging.MICRO)).isCloseTo(1.0 / 3, within(1e-15));
    }

    /// Two of class 0, both right, and one of class 1, wrong: weighted recall ⅔, macro ½.
    @Test
    void weightedAveragesCountSamples() {
        ConfusionMatrix matrix = new ConfusionMatrix(2);
        matrix.add(0, 0);
        matrix.add(0, 0);
        matrix.add(1, 0);

        assertThat(matrix.recall(Averaging.WEIGHTED)).isCloseTo(2.0 / 3, within(1e-15));
        assertThat(matrix.recall(Averaging.MACRO)).isEqualTo(0.5);
    }

    /// Of three samples one has NaN scores: it counts as not found, but nothing was predicted.
    @Test
    void undecidedSamplesLowerRecallAlone() {
        ConfusionMatrix matrix = new ConfusionMatrix(2);
        matrix.add(0, 0);
        matrix.add(1, 1);
        matrix.add(1, -1);

        assertThat(matrix.precision(Averaging.MICRO)).isEqualTo(1);
        assertThat(matrix.recall(Averaging.MICRO)).isCloseTo(2.0 / 3, within(1e-15));
        assertThat(matrix.f1(Averaging.MICRO)).isCloseTo(0.8, within(1e-15));
    }

    /// `brier_score_loss([0,1,1,0], [0.1,0.9,0.8,0.3])` is 0.0375, of both classes twice that; the log
    /// loss is that of `log_loss`, −¼(log 0.9 + log 0.9 + log 0.8 + log 0.7).
    @Test
    void probabilities() {
        Tensor rows =
                Tensor.of(DType.FLOAT64, Shape.of(4, 2), 0.9, 0.1, 0.1, 0.9, 0.2, 0.8, 0.7, 0.3);
        int[] labels = {0, 1, 1, 0};
        ProbabilityScores scores = new ProbabilityScores(0);
        for (int row = 0; row < 4; row++) {
            scores.add(rows, row, labels[row]);
        }

        assertThat(scores.brier()).isCloseTo(2 * 0.0375, within(1e-15));
        assertThat(scores.logLoss())
                .isCloseTo(-(2 * Math.log(0.9) + Math.log(0.8) + Math.log(0.7)) / 4, within(1e-15));
    }

    /// `r2_score`, `mean_absolute_error`, `mean_squared_error` and `max_error` of one example: 0.9486…,
    /// 0.5, 0.375, 1.
    @Test
    void regression() {
        RegressionErrors errors = new RegressionErrors();
        double[] targets = {3, -0.5, 2, 7};
        double[] predictions = {2.5, 0, 2, 8};
        for (int i = 0; i < 4; i++) {
            errors.add(predictions[i], targets[i]);
        }

        assertThat(errors.rSquared()).isCloseTo(0.9486081370449679, within(1e-15));
        assertThat(errors.meanAbsolute()).isEqualTo(0.5);
        assertThat(errors.meanSquared()).isEqualTo(0.375);
        assertThat(errors.rootMeanSquared()).isEqualTo(Math.sqrt(0.375));
        assertThat(errors.largest()).isEqualTo(1);
    }

    @Test
    void constantTargetsHaveNothingToExplain() {
        RegressionErrors errors = new RegressionErrors();
        errors.add(1, 2);
        errors.add(3, 2);

        assertThat(errors.rSquared()).isNaN();
    }

    /// `top_k_accuracy_score([0,1,2,2], …, k=2)` is 0.75.
    @Test
    void topK() {
        Tensor scores =
                Tensor.of(
                        DType.FLOAT64,
                        Shape.of(4, 3),
                        0.5,
                        0.2,
                        0.2,
                        0.3,
                        0.4,
                        0.2,
                        0.2,
                        0.4,
                        0.3,
                        0.7,
                        0.2,
                        0.1);
        IntTensor labels = IntTensor.of(Shape.of(4), new int[] {0, 1, 2, 2});

        assertThat(TopK.countCorrect(scores, labels, 2)).isEqualTo(3);
        assertThat(TopK.countCorrect(scores, labels, 1))
                .isEqualTo(Accuracy.countCorrect(scores, labels));
        assertThat(TopK.countCorrect(scores, labels, 3)).isEqualTo(4);
    }

    /// A class that never occurs has no area and stays out of the mean.
    @Test
    void oneClassAgainstTheRest() {
        OneVersusRest areas = new OneVersusRest(3);
        Tensor rows =
                Tensor.of(
                        DType.FLOAT64,
                        Shape.of(5, 3),
                        0.9,
                        0.1,
                        0,
                        0.6,
                        0.4,
                        0,
                        0.65,
                        0.35,
                        0,
                        0.2,
                        0.8,
                        0,
                        Double.NaN,
                        0,
                        0);
        int[] labels = {0, 0, 1, 1, 0};
        for (int row = 0; row < 5; row++) {
            areas.add(rows, row, labels[row]);
        }

        assertThat(areas.of(0).rocAuc()).isEqualTo(0.75);
        assertThat(areas.macroRocAuc()).isEqualTo(0.75);
        assertThat(areas.leftOut()).isEqualTo(1);
    }

    @Test
    void theWorstMistakesComeFirst() {
        WorstMistakes mistakes = new WorstMistakes(3);
        double[] losses = {1, 5, 2, 5, 9, 3};
        for (int id = 0; id < losses.length; id++) {
            mistakes.add(id, 0, id == 4 ? 0 : 1, 0.5, losses[id]);
        }

        assertThat(mistakes.worst())
                .extracting(WorstMistakes.Mistake::id)
                .containsExactly(1L, 3L, 5L);
        assertThat(mistakes.count()).isEqualTo(5);
    }
}
