package org.manabi.loss;

/// The mean square of the distance of logarithms, for targets of very different sizes.
///
///     f(y, t) = (log(1 + max(y, ε)) − log(1 + max(t, ε)))²
///
/// At least 0; negative numbers count as ε = 1e-7, with no gradient. A sample's loss is the mean over
/// its K numbers.
///
/// Source: Keras's `MeanSquaredLogarithmicError`.
///
/// @param reduction over the samples of a batch
public record MeanSquaredLogarithmicError(Reduction reduction)
        implements ElementwiseLoss<Estimate> {

    private static final double EPSILON = 1e-7;

    /// The mean over all numbers.
    public MeanSquaredLogarithmicError() {
        this(Reduction.MEAN);
    }

    @Override
    public double value(double y, double t) {
        double error = log(y) - log(t);
        return error * error;
    }

    @Override
    public double slope(double y, double t) {
        return y > EPSILON ? 2 * (log(y) - log(t)) / (1 + y) : 0;
    }

    @Override
    public double targetSlope(double y, double t) {
        return slope(t, y);
    }

    private static double log(double x) {
        return StrictMath.log1p(Math.max(x, EPSILON));
    }

    @Override
    public Class<Estimate> predictionType() {
        return Estimate.class;
    }
}
