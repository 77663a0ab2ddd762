package org.manabi.loss;

import org.manabi.tensor.Checks;

/// Distances with their kink smoothed out.
///
///     e = y − t,   f = ½e²/β if |e| < β, else |e| − ½β;   ∂f/∂y = e/β clamped to [−1, 1]
///
/// A sample's loss is the mean over its K numbers.
///
/// Source: Girshick, *Fast R-CNN* (ICCV 2015), eq. 3; `torch.nn.SmoothL1Loss`.
///
/// @param beta β, greater than 0
/// @param reduction over the samples of a batch
public record SmoothL1(double beta, Reduction reduction) implements ElementwiseLoss<Estimate> {

    public SmoothL1 {
        Checks.require(beta > 0, "beta %s is not greater than 0", beta);
    }

    /// β = 1, the mean over all numbers.
    public SmoothL1() {
        this(1, Reduction.MEAN);
    }

    @Override
    public double value(double y, double t) {
        double error = Math.abs(y - t);
        return error < beta ? 0.5 * error * error / beta : error - 0.5 * beta;
    }

    @Override
    public double slope(double y, double t) {
        return Math.clamp((y - t) / beta, -1.0, 1.0);
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
