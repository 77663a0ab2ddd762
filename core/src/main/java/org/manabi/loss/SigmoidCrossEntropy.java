package org.manabi.loss;

import org.manabi.tensor.Checks;

/// Sigmoid and binary cross-entropy in one stable step, from logits: for yes-or-no targets, one or
/// many for each sample.
///
///     f(z, t) = (1 − t)z + (1 + (w − 1)t)(log(1 + exp(−|z|)) + max(−z, 0))
///     ∂f/∂z = σ(z) − t if w = 1
///
/// In nats, at least 0, finite for every finite z. Targets are in 0 … 1; with label smoothing ε they
/// become `t(1 − ε) + ε/2`. A sample's loss is the mean over its K numbers.
///
/// Source: `torch.nn.BCEWithLogitsLoss` with `pos_weight`; the smoothing is Keras's.
///
/// @param positiveWeight w, how much a target of 1 weighs, greater than 0
/// @param smoothing ε, in [0, 1)
/// @param reduction over the samples of a batch
public record SigmoidCrossEntropy(double positiveWeight, double smoothing, Reduction reduction)
        implements ElementwiseLoss<Logits> {

    public SigmoidCrossEntropy {
        Checks.require(
                positiveWeight > 0, "positive weight %s is not greater than 0", positiveWeight);
        Checks.require(
                smoothing >= 0 && smoothing < 1, "smoothing %s is outside [0, 1)", smoothing);
    }

    /// No weight, no smoothing, the mean over all numbers.
    public SigmoidCrossEntropy() {
        this(1, 0, Reduction.MEAN);
    }

    @Override
    public double value(double y, double t) {
        double s = smoothed(t);
        double softplus = StrictMath.log1p(StrictMath.exp(-Math.abs(y))) + Math.max(-y, 0);
        return (1 - s) * y + (1 + (positiveWeight - 1) * s) * softplus;
    }

    @Override
    public double slope(double y, double t) {
        double s = smoothed(t);
        return (1 - s) - (1 + (positiveWeight - 1) * s) * sigmoid(-y);
    }

    @Override
    public double targetSlope(double y, double t) {
        double softplus = StrictMath.log1p(StrictMath.exp(-Math.abs(y))) + Math.max(-y, 0);
        return (1 - smoothing) * ((positiveWeight - 1) * softplus - y);
    }

    private double smoothed(double t) {
        return t * (1 - smoothing) + 0.5 * smoothing;
    }

    /// `1 / (1 + exp(−z))`, without overflow.
    static double sigmoid(double z) {
        double e = StrictMath.exp(-Math.abs(z));
        return (z >= 0 ? 1 : e) / (1 + e);
    }

    @Override
    public Class<Logits> predictionType() {
        return Logits.class;
    }
}
