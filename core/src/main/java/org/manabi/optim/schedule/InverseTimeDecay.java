package org.manabi.optim.schedule;

/// A rate that falls as one over the time: `1 / (1 + k·t/s)`.
///
/// Source: `keras.optimizers.schedules.InverseTimeDecay`.
///
/// @param period s, at least 1
/// @param rate k, at least 0
/// @param interpolation within a period
public record InverseTimeDecay(long period, double rate, Interpolation interpolation)
        implements Schedule {

    public InverseTimeDecay {
        Steps.require("period", period);
        Steps.requireFactor("rate", rate);
    }

    @Override
    public double factor(long step) {
        return 1 / (1 + rate * interpolation.periods(step, period));
    }
}
