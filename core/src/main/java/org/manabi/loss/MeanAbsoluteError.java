package org.manabi.loss;

/// The mean distance of numbers.
///
///     f(y, t) = |y − t|,   ∂f/∂y = sign(y − t), 0 at 0
///
/// A sample's loss is the mean over its K numbers, so the mean divides by N·K.
///
/// Source: `torch.nn.L1Loss`; Keras has the same.
///
/// @param reduction over the samples of a batch
public record MeanAbsoluteError(Reduction reduction) implements ElementwiseLoss<Estimate> {

    /// The mean over all numbers.
    public MeanAbsoluteError() {
        this(Reduction.MEAN);
    }

    @Override
    public double value(double y, double t) {
        return Math.abs(y - t);
    }

    @Override
    public double slope(double y, double t) {
        return Math.signum(y - t);
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
