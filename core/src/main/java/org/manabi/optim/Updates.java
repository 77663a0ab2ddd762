package org.manabi.optim;

import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.manabi.optim.schedule.Constant;
import org.manabi.optim.schedule.Plateau;
import org.manabi.optim.schedule.Schedule;
import org.manabi.tensor.Checks;

/// How the parameters of a model are updated: the rule, and all that is around it.
///
///     Updates.of(new AdamW(0.001))
///             .withSchedule(new WarmUp(100, new CosineDecay(1_000)))
///             .withClipping(new Clipping.ByGlobalNorm(1))
///
/// @param optimizer the rule for all parameters that are in no group
/// @param groups parameters with rules of their own
/// @param schedule of the learning rates of all rules
/// @param plateau drops of all rates when a measured value has stopped falling, or `null`
/// @param clipping of the gradients
/// @param accumulation how many batches' gradients are averaged for one update, at least 1
/// @param averageDecay d of the average of weights `a ← d·a + (1 − d)·θ`, in (0, 1); empty for none
public record Updates(
        Optimizer optimizer,
        List<ParameterGroup> groups,
        Schedule schedule,
        @Nullable Plateau plateau,
        Clipping clipping,
        int accumulation,
        OptionalDouble averageDecay) {

    public Updates {
        groups = List.copyOf(groups);
        Checks.require(
                accumulation >= 1, "accumulation of %d batches is not at least 1", accumulation);
        double decay = averageDecay.orElse(0.5);
        Checks.require(
                decay > 0 && decay < 1,
                "the decay %s of the average of weights is outside (0, 1); 0.999 is usual",
                decay);
    }

    /// A rule and nothing around it.
    public static Updates of(Optimizer optimizer) {
        return new Updates(
                optimizer, List.of(), Constant.ONE, null, Clipping.NONE, 1, OptionalDouble.empty());
    }

    public Updates withGroups(List<ParameterGroup> other) {
        return new Updates(
                optimizer, other, schedule, plateau, clipping, accumulation, averageDecay);
    }

    public Updates withSchedule(Schedule other) {
        return new Updates(optimizer, groups, other, plateau, clipping, accumulation, averageDecay);
    }

    public Updates withPlateau(Plateau other) {
        return new Updates(
                optimizer, groups, schedule, other, clipping, accumulation, averageDecay);
    }

    public Updates withClipping(Clipping other) {
        return new Updates(optimizer, groups, schedule, plateau, other, accumulation, averageDecay);
    }

    public Updates withAccumulation(int batches) {
        return new Updates(optimizer, groups, schedule, plateau, clipping, batches, averageDecay);
    }

    public Updates withAverage(double decay) {
        return new Updates(
                optimizer,
                groups,
                schedule,
                plateau,
                clipping,
                accumulation,
                OptionalDouble.of(decay));
    }

    /// The rule for a parameter, by its path.
    Optimizer optimizerFor(String name) {
        for (ParameterGroup group : groups) {
            if (group.holds(name)) {
                return group.optimizer();
            }
        }
        return optimizer;
    }
}
