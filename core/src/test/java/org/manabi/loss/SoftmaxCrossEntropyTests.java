package org.manabi.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.manabi.autodiff.Gradients;
import org.manabi.autodiff.Parameter;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.DType;
import org.manabi.tensor.ForAll;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;

class SoftmaxCrossEntropyTests {

    private static final SoftmaxCrossEntropy LOSS = SoftmaxCrossEntropy.MEAN;

    @ParameterizedTest
    @CsvSource({"2, 0", "3, 0.7", "10, -5", "1000, 1e5"})
    void aUniformPredictionCostsTheLogarithmOfTheClasses(int classes, double everywhere) {
        double[] logits = new double[classes];
        Arrays.fill(logits, everywhere);

        var loss = LOSS.of(logits(Shape.of(classes), logits), Labels.of(classes, classes - 1));

        assertThat(loss.value().item())
                .isCloseTo(Math.log(classes), within(Math.ulp(Math.log(classes))));
    }

    /// softmax(0, ln 3) = (¼, ¾), so the losses are ln 4 and ln 4/3. Three roundings near 1.
    @Test
    void valuesAndGradientsByHand() {
        double[] rows = {0, Math.log(3), 0, Math.log(3)};
        var z = Parameter.of("z", Tensor.of(DType.FLOAT64, Shape.of(2, 2), rows));
        var targets = Labels.of(2, 0, 1);

        Variable losses = LOSS.perSample(new Logits(z), targets);
        Gradients gradients = LOSS.of(new Logits(z), targets).gradients(z);

        assertThat(losses.value().toDoubles())
                .containsExactly(new double[] {Math.log(4), Math.log(4.0 / 3)}, within(4e-16));
        assertThat(gradients.of(z).toDoubles())
                .containsExactly(
                        new double[] {-0.75 / 2, 0.75 / 2, 0.25 / 2, -0.25 / 2}, within(2e-16));
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void hugeLogitsCostWhatTheyShouldAndNoMore(DType dtype) {
        double[] values = {1e4, -1e4, -1e4, -1e4, 1e4, -1e4};
        var z = Parameter.of("z", Tensor.of(dtype, Shape.of(2, 3), values));
        var targets = Labels.of(3, 0, 2);

        Variable losses = LOSS.perSample(new Logits(z), targets);
        Gradients gradients = LOSS.of(new Logits(z), targets).gradients(z);

        assertThat(losses.value().toDoubles()).containsExactly(0, 2e4);
        assertThat(gradients.of(z).toDoubles()).containsExactly(0, 0, 0, 0, 0.5, -0.5);
    }

    /// The distance between the largest and the smallest float would overflow, one half of it not.
    @ParameterizedTest
    @ValueSource(floats = {1e4f, 1e20f, 1.7e38f})
    void everyLossOfFiniteLogitsIsFinite(float large) {
        double[] values = {large, -large, 0, large};
        Tensor logits = Tensor.of(DType.FLOAT32, Shape.of(4), values);
        for (int label = 0; label < 4; label++) {
            var z = Parameter.of("z", logits);
            var loss = LOSS.of(new Logits(z), Labels.of(4, label));

            assertThat(loss.value().item()).isFinite().isNotNegative();
            for (double slope : loss.gradients(z).of(z).toDoubles()) {
                assertThat(slope).isBetween(-1.0, 1.0);
            }
        }
    }

    @Test
    void aLogitOfMinusInfinityRulesItsClassOut() {
        var z = logits(Shape.of(3), 0, Double.NEGATIVE_INFINITY, 0);

        assertThat(LOSS.of(z, Labels.of(3, 0)).value().item())
                .isCloseTo(Math.log(2), within(2e-16));
        assertThat(LOSS.of(z, Labels.of(3, 1)).value().item()).isInfinite().isPositive();
    }

    /// Logits are multiples of 1/64 below 4 and the shifts whole numbers up to 4096: both fit the 24
    /// bits of a float together, so that shifting is exact and the bits must not change.
    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void addingOneNumberToARowChangesNothing(DType dtype) {
        ForAll.seeds(
                100,
                random -> {
                    int classes = 2 + random.nextInt(40);
                    double[] plain = new double[classes];
                    Arrays.setAll(plain, k -> random.nextInt(512) / 64.0 - 4);
                    double shift = random.nextInt(8192) - 4096.0;
                    double[] shifted = Arrays.stream(plain).map(z -> z + shift).toArray();
                    var a = Parameter.of("z", Tensor.of(dtype, Shape.of(classes), plain));
                    var b = Parameter.of("z", Tensor.of(dtype, Shape.of(classes), shifted));
                    var target = Labels.of(classes, random.nextInt(classes));

                    Variable lossOfA = LOSS.of(new Logits(a), target);
                    Variable lossOfB = LOSS.of(new Logits(b), target);

                    assertThat(lossOfB.value().item()).isEqualTo(lossOfA.value().item());
                    assertThat(lossOfB.gradients(b).of(b).toDoubles())
                            .containsExactly(lossOfA.gradients(a).of(a).toDoubles());
                });
    }

    /// A gradient moves along rows: what one class gains the others lose. K roundings of numbers up to
    /// 1, in float32 of 6e-8 each.
    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void theGradientOfARowAddsToZero(DType dtype) {
        double epsilon = dtype == DType.FLOAT32 ? 0x1p-24 : 0x1p-53;
        ForAll.seeds(
                100,
                random -> {
                    int classes = 2 + random.nextInt(40);
                    double[] values = new double[classes];
                    Arrays.setAll(values, k -> 3 * random.nextGaussian());
                    var z = Parameter.of("z", Tensor.of(dtype, Shape.of(classes), values));
                    var loss = LOSS.of(new Logits(z), Labels.of(classes, random.nextInt(classes)));

                    double[] gradient = loss.gradients(z).of(z).toDoubles();

                    assertThat(Arrays.stream(gradient).sum())
                            .isCloseTo(0, within(4 * classes * epsilon));
                });
    }

    @Test
    void nanInTheLogitsOfANetworkComesOutAsNan() {
        var z = Variable.of(Tensor.of(DType.FLOAT64, Shape.of(2), 0, Double.NaN));

        assertThat(LOSS.of(new Logits(z), Labels.of(2, 0)).value().item()).isNaN();
    }

    @Test
    void predictionsAndTargetsThatDoNotBelongTogetherAreRefused() {
        var z = logits(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> LOSS.of(z, Labels.of(3, 0, 1, 2)))
                .withMessage(
                        "SoftmaxCrossEntropy: prediction is [2, 3], but the targets are 3 rows of"
                                + " 3 classes");
    }

    /// With one class there is nothing to tell apart: the loss would always be 0.
    @Test
    void oneClassIsRefused() {
        var z = logits(Shape.of(2, 1), 1, 2);

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> LOSS.of(z, Labels.of(1, 0, 0)))
                .withMessage("Labels: at least 2 classes are needed, got 1");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> LOSS.of(z, Labels.of(2, 0, 0)))
                .withMessage(
                        "SoftmaxCrossEntropy: prediction is [2, 1], but the targets are 2 rows of"
                                + " 2 classes");
    }

    private static Logits logits(Shape shape, double... values) {
        return Logits.of(Tensor.of(DType.FLOAT64, shape, values));
    }
}
