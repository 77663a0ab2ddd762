package org.manabi.loss;

import org.manabi.autodiff.Result;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;

/// How little two sets overlap: for masks, where few numbers are 1.
///
///     ℓₙ = 1 − (2 Σₖ yt + s) / (Σₖ y + Σₖ t + s)
///
/// over the K numbers of a sample.
///
/// **Shapes:** prediction and targets `[N, K]` or one sample `[K]`; labels count as one-hot rows. In
/// 0 … 1 for numbers in 0 … 1.
///
/// Source: Milletari et al., *V-Net* (2016), section 3; Keras's `Dice`, s = 1e-7, which takes the whole
/// batch as one sample unless told an axis.
///
/// @param smooth s, greater than 0, so that two empty sets are alike
/// @param reduction over the samples of a batch
public record Dice(double smooth, Reduction reduction) implements Loss<Estimate, Targets> {

    public Dice {
        Checks.require(smooth > 0, "smooth %s is not greater than 0", smooth);
    }

    /// s = 1e-7, the mean over the samples.
    public Dice() {
        this(1e-7, Reduction.MEAN);
    }

    @Override
    public Variable perSample(Estimate prediction, Targets targets) {
        Variable y = prediction.variable();
        Variable t = targets.dense(y);
        Batches.requireAlike("Dice", y, t);
        return Result.of(new RowLosses(new TverskyRows(0.5, 0.5, smooth / 2)), y, t);
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
