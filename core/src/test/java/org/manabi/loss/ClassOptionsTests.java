package org.manabi.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.manabi.tensor.DType;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;

/// Class weights, label smoothing and ignored labels, on two samples whose losses are known: logits
/// `log p` make softmax give p back.
class ClassOptionsTests {

    private static final Logits LOGITS = Logits.of(logarithms(0.5, 0.25, 0.25, 0.125, 0.125, 0.75));

    private static Tensor logarithms(double... p) {
        double[] z = new double[p.length];
        for (int i = 0; i < p.length; i++) {
            z[i] = Math.log(p[i]);
        }
        return Tensor.of(DType.FLOAT64, Shape.of(p.length / 3, 3), z);
    }

    private static double loss(Reduction reduction, ClassOptions options, Labels labels) {
        return new SoftmaxCrossEntropy(reduction, options).of(LOGITS, labels).value().item();
    }

    /// Labels 0 and 1 cost log 2 and log 8 = 3 log 2; with weights 3 and 1 the sum is 6 log 2.
    @Test
    void theMeanDividesByTheWeightsOrByTheSamples() {
        ClassOptions options = ClassOptions.PLAIN.withWeights(3, 1, 100);
        Labels labels = Labels.of(3, 0, 1);

        assertThat(loss(Reduction.SUM, options, labels)).isCloseTo(6 * Math.log(2), within(1e-14));
        assertThat(loss(Reduction.MEAN, options, labels))
                .isCloseTo(6 * Math.log(2) / 4, within(1e-14));
        assertThat(loss(Reduction.MEAN_PER_SAMPLE, options, labels))
                .isCloseTo(6 * Math.log(2) / 2, within(1e-14));
    }

    @Test
    void anIgnoredLabelCountsInNoMean() {
        Labels labels = Labels.ignoring(-100, 3, 0, -100);
        ClassOptions options = ClassOptions.PLAIN.ignoring(-100);

        for (Reduction reduction : new Reduction[] {Reduction.MEAN, Reduction.MEAN_PER_SAMPLE}) {
            assertThat(loss(reduction, options, labels)).isCloseTo(Math.log(2), within(1e-14));
        }
    }

    @Test
    void nothingIsLearnedWhereAllLabelsAreIgnored() {
        Labels labels = Labels.ignoring(-1, 3, -1, -1);

        assertThat(loss(Reduction.MEAN, ClassOptions.PLAIN.ignoring(-1), labels)).isZero();
    }

    /// ε = 0.3 of three classes: 0.8 of the label and 0.1 of each other, so label 0 costs
    /// 0.8 log 2 + 0.2 log 4 = 1.2 log 2.
    @Test
    void smoothingSpreadsOverAllClasses() {
        Labels labels = Labels.ignoring(-1, 3, 0, -1);
        ClassOptions options = ClassOptions.PLAIN.withSmoothing(0.3).ignoring(-1);

        assertThat(loss(Reduction.MEAN, options, labels))
                .isCloseTo(1.2 * Math.log(2), within(1e-14));
    }

    /// `(1 − ε) w_t ℓ_t + (ε/K) Σ w_c ℓ_c`, divided by w_t: PyTorch's.
    @Test
    void weightsAndSmoothingGoTogether() {
        Labels labels = Labels.ignoring(-1, 3, 0, -1);
        ClassOptions options =
                ClassOptions.PLAIN.withSmoothing(0.3).withWeights(2, 1, 5).ignoring(-1);
        double expected = (0.7 * 2 * 1 + 0.1 * (2 * 1 + 1 * 2 + 5 * 2)) * Math.log(2) / 2;

        assertThat(loss(Reduction.MEAN, options, labels)).isCloseTo(expected, within(1e-14));
    }

    @Test
    void oneHotRowsAsSoftTargetsCostWhatLabelsCost() {
        Tensor rows = Tensor.of(DType.FLOAT64, Shape.of(2, 3), 1, 0, 0, 0, 1, 0);
        double soft = SoftmaxCrossEntropy.MEAN.of(LOGITS, SoftTargets.of(rows)).value().item();

        assertThat(soft)
                .isCloseTo(
                        SoftmaxCrossEntropy.MEAN.of(LOGITS, Labels.of(3, 0, 1)).value().item(),
                        within(1e-15));
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> ClassOptions.PLAIN.withWeights(0, 0))
                .withMessage("all class weights are 0; nothing would be learned");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(
                        () ->
                                loss(
                                        Reduction.MEAN,
                                        ClassOptions.PLAIN.withWeights(1, 2),
                                        Labels.of(3, 0, 1)))
                .withMessage("SoftmaxCrossEntropy has 2 class weights, but there are 3 classes");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> Labels.ignoring(-1, 3, 0, -2))
                .withMessage("label -2 at row 1 is outside 0 … 2");
    }
}
