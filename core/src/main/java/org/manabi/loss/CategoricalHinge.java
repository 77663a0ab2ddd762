package org.manabi.loss;

import org.manabi.autodiff.Result;
import org.manabi.autodiff.Variable;

/// The hinge loss of one class of many: the right class's score should be 1 above every other's.
///
///     ℓₙ = max(0, 1 + maxₖ (1 − qₙₖ)zₙₖ − Σₖ qₙₖzₙₖ)
///
/// with q the targets: for a class t that is `max(0, 1 + max(0, max_{c≠t} z[c]) − z[t])`.
///
/// **Shapes:** scores `[N, K]` or one sample `[K]`; targets alike, labels count as one-hot rows. The
/// mean divides by N.
///
/// Source: Keras's `CategoricalHinge`.
///
/// @param reduction over the samples of a batch
public record CategoricalHinge(Reduction reduction) implements Loss<Logits, Targets> {

    /// The mean over the samples.
    public CategoricalHinge() {
        this(Reduction.MEAN);
    }

    @Override
    public Variable perSample(Logits prediction, Targets targets) {
        Variable y = prediction.variable();
        Variable t = targets.dense(y);
        Batches.requireAlike("CategoricalHinge", y, t);
        return Result.of(new RowLosses(new CategoricalHingeRows()), y, t);
    }

    @Override
    public Class<Logits> predictionType() {
        return Logits.class;
    }

    @Override
    public Class<Targets> targetsType() {
        return Targets.class;
    }
}
