package org.manabi.loss;

/// The logarithm of the hyperbolic cosine of the error: about ½e² for small ones, |e| − ln 2 for large.
///
///     f = log cosh(y − t) = |e| + log(1 + exp(−2|e|)) − ln 2,   ∂f/∂y = tanh(y − t)
///
/// Finite for every finite e. A sample's loss is the mean over its K numbers.
///
/// Source: Keras's `LogCosh`.
///
/// @param reduction over the samples of a batch
public record LogCosh(Reduction reduction) implements ElementwiseLoss<Estimate> {

    private static final double LN_2 = StrictMath.log(2);

    /// The mean over all numbers.
    public LogCosh() {
        this(Reduction.MEAN);
    }

    @Override
    public double value(double y, double t) {
        double error = Math.abs(y - t);
        return error + StrictMath.log1p(StrictMath.exp(-2 * error)) - LN_2;
    }

    @Override
    public double slope(double y, double t) {
        return StrictMath.tanh(y - t);
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
