package org.manabi.optim.schedule;

/// Whether a decay goes on within a period or only at its end.
public enum Interpolation {
    /// At every step: Keras's default.
    SMOOTH,
    /// After each whole period: Keras's `staircase=True`.
    STAIRCASE;

    /// `step / period`, whole for a staircase.
    double periods(long step, long period) {
        double periods = (double) Math.max(0, step) / period;
        return this == STAIRCASE ? Math.floor(periods) : periods;
    }
}
