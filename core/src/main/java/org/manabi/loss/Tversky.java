package org.manabi.loss;

import org.manabi.autodiff.Result;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;

/// How little two sets overlap, with a price of its own for what is falsely in and for what is missed:
/// for masks, where few numbers are 1.
///
///     ℓₙ = 1 − (I + s) / (I + α·F + β·M + s),   I = Σ yt,  F = Σ y(1 − t),  M = Σ (1 − y)t
///
/// over the K numbers of a sample. α = β = ½ is [Dice].
///
/// **Shapes:** prediction and targets `[N, K]` or one sample `[K]`; labels count as one-hot rows. In
/// 0 … 1 for numbers in 0 … 1.
///
/// Source: Salehi et al., *Tversky loss function for image segmentation* (2017); Keras's `Tversky`,
/// s = 1e-7, which takes the whole batch as one sample unless told an axis.
///
/// @param alpha α, the price of what is falsely in, at least 0
/// @param beta β, the price of what is missed, at least 0
/// @param smooth s, greater than 0, so that two empty sets are alike
/// @param reduction over the samples of a batch
public record Tversky(double alpha, double beta, double smooth, Reduction reduction)
        implements Loss<Estimate, Targets> {

    public Tversky {
        Checks.require(alpha >= 0, "alpha %s is less than 0", alpha);
        Checks.require(beta >= 0, "beta %s is less than 0", beta);
        Checks.require(smooth > 0, "smooth %s is not greater than 0", smooth);
    }

    /// s = 1e-7, the mean over the samples.
    public Tversky(double alpha, double beta) {
        this(alpha, beta, 1e-7, Reduction.MEAN);
    }

    @Override
    public Variable perSample(Estimate prediction, Targets targets) {
        Variable y = prediction.variable();
        Variable t = targets.dense(y);
        Batches.requireAlike("Tversky", y, t);
        return Result.of(new RowLosses(new TverskyRows(alpha, beta, smooth)), y, t);
    }

    @Override
    public Class<Estimate> predictionType() {
        return Estimate.class;
    }

    @Override
    public Class<Targets> targetsType() {
        return Targets.class;
    }
}
