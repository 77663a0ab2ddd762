package org.manabi.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;

/// The rules on ½|p|², whose gradient is p itself.
class OptimizerTests {

    private static final double RATE = 0.1;

    // Not private: only the name in @FieldSource reads it.
    static final List<Optimizer> RULES = List.of(new Sgd(RATE), new Momentum(RATE), new Adam(RATE));

    private static Tensor steps(Optimizer rule, DType dtype, int steps, double... start) {
        Tensor point = Tensor.of(dtype, Shape.of(start.length), start);
        List<Tensor> slots = slots(rule, point);
        for (int step = 1; step <= steps; step++) {
            rule.update(Engine.serial(), point, point.copy(), slots, step, rule.learningRate());
        }
        return point;
    }

    private static List<Tensor> slots(Optimizer rule, Tensor point) {
        List<Tensor> slots = new ArrayList<>();
        rule.slots().forEach(slot -> slots.add(slot.tensorFor(point)));
        return slots;
    }

    /// pₜ = (1 − η)ᵗ p₀.
    @Test
    void gradientDescentShrinksByOneMinusTheRate() {
        double[] end = steps(new Sgd(RATE), DType.FLOAT64, 3, 1.5, -2).toDoubles();

        assertThat(end).containsExactly(new double[] {1.5 * 0.729, -2 * 0.729}, within(1e-15));
    }

    /// By hand from 1: v₁ = −0.1, p₁ = 0.9; v₂ = −0.09 − 0.09, p₂ = 0.72; v₃ = −0.162 − 0.072,
    /// p₃ = 0.486. PyTorch 2 gives the same 0.729 and −0.972.
    @Test
    void momentumAfterThreeSteps() {
        double[] end = steps(new Momentum(RATE, 0.9), DType.FLOAT64, 3, 1.5, -2).toDoubles();

        assertThat(end).containsExactly(new double[] {0.729, -0.972}, within(1e-15));
    }

    /// From PyTorch 2, float64.
    @Test
    void adamAfterThreeSteps() {
        double[] end = steps(new Adam(RATE), DType.FLOAT64, 3, 1.5, -2).toDoubles();

        assertThat(end)
                .containsExactly(
                        new double[] {1.2009028715453671, -1.7006233928121137}, within(1e-15));
    }

    /// A few roundings of 6e-8 each in numbers up to 2.
    @ParameterizedTest
    @FieldSource({"RULES", "org.manabi.optim.UpdaterTests#RULES"})
    void floatsFollowDoubles(Optimizer rule) {
        double[] truth = steps(rule, DType.FLOAT64, 10, 1.5, -2, 0.3).toDoubles();

        assertThat(steps(rule, DType.FLOAT32, 10, 1.5, -2, 0.3).toDoubles())
                .containsExactly(truth, within(3e-6));
    }

    /// In the first step m̂ = g and √v̂ = |g|, so that ε added after the correction gives
    /// η·g / (|g| + ε) whatever the betas are. Keras, which adds it before, would give another number.
    @ParameterizedTest
    @ValueSource(doubles = {1e-8, 0.5, 100})
    void adamAddsEpsilonAfterTheBiasCorrection(double epsilon) {
        double[] end = steps(new Adam(RATE, 0.9, 0.999, epsilon), DType.FLOAT64, 1, 3).toDoubles();

        assertThat(end[0]).isCloseTo(3 - RATE * 3 / (3 + epsilon), within(1e-13));
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void velocityCarriesOnWithoutAGradient(DType dtype) {
        var rule = new Momentum(0.5, 0.5);
        Tensor point = Tensor.of(dtype, Shape.of(1), 1);
        List<Tensor> slots = slots(rule, point);

        rule.update(Engine.serial(), point, Tensor.of(dtype, Shape.of(1), 1), slots, 1, 0.5);
        rule.update(Engine.serial(), point, Tensor.zeros(dtype, Shape.of(1)), slots, 2, 0.5);

        assertThat(point.item()).isEqualTo(1 - 0.5 - 0.25);
        assertThat(slots.getFirst().item()).isEqualTo(-0.25);
    }

    /// A schedule hands in the rate of the moment; the rule's own is only where it begins.
    @ParameterizedTest
    @FieldSource("RULES")
    void theRateOfTheMomentCounts(Optimizer rule) {
        Tensor point = Tensor.of(DType.FLOAT64, Shape.of(1), 1);

        rule.update(
                Engine.serial(),
                point,
                Tensor.of(DType.FLOAT64, Shape.of(1), 1),
                slots(rule, point),
                1,
                RATE / 4);

        // for all three the first step is η·g, but for Adam's ε of 1e-8
        assertThat(point.item()).isCloseTo(1 - RATE / 4, within(1e-9));
    }

    /// Parameters may be views of one long array; nothing beside them is touched.
    @ParameterizedTest
    @FieldSource("RULES")
    void onlyTheParameterIsChanged(Optimizer rule) {
        for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
            Tensor whole = Tensor.zeros(dtype, Shape.of(5, 7));
            for (int i = 0; i < whole.size(); i++) {
                whole.setFromDouble(i, 1);
            }
            Tensor gradient = whole.copy();
            Tensor middle = whole.rows(2, 1);

            rule.update(Engine.serial(), middle, gradient.rows(3, 1), slots(rule, middle), 1, RATE);

            for (int i = 0; i < whole.size(); i++) {
                boolean within = i / 7 == 2;
                assertThat(whole.getAsDouble(i) == 1).isEqualTo(!within);
            }
            assertThat(gradient.toDoubles()).containsOnly(1);
        }
    }

    @Test
    void rulesSayWhatTheyRemember() {
        assertThat(new Sgd(RATE).slots()).isEmpty();
        assertThat(new Momentum(RATE).slots()).containsExactly(Slot.of("velocity"));
        assertThat(new Adam(RATE).slots()).containsExactly(Slot.of("m"), Slot.of("v"));
    }

    @Test
    void defaultsAreThoseOfThePapers() {
        assertThat(Adam.DEFAULTS).isEqualTo(new Adam(0.001, 0.9, 0.999, 1e-8));
        assertThat(new Momentum(RATE)).isEqualTo(new Momentum(RATE, 0.9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void aLearningRateMustBePositiveAndFinite(double rate) {
        String message =
                "learning rate "
                        + rate
                        + " is not a number greater than 0; try 0.1 for SGD, 0.001 for Adam";
        Stream.<Runnable>of(() -> new Sgd(rate), () -> new Momentum(rate), () -> new Adam(rate))
                .forEach(
                        rule ->
                                assertThatExceptionOfType(ShapeException.class)
                                        .isThrownBy(rule::run)
                                        .withMessage(message));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, 1.5, Double.NaN})
    void fractionsMustBeBelowOne(double value) {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> new Momentum(RATE, value))
                .withMessage("momentum %s is outside [0, 1)", value);
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> new Adam(RATE, value, 0.999, 1e-8))
                .withMessage("beta1 %s is outside [0, 1)", value);
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> new Adam(RATE, 0.9, value, 1e-8))
                .withMessage("beta2 %s is outside [0, 1)", value);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void epsilonMustBePositiveAndFinite(double epsilon) {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> new Adam(RATE, 0.9, 0.999, epsilon))
                .withMessage("epsilon %s is not a number greater than 0", epsilon);
    }
}
