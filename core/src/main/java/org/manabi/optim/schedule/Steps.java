package org.manabi.optim.schedule;

import org.manabi.tensor.Checks;

/// Checks that schedules share.
final class Steps {

    private Steps() {}

    static void require(String name, long steps) {
        Checks.require(steps >= 1, "%s %d is not at least 1 step", name, steps);
    }

    static void requireFactor(String name, double factor) {
        Checks.require(
                factor >= 0 && Double.isFinite(factor),
                "%s %s is not a number of at least 0",
                name,
                factor);
    }

    /// The part of a way of `steps` that lies behind at `step`, in 0 … 1.
    static double part(long step, long steps) {
        return Math.clamp((double) step / steps, 0.0, 1.0);
    }
}
