package org.manabi.optim.schedule;

/// The same rate at every step.
///
/// @param factor at least 0
public record Constant(double factor) implements Schedule {

    /// The optimizer's own rate.
    public static final Constant ONE = new Constant(1);

    public Constant {
        Steps.requireFactor("factor", factor);
    }

    @Override
    public double factor(long step) {
        return factor;
    }
}
