package org.manabi.optim.schedule;

/// A straight line from one factor to another: `a + (b − a)·t/T`, then b.
///
/// Source: Keras's warm-up, `CosineDecay(warmup_target=…)`, whose step 0 has the first factor.
///
/// @param steps T, at least 1
/// @param from a, at least 0
/// @param to b, at least 0
public record Line(long steps, double from, double to) implements Schedule {

    public Line {
        Steps.require("steps", steps);
        Steps.requireFactor("from", from);
        Steps.requireFactor("to", to);
    }

    @Override
    public double factor(long step) {
        return from + (to - from) * Steps.part(step, steps);
    }
}
