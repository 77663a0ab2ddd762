package org.manabi.loss;

import org.manabi.autodiff.Variable;

/// Half the sum of squared errors, the chapter's first loss.
///
///     L = ½ Σₙ Σₖ (yₙₖ − tₙₖ)²,   ∂L/∂yₙₖ = yₙₖ − tₙₖ
///
/// **Shapes:** prediction and targets `[N, K]` or one sample `[K]`; labels count as one-hot rows.
/// At least 0. [#SUM] divides by nothing, so it grows with the batch; [#PER_SAMPLE_MEAN] divides by N
/// (and not by K; see [MeanSquaredError] for that).
///
/// Source: 『ゼロから作るDeep Learning』, eq. 4.1.
///
/// @param reduction over the samples of a batch
public record SumOfSquaredErrors(Reduction reduction) implements Loss<Estimate, Targets> {

    /// The book's: added up over the whole batch.
    public static final SumOfSquaredErrors SUM = new SumOfSquaredErrors(Reduction.SUM);

    /// Divided by the number of samples.
    public static final SumOfSquaredErrors PER_SAMPLE_MEAN = new SumOfSquaredErrors(Reduction.MEAN);

    @Override
    public Variable perSample(Estimate prediction, Targets targets) {
        return SquaredErrors.of("SumOfSquaredErrors", 0.5, prediction, targets);
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
