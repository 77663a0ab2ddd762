package org.manabi.loss;

import org.manabi.tensor.Checks;

/// The quantile loss: its least value is at the q-quantile of the targets.
///
///     e = t − y,   f = max(q·e, (q − 1)·e)
///
/// q = ½ is half of [MeanAbsoluteError]. A sample's loss is the mean over its K numbers.
///
/// Source: Koenker and Bassett, *Regression Quantiles* (1978); scikit-learn's `mean_pinball_loss`.
///
/// @param quantile q, in (0, 1)
/// @param reduction over the samples of a batch
public record Pinball(double quantile, Reduction reduction) implements ElementwiseLoss<Estimate> {

    public Pinball {
        Checks.require(quantile > 0 && quantile < 1, "quantile %s is outside (0, 1)", quantile);
    }

    @Override
    public double value(double y, double t) {
        double error = t - y;
        return Math.max(quantile * error, (quantile - 1) * error);
    }

    @Override
    public double slope(double y, double t) {
        return t > y ? -quantile : t < y ? 1 - quantile : 0;
    }

    @Override
    public double targetSlope(double y, double t) {
        return -slope(y, t);
    }

    @Override
    public Class<Estimate> predictionType() {
        return Estimate.class;
    }
}
