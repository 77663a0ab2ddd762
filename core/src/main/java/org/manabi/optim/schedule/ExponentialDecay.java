package org.manabi.optim.schedule;

/// A rate that falls by the same share in each period: `γ^(t/s)`.
///
/// Source: `keras.optimizers.schedules.ExponentialDecay`; with s = 1 `torch`'s `ExponentialLR`.
///
/// @param period s, at least 1
/// @param gamma γ, what is left after a period, at least 0
/// @param interpolation within a period
public record ExponentialDecay(long period, double gamma, Interpolation interpolation)
        implements Schedule {

    public ExponentialDecay {
        Steps.require("period", period);
        Steps.requireFactor("gamma", gamma);
    }

    @Override
    public double factor(long step) {
        return StrictMath.pow(gamma, interpolation.periods(step, period));
    }
}
