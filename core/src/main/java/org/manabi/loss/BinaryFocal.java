package org.manabi.loss;

import org.manabi.tensor.Checks;

/// Binary cross-entropy in which what is already right counts less, from logits.
///
///     f(z, t) = −a₁·t·(1 − p)^γ·log p − a₀·(1 − t)·p^γ·log(1 − p),   p = σ(z)
///
/// with a₁ = 2α and a₀ = 2(1 − α), so that α = ½ weighs both alike and γ = 0 then is
/// [SigmoidCrossEntropy]; Keras has a₁ = α and a₀ = 1 − α when it balances, and 1 otherwise. In nats, at
/// least 0. A sample's loss is the mean over its K numbers.
///
/// Source: Lin et al., *Focal Loss for Dense Object Detection* (ICCV 2017), eq. 5; Keras's
/// `BinaryFocalCrossentropy`.
///
/// @param gamma γ, at least 0; the paper has 2
/// @param alpha α, in (0, 1)
/// @param reduction over the samples of a batch
public record BinaryFocal(double gamma, double alpha, Reduction reduction)
        implements ElementwiseLoss<Logits> {

    public BinaryFocal {
        Checks.require(gamma >= 0, "gamma %s is less than 0", gamma);
        Checks.require(alpha > 0 && alpha < 1, "alpha %s is outside (0, 1)", alpha);
    }

    /// γ = 2, both targets alike, the mean over all numbers.
    public BinaryFocal() {
        this(2, 0.5, Reduction.MEAN);
    }

    @Override
    public double value(double y, double t) {
        double p = SigmoidCrossEntropy.sigmoid(y);
        double q = SigmoidCrossEntropy.sigmoid(-y);
        return positive(t) * power(q) * softplus(-y) + negative(t) * power(p) * softplus(y);
    }

    @Override
    public double slope(double y, double t) {
        double p = SigmoidCrossEntropy.sigmoid(y);
        double q = SigmoidCrossEntropy.sigmoid(-y);
        return negative(t) * power(p) * (p + gamma * q * softplus(y))
                - positive(t) * power(q) * (q + gamma * p * softplus(-y));
    }

    @Override
    public double targetSlope(double y, double t) {
        double p = SigmoidCrossEntropy.sigmoid(y);
        double q = SigmoidCrossEntropy.sigmoid(-y);
        return 2 * alpha * power(q) * softplus(-y) - 2 * (1 - alpha) * power(p) * softplus(y);
    }

    private double positive(double t) {
        return 2 * alpha * t;
    }

    private double negative(double t) {
        return 2 * (1 - alpha) * (1 - t);
    }

    private double power(double x) {
        return StrictMath.pow(x, gamma);
    }

    /// `log(1 + exp(x))`, without overflow.
    private static double softplus(double x) {
        return StrictMath.log1p(StrictMath.exp(-Math.abs(x))) + Math.max(x, 0);
    }

    @Override
    public Class<Logits> predictionType() {
        return Logits.class;
    }
}
