package org.manabi.loss;

/// The square of [Hinge], without a kink.
///
///     f(z, t) = max(0, 1 − t·z)²,   ∂f/∂z = −2t·max(0, 1 − t·z)
///
/// A target of 0 counts as −1. A sample's loss is the mean over its K numbers.
///
/// Source: Keras's `SquaredHinge`.
///
/// @param reduction over the samples of a batch
public record SquaredHinge(Reduction reduction) implements ElementwiseLoss<Logits> {

    /// The mean over all numbers.
    public SquaredHinge() {
        this(Reduction.MEAN);
    }

    @Override
    public double value(double y, double t) {
        double below = Math.max(0, 1 - Hinge.sign(t) * y);
        return below * below;
    }

    @Override
    public double slope(double y, double t) {
        return -2 * Hinge.sign(t) * Math.max(0, 1 - Hinge.sign(t) * y);
    }

    @Override
    public double targetSlope(double y, double t) {
        return t == 0 ? 0 : -2 * y * Math.max(0, 1 - t * y);
    }

    @Override
    public Class<Logits> predictionType() {
        return Logits.class;
    }
}
