package org.manabi.loss;

import org.manabi.tensor.Checks;

/// Squares for small errors, distances for large ones, so that outliers pull less.
///
///     e = y − t,   f = ½e² if |e| ≤ δ, else δ(|e| − ½δ);   ∂f/∂y = e clamped to [−δ, δ]
///
/// It is δ times [SmoothL1] with β = δ. A sample's loss is the mean over its K numbers.
///
/// Source: Huber, *Robust Estimation of a Location Parameter* (1964); `torch.nn.HuberLoss`, Keras's
/// `Huber`.
///
/// @param delta δ, greater than 0
/// @param reduction over the samples of a batch
public record Huber(double delta, Reduction reduction) implements ElementwiseLoss<Estimate> {

    public Huber {
        Checks.require(delta > 0, "delta %s is not greater than 0", delta);
    }

    /// δ = 1, the mean over all numbers.
    public Huber() {
        this(1, Reduction.MEAN);
    }

    @Override
    public double value(double y, double t) {
        double error = Math.abs(y - t);
        return error <= delta ? 0.5 * error * error : delta * (error - 0.5 * delta);
    }

    @Override
    public double slope(double y, double t) {
        return Math.clamp(y - t, -delta, delta);
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
