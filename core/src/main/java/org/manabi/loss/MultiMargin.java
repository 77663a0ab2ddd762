package org.manabi.loss;

import org.manabi.autodiff.Result;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;

/// The hinge loss of one class of many, over all rivals: each score should be `m` below the right
/// class's.
///
///     ℓₙ = (1/K) Σ_{c≠t} max(0, m − zₙ[t] + zₙ[c])^p
///
/// **Shapes:** scores `[N, K]` or one sample `[K]`, targets labels or one-hot rows. The mean divides
/// by N.
///
/// Source: `torch.nn.MultiMarginLoss`; Crammer and Singer, *On the Algorithmic Implementation of
/// Multiclass Kernel-based Vector Machines* (JMLR 2, 2001).
///
/// @param margin m, greater than 0
/// @param power p, 1 or 2
/// @param reduction over the samples of a batch
public record MultiMargin(double margin, int power, Reduction reduction)
        implements Loss<Logits, HardTargets> {

    public MultiMargin {
        Checks.require(margin > 0, "margin %s is not greater than 0", margin);
        Checks.require(power == 1 || power == 2, "power %d is neither 1 nor 2", power);
    }

    /// m = 1, p = 1, the mean over the samples.
    public MultiMargin() {
        this(1, 1, Reduction.MEAN);
    }

    @Override
    public Variable perSample(Logits prediction, HardTargets targets) {
        ClassRows.require("MultiMargin", prediction, targets);
        Variable z = prediction.variable();
        return Result.of(
                new RowLosses(new MultiMarginRows(margin, power)),
                z,
                TargetRows.of("MultiMargin", ClassOptions.PLAIN, targets, z.dtype()));
    }

    @Override
    public Class<Logits> predictionType() {
        return Logits.class;
    }

    @Override
    public Class<HardTargets> targetsType() {
        return HardTargets.class;
    }
}
