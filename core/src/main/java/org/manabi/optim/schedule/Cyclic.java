package org.manabi.optim.schedule;

import org.manabi.tensor.Checks;

/// A rate that swings between two factors in straight lines, up for half a period and down for the
/// other.
///
/// Source: Smith, *Cyclical Learning Rates for Training Neural Networks* (WACV 2017), `triangular`.
///
/// @param period steps of a rise and a fall, at least 2
/// @param low the factor at the beginning of a period, at least 0
/// @param high the factor at its middle, at least 0
public record Cyclic(long period, double low, double high) implements Schedule {

    public Cyclic {
        Checks.require(period >= 2, "a period of %d steps is too short; give at least 2", period);
        Steps.requireFactor("low", low);
        Steps.requireFactor("high", high);
    }

    @Override
    public double factor(long step) {
        double part = (double) Math.floorMod(step, period) / period;
        return low + (high - low) * (1 - Math.abs(2 * part - 1));
    }
}
