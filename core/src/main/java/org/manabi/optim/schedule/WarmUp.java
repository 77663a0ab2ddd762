package org.manabi.optim.schedule;

/// A rate that rises in a straight line for so many steps, then follows another schedule from that
/// schedule's beginning: `s + (1 − s)·(t + 1)/W` for t < W.
///
/// Step W − 1 is the first at the full rate, and no step has a rate of 0.
///
/// Source: Goyal et al., *Accurate, Large Minibatch SGD* (2017), section 2.2.
///
/// @param steps W, at least 1
/// @param start s, where the line begins, at least 0
/// @param then what follows
public record WarmUp(long steps, double start, Schedule then) implements Schedule {

    public WarmUp {
        Steps.require("steps", steps);
        Steps.requireFactor("start", start);
    }

    /// From 0.
    public WarmUp(long steps, Schedule then) {
        this(steps, 0, then);
    }

    @Override
    public double factor(long step) {
        if (step >= steps) {
            return then.factor(step - steps);
        }
        return start + (1 - start) * (step + 1) / steps;
    }
}
