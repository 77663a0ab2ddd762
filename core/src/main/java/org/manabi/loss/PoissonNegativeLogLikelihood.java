package org.manabi.loss;

import org.manabi.tensor.Checks;

/// For counts: the negative logarithm of their probability under a Poisson distribution, but for the
/// term that does not depend on the prediction.
///
///     of log-rates z:  f = exp(z) − t·z,   ∂f/∂z = exp(z) − t
///     of rates y:      f = y − t·log(y + ε),   ∂f/∂y = 1 − t/(y + ε)
///
/// A sample's loss is the mean over its K numbers; it may be negative.
///
/// Source: `torch.nn.PoissonNLLLoss` (`log_input=True` and ε = 1e-8); Keras's `Poisson` takes rates with
/// ε = 1e-7.
///
/// @param input what the prediction is
/// @param epsilon ε, which keeps log from minus infinity; at least 0
/// @param reduction over the samples of a batch
public record PoissonNegativeLogLikelihood(Input input, double epsilon, Reduction reduction)
        implements ElementwiseLoss<Outputs> {

    public PoissonNegativeLogLikelihood {
        Checks.require(epsilon >= 0, "epsilon %s is less than 0", epsilon);
    }

    /// What the prediction is.
    public enum Input {
        /// Logarithms of rates, any real numbers.
        LOG_RATES,
        /// Rates, greater than 0.
        RATES
    }

    /// Of log-rates, the mean over all numbers.
    public PoissonNegativeLogLikelihood() {
        this(Input.LOG_RATES, 1e-8, Reduction.MEAN);
    }

    @Override
    public double value(double y, double t) {
        return input == Input.LOG_RATES
                ? StrictMath.exp(y) - t * y
                : y - t * StrictMath.log(y + epsilon);
    }

    @Override
    public double slope(double y, double t) {
        return input == Input.LOG_RATES ? StrictMath.exp(y) - t : 1 - t / (y + epsilon);
    }

    @Override
    public double targetSlope(double y, double t) {
        return input == Input.LOG_RATES ? -y : -StrictMath.log(y + epsilon);
    }

    @Override
    public Class<Outputs> predictionType() {
        return Outputs.class;
    }
}
