package org.manabi.loss;

/// The loss of the support vector machine, of scores and targets −1 and 1; a target of 0 counts as −1.
///
///     f(z, t) = max(0, 1 − t·z),   ∂f/∂z = −t where t·z < 1, else 0
///
/// A sample's loss is the mean over its K numbers. For one class of many see [CategoricalHinge] and
/// [MultiMargin].
///
/// Source: Keras's `Hinge`; Cortes and Vapnik, *Support-Vector Networks* (1995).
///
/// @param reduction over the samples of a batch
public record Hinge(Reduction reduction) implements ElementwiseLoss<Logits> {

    /// The mean over all numbers.
    public Hinge() {
        this(Reduction.MEAN);
    }

    @Override
    public double value(double y, double t) {
        return Math.max(0, 1 - sign(t) * y);
    }

    @Override
    public double slope(double y, double t) {
        return sign(t) * y < 1 ? -sign(t) : 0;
    }

    @Override
    public double targetSlope(double y, double t) {
        return t != 0 && t * y < 1 ? -y : 0;
    }

    /// The target, with 0 read as −1.
    static double sign(double t) {
        return t == 0 ? -1 : t;
    }

    @Override
    public Class<Logits> predictionType() {
        return Logits.class;
    }
}
