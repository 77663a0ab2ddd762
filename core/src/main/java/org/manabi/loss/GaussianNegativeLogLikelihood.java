package org.manabi.loss;

import org.manabi.autodiff.Result;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Shape;

/// For numbers with an uncertainty of their own: the network gives a mean and a variance for each.
///
///     ℓₙ = (1/K) Σₖ ½(log v + (μ − t)²/v),   v = max(variance, ε)
///
/// but for the constant ½ log 2π.
///
/// **Shapes:** prediction `[N, 2K]`, the K means before the K variances; targets `[N, K]`. The mean
/// divides by N·K. The gradient is that at the raised v.
///
/// Source: Nix and Weigend, *Estimating the mean and variance of the target probability distribution*
/// (1994); `torch.nn.GaussianNLLLoss`, ε = 1e-6.
///
/// @param leastVariance ε, greater than 0
/// @param reduction over the samples of a batch
public record GaussianNegativeLogLikelihood(double leastVariance, Reduction reduction)
        implements Loss<Outputs, Values> {

    public GaussianNegativeLogLikelihood {
        Checks.require(leastVariance > 0, "least variance %s is not greater than 0", leastVariance);
    }

    /// ε = 1e-6, the mean over all numbers.
    public GaussianNegativeLogLikelihood() {
        this(1e-6, Reduction.MEAN);
    }

    @Override
    public Variable perSample(Outputs prediction, Values targets) {
        Variable y = prediction.variable();
        Variable t = targets.variable();
        Checks.require(
                y.shape().equals(Shape.of(t.shape().dim(0), 2 * t.shape().dim(1))),
                "GaussianNegativeLogLikelihood: targets %s need a prediction of as many rows and twice"
                        + " as many columns, the means before the variances; got %s",
                t.shape(),
                y.shape());
        return Result.of(new RowLosses(new GaussianRows(leastVariance)), y, t);
    }

    @Override
    public Class<Outputs> predictionType() {
        return Outputs.class;
    }

    @Override
    public Class<Values> targetsType() {
        return Values.class;
    }
}
