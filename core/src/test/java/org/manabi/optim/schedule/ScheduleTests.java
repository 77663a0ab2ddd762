package org.manabi.optim.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.manabi.tensor.ShapeException;

/// Schedules by hand, step by step.
class ScheduleTests {

    private static double[] factors(Schedule schedule, int steps) {
        return LongStream.range(0, steps).mapToDouble(schedule::factor).toArray();
    }

    @Test
    void stepDecayDropsEverySoManySteps() {
        assertThat(factors(new StepDecay(2, 0.5), 5)).containsExactly(1, 1, 0.5, 0.5, 0.25);
    }

    @Test
    void multiStepDecayDropsAtItsSteps() {
        assertThat(factors(new MultiStepDecay(List.of(1L, 3L), 0.5), 5))
                .containsExactly(1, 0.5, 0.5, 0.25, 0.25);
    }

    @Test
    void warmUpBeginsAboveZeroAndEndsAtOne() {
        assertThat(factors(new WarmUp(4, new StepDecay(1, 0.5)), 7))
                .containsExactly(0.25, 0.5, 0.75, 1, 1, 0.5, 0.25);
    }

    /// PyTorch's cosine rises again after its end; this one does not.
    @Test
    void cosineStaysAtItsEnd() {
        assertThat(factors(new CosineDecay(2, 0.1), 5))
                .containsExactly(new double[] {1, 0.55, 0.1, 0.1, 0.1}, within(1e-15));
    }

    /// Periods of 2 and 4 steps with peaks of 1 and ½.
    @Test
    void restartsGetLongerAndLower() {
        double[] expected = {1, 0.5, 0.5, 0.25 * (1 + Math.sqrt(0.5)), 0.25, 0};
        expected[5] = 0.25 * (1 - Math.sqrt(0.5));

        assertThat(factors(new CosineRestarts(2, 2, 0.5, 0), 6))
                .containsExactly(expected, within(1e-15));
    }

    /// What PyTorch 2 gives for `OneCycleLR(max_lr=1, total_steps=10)`: the peak at step 2, and
    /// (0.04 + 1)/2 between.
    @Test
    void oneCycleRisesAndFalls() {
        double[] factors = factors(new OneCycle(10), 10);

        assertThat(factors[0]).isEqualTo(0.04, within(1e-15));
        assertThat(factors[1]).isEqualTo(0.52, within(1e-15));
        assertThat(factors[2]).isEqualTo(1, within(1e-15));
        assertThat(factors[9]).isEqualTo(4e-6, within(1e-15));
        for (int step = 3; step < 10; step++) {
            assertThat(factors[step]).isLessThan(factors[step - 1]);
        }
    }

    /// At the end of its warm-up it is 1/√(d·W).
    @Test
    void noamPeaksAtTheEndOfItsWarmUp() {
        Noam noam = new Noam(512, 4_000);

        assertThat(noam.factor(3_999)).isCloseTo(1 / Math.sqrt(512.0 * 4_000), within(1e-18));
        assertThat(noam.factor(3_998)).isLessThan(noam.factor(3_999));
        assertThat(noam.factor(4_000)).isLessThan(noam.factor(3_999));
    }

    @Test
    void cyclesSwing() {
        assertThat(factors(new Cyclic(4, 0.2, 1), 6))
                .containsExactly(new double[] {0.2, 0.6, 1, 0.6, 0.2, 0.6}, within(1e-15));
    }

    @Test
    void stagesFollowEachOther() {
        var sequence =
                new Sequence(
                        List.of(
                                new Sequence.Stage(2, new Line(2, 0, 1)),
                                new Sequence.Stage(1, Constant.ONE)),
                        PolynomialDecay.linear(2, 0));

        assertThat(factors(sequence, 6)).containsExactly(0, 0.5, 1, 1, 0.5, 0);
    }

    /// Patience 1: the second value in a row that is not better drops the rate; during the cooldown
    /// bad values do not count.
    @Test
    void plateauCountsValuesThatAreNotBetter() {
        var plateau = new Plateau(0.5, 1, 0.1, 1, 0.3);
        double[] values = {1, 0.95, 0.92, 5, 5, 5, Double.NaN, 5};
        double[] factors = new double[values.length];
        var state = Plateau.State.START;
        for (int i = 0; i < values.length; i++) {
            state = plateau.after(state, values[i]);
            factors[i] = state.factor();
        }

        assertThat(factors).containsExactly(1, 1, 0.5, 0.5, 0.5, 0.3, 0.3, 0.3);
    }

    @Test
    void aScheduleThatCannotBeIsRefused() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> new CosineDecay(0))
                .withMessage("steps 0 is not at least 1 step");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> new MultiStepDecay(List.of(3L, 3L), 0.1))
                .withMessage("the steps of the drops are not ascending: [3, 3]");
    }
}
