package org.manabi.optim.schedule;

import org.manabi.tensor.Checks;

/// A rate that drops when a measured value has stopped falling: the one schedule that needs more than
/// the step, so its [State] belongs into checkpoints.
///
/// A value is better than the best so far if it is less than `best · (1 − threshold)` for a positive
/// best, `best · (1 + threshold)` for a negative one. After more than `patience` values in a row that
/// are not, the factor drops, though never below `least`. NaN is never better.
///
/// Source: `torch.optim.lr_scheduler.ReduceLROnPlateau`, mode `min`, threshold mode `rel`.
///
/// @param drop what the factor is multiplied by, in (0, 1)
/// @param patience values in a row that may fail to be better, at least 0
/// @param threshold by which share a value must be better, at least 0
/// @param cooldown values after a drop that do not count, at least 0
/// @param least the smallest factor, at least 0
public record Plateau(double drop, int patience, double threshold, int cooldown, double least) {

    /// PyTorch's: a tenth after more than 10 values, threshold 1e-4, no cooldown.
    public static final Plateau DEFAULTS = new Plateau(0.1, 10, 1e-4, 0, 0);

    public Plateau {
        Checks.require(drop > 0 && drop < 1, "drop %s is outside (0, 1)", drop);
        Checks.require(patience >= 0, "patience %d is less than 0", patience);
        Steps.requireFactor("threshold", threshold);
        Checks.require(cooldown >= 0, "cooldown %d is less than 0", cooldown);
        Steps.requireFactor("least", least);
    }

    /// What is remembered from value to value.
    ///
    /// @param factor on the learning rate now
    /// @param best the best value so far
    /// @param worse how many in a row were not better
    /// @param cooling how many values more do not count
    public record State(double factor, double best, int worse, int cooling) {

        /// Before the first value.
        public static final State START = new State(1, Double.POSITIVE_INFINITY, 0, 0);
    }

    /// The state after one more value, such as the validation loss of an epoch.
    public State after(State before, double value) {
        boolean better = value < before.best - threshold * Math.abs(bounded(before.best));
        double best = better ? value : before.best;
        if (before.cooling > 0) {
            return new State(before.factor, best, 0, before.cooling - 1);
        }
        int worse = better ? 0 : before.worse + 1;
        return worse > patience
                ? new State(Math.max(least, before.factor * drop), best, 0, cooldown)
                : new State(before.factor, best, worse, 0);
    }

    private static double bounded(double best) {
        return Double.isFinite(best) ? best : 0;
    }
}
