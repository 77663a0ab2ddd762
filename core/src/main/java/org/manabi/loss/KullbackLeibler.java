package org.manabi.loss;

import org.manabi.tensor.Checks;

/// The Kullback–Leibler divergence of predicted probabilities from target probabilities.
///
///     KL(t‖p) = Σₖ tₖ(log tₖ − log pₖ),   0·log 0 = 0,   with p and t raised to at least ε
///
/// In nats; at least 0 if both rows sum to 1. A sample's loss is the sum over its K classes, and the
/// mean divides by N: PyTorch's `batchmean`.
///
/// Source: Kullback and Leibler (1951); Keras's `KLDivergence`, ε = 1e-7.
///
/// @param epsilon ε, greater than 0
/// @param reduction over the samples of a batch
public record KullbackLeibler(double epsilon, Reduction reduction)
        implements ElementwiseLoss<Probabilities> {

    public KullbackLeibler {
        Checks.require(epsilon > 0, "epsilon %s is not greater than 0", epsilon);
    }

    /// ε = 1e-7, the mean over the samples.
    public KullbackLeibler() {
        this(1e-7, Reduction.MEAN);
    }

    @Override
    public double value(double y, double t) {
        double q = Math.max(t, epsilon);
        return q * (StrictMath.log(q) - StrictMath.log(Math.max(y, epsilon)));
    }

    @Override
    public double slope(double y, double t) {
        return -Math.max(t, epsilon) / Math.max(y, epsilon);
    }

    @Override
    public double targetSlope(double y, double t) {
        return t > epsilon ? StrictMath.log(t) - StrictMath.log(Math.max(y, epsilon)) + 1 : 0;
    }

    @Override
    public Columns columns() {
        return Columns.SUM;
    }

    @Override
    public Class<Probabilities> predictionType() {
        return Probabilities.class;
    }
}
