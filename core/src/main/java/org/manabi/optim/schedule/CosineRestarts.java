package org.manabi.optim.schedule;

import org.manabi.tensor.Checks;

/// A cosine that begins anew: periods of T, T·m, T·m² … steps, whose peaks are 1, k, k² …
///
/// Source: Loshchilov and Hutter, *SGDR: Stochastic Gradient Descent with Warm Restarts* (ICLR 2017).
/// Keras's `CosineDecayRestarts` has m = 2; PyTorch's `CosineAnnealingWarmRestarts` has m = 1.
///
/// @param period T, the steps of the first period, at least 1
/// @param lengthening m, at least 1
/// @param peak k, the factor from peak to peak, at least 0
/// @param end e, the factor at the end of a period relative to its peak, at least 0
public record CosineRestarts(long period, double lengthening, double peak, double end)
        implements Schedule {

    public CosineRestarts {
        Steps.require("period", period);
        Checks.require(lengthening >= 1, "lengthening %s is not at least 1", lengthening);
        Steps.requireFactor("peak", peak);
        Steps.requireFactor("end", end);
    }

    /// Periods of equal length, from 1 to 0.
    public CosineRestarts(long period) {
        this(period, 1, 1, 0);
    }

    @Override
    public double factor(long step) {
        double time = (double) Math.max(0, step) / period;
        double height = 1;
        double part;
        if (lengthening == 1) {
            height = StrictMath.pow(peak, Math.floor(time));
            part = time - Math.floor(time);
        } else {
            double length = 1;
            while (time >= length) {
                time -= length;
                length *= lengthening;
                height *= peak;
            }
            part = time / length;
        }
        return height * (end + (1 - end) * CosineDecay.fall(part));
    }
}
