package org.manabi.loss;

import org.manabi.tensor.Checks;

/// The mean distance of numbers in percent of the target.
///
///     f(y, t) = 100 · |y − t| / max(|t|, ε)
///
/// In percent, at least 0. A sample's loss is the mean over its K numbers.
///
/// Source: Keras's `MeanAbsolutePercentageError`, ε = 1e-7.
///
/// @param epsilon ε, what the target counts at least, greater than 0
/// @param reduction over the samples of a batch
public record MeanAbsolutePercentageError(double epsilon, Reduction reduction)
        implements ElementwiseLoss<Estimate> {

    public MeanAbsolutePercentageError {
        Checks.require(epsilon > 0, "epsilon %s is not greater than 0", epsilon);
    }

    /// ε = 1e-7, the mean over all numbers.
    public MeanAbsolutePercentageError() {
        this(1e-7, Reduction.MEAN);
    }

    @Override
    public double value(double y, double t) {
        return 100 * Math.abs(y - t) / Math.max(Math.abs(t), epsilon);
    }

    @Override
    public double slope(double y, double t) {
        return 100 * Math.signum(y - t) / Math.max(Math.abs(t), epsilon);
    }

    @Override
    public double targetSlope(double y, double t) {
        double size = Math.max(Math.abs(t), epsilon);
        double direct = -100 * Math.signum(y - t) / size;
        return Math.abs(t) > epsilon
                ? direct - 100 * Math.abs(y - t) * Math.signum(t) / (size * size)
                : direct;
    }

    @Override
    public Class<Estimate> predictionType() {
        return Estimate.class;
    }
}
