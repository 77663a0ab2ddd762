package org.manabi.loss;

import org.manabi.tensor.Checks;

/// Binary cross-entropy from probabilities, such as a sigmoid's.
///
///     f(p, t) = −t·log p − (1 − t)·log(1 − p),   with p clipped to [ε, 1 − ε]
///
/// In nats, between 0 and −log ε. The gradient is that at the clipped p, so that a prediction that is
/// certain and wrong still learns. With label smoothing s targets become `t(1 − s) + s/2`. A sample's
/// loss is the mean over its K numbers. For training prefer [SigmoidCrossEntropy], which needs no ε.
///
/// Source: Keras's `BinaryCrossentropy`, ε = 1e-7; PyTorch clamps the logarithm at −100 instead.
///
/// @param epsilon ε, in (0, ½)
/// @param smoothing s, in [0, 1)
/// @param reduction over the samples of a batch
public record BinaryCrossEntropy(double epsilon, double smoothing, Reduction reduction)
        implements ElementwiseLoss<Probabilities> {

    public BinaryCrossEntropy {
        Checks.require(epsilon > 0 && epsilon < 0.5, "epsilon %s is outside (0, ½)", epsilon);
        Checks.require(
                smoothing >= 0 && smoothing < 1, "smoothing %s is outside [0, 1)", smoothing);
    }

    /// ε = 1e-7, no smoothing, the mean over all numbers.
    public BinaryCrossEntropy() {
        this(1e-7, 0, Reduction.MEAN);
    }

    @Override
    public double value(double y, double t) {
        double p = clipped(y);
        double s = smoothed(t);
        return -s * StrictMath.log(p) - (1 - s) * StrictMath.log1p(-p);
    }

    @Override
    public double slope(double y, double t) {
        double p = clipped(y);
        double s = smoothed(t);
        return (1 - s) / (1 - p) - s / p;
    }

    @Override
    public double targetSlope(double y, double t) {
        double p = clipped(y);
        return (1 - smoothing) * (StrictMath.log1p(-p) - StrictMath.log(p));
    }

    private double clipped(double p) {
        return Math.clamp(p, epsilon, 1 - epsilon);
    }

    private double smoothed(double t) {
        return t * (1 - smoothing) + 0.5 * smoothing;
    }

    @Override
    public Class<Probabilities> predictionType() {
        return Probabilities.class;
    }
}
