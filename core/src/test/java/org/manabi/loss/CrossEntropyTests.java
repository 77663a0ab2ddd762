package org.manabi.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.manabi.autodiff.Parameter;
import org.manabi.tensor.DType;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;
import tools.jackson.databind.JsonNode;

class CrossEntropyTests {

    private static Probabilities probabilities(Shape shape, double... values) {
        return Probabilities.of(Tensor.of(DType.FLOAT64, shape, values));
    }

    /// 『ゼロから作るDeep Learning』, section 4.2.2: −log(0.6 + 1e-7) and −log(0.1 + 1e-7), to the last
    /// digit that the chapter and NumPy print.
    @Test
    void theExamplesOfTheChapter() {
        var right = Labels.of(10, 2);
        var two = probabilities(Shape.of(10), 0.1, 0.05, 0.6, 0, 0.05, 0.1, 0, 0.1, 0, 0);
        var seven = probabilities(Shape.of(10), 0.1, 0.05, 0.1, 0, 0.05, 0.1, 0, 0.6, 0, 0);

        assertThat(CrossEntropy.BOOK.of(two, right).value().item()).isEqualTo(0.510825457099338);
        assertThat(CrossEntropy.BOOK.of(seven, right).value().item()).isEqualTo(2.302584092994546);
    }

    /// The book's own label form, `np.log(y * t)`, would cost nothing, or −∞, for label 0.
    @Test
    void labelZeroCostsAsMuchAsAnyOther() {
        var predicted = probabilities(Shape.of(2, 2), 0.25, 0.75, 0.75, 0.25);

        assertThat(CrossEntropy.BOOK.perSample(predicted, Labels.of(2, 0, 1)).value().toDoubles())
                .containsExactly(-Math.log(0.25 + 1e-7), -Math.log(0.25 + 1e-7));
    }

    /// log(1 + δ) = δ − δ²/2 + …, and −log δ = 7·ln 10.
    @Test
    void deltaBoundsTheLossFromMinusDeltaToMinusLogDelta() {
        var certain = probabilities(Shape.of(2), 1, 0);

        double right = CrossEntropy.BOOK.of(certain, Labels.of(2, 0)).value().item();
        double wrong = CrossEntropy.BOOK.of(certain, Labels.of(2, 1)).value().item();

        // 1 + 1e-7 is rounded to 1 ulp, 2e-16
        assertThat(right).isCloseTo(-1e-7 + 0.5e-14, within(2e-16)).isNegative();
        assertThat(wrong).isCloseTo(7 * Math.log(10), within(1e-14));
        assertThat(wrong).isCloseTo(16.118, within(0.0005));
    }

    @Test
    void onlyTheProbabilityOfTheRightClassHasAGradient() {
        var y = Parameter.of("y", Tensor.of(DType.FLOAT64, Shape.of(2, 2), 0.25, 0.75, 0.5, 0.5));
        var loss = CrossEntropy.BOOK.of(new Probabilities(y), Labels.of(2, 0, 1));

        assertThat(loss.gradients(y).of(y).toDoubles())
                .containsExactly(-0.5 / (0.25 + 1e-7), 0, 0, -0.5 / (0.5 + 1e-7));
    }

    @Test
    void theMeanDividesByTheNumberOfSamples() {
        var predicted = probabilities(Shape.of(4, 2), 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5);
        var right = Labels.of(2, 0, 1, 0, 1);

        double mean = new CrossEntropy(0, Reduction.MEAN).of(predicted, right).value().item();
        double sum = new CrossEntropy(0, Reduction.SUM).of(predicted, right).value().item();

        assertThat(mean).isEqualTo(-Math.log(0.5));
        assertThat(sum).isEqualTo(4 * mean);
    }

    static Stream<JsonNode> logLosses() {
        return Reference.scikitLearn().get("log_loss").valueStream();
    }

    /// scikit-learn's log_loss; it brings each row to the sum 1 first, which we leave to the caller.
    @ParameterizedTest
    @MethodSource("logLosses")
    void equalsTheLogLossOfScikitLearn(JsonNode example) {
        int[] labels = Reference.ints(example.get("y_true"));
        List<double[]> rows =
                example.has("p1")
                        ? example.get("p1")
                                .valueStream()
                                .map(p -> new double[] {1 - p.asDouble(), p.asDouble()})
                                .toList()
                        : example.get("y_pred").valueStream().map(Reference::doubles).toList();
        int classes = rows.getFirst().length;
        double[] normalized =
                rows.stream()
                        .flatMapToDouble(
                                row -> {
                                    double sum = Arrays.stream(row).sum();
                                    return Arrays.stream(row).map(p -> p / sum);
                                })
                        .toArray();
        double decimals = example.path("decimal").asDouble(15);
        double expected = Double.parseDouble(example.get("expected").asString());

        double loss =
                new CrossEntropy(0, Reduction.MEAN)
                        .of(
                                probabilities(Shape.of(labels.length, classes), normalized),
                                Labels.of(classes, labels))
                        .value()
                        .item();

        if (Double.isInfinite(expected)) {
            assertThat(loss).isEqualTo(expected);
        } else {
            // NumPy's `decimal`: closer than 1.5 · 10⁻ᵈ
            assertThat(loss).isCloseTo(expected, within(1.5 * Math.pow(10, -decimals)));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e-7, 1, Double.NaN, Double.POSITIVE_INFINITY})
    void aDeltaOutsideItsRangeIsRefused(double delta) {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> new CrossEntropy(delta, Reduction.MEAN))
                .withMessage("CrossEntropy: delta %s is outside [0, 1)", delta);
    }

    @Test
    void predictionsAndTargetsThatDoNotBelongTogetherAreRefused() {
        var predicted = probabilities(Shape.of(2, 2), 0.5, 0.5, 0.5, 0.5);

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> CrossEntropy.BOOK.of(predicted, Labels.of(2, 0)))
                .withMessage(
                        "CrossEntropy: prediction is [2, 2], but the targets are 1 rows of 2"
                                + " classes");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> CrossEntropy.BOOK.of(predicted, Labels.of(3, 0, 1)))
                .withMessage(
                        "CrossEntropy: prediction is [2, 2], but the targets are 2 rows of 3"
                                + " classes");
    }
}
