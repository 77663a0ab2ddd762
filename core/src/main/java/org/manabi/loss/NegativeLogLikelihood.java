package org.manabi.loss;

import org.jspecify.annotations.Nullable;
import org.manabi.autodiff.Result;
import org.manabi.autodiff.Variable;

/// Cross-entropy from log-probabilities, such as a log-softmax gives.
///
///     ℓₙ = −Σₖ qₙₖ yₙₖ;   of a label without options  ℓₙ = −yₙ[tₙ],   ∂ℓₙ/∂yₙ[tₙ] = −1, 0 elsewhere
///
/// **Shapes:** log-probabilities `[N, K]` or one sample `[K]`; targets as of [SoftmaxCrossEntropy],
/// and so is what a mean divides by. In nats, at least 0.
///
/// Source: `torch.nn.NLLLoss`.
///
/// @param reduction over the samples of a batch
/// @param options class weights, label smoothing, an ignored label
public record NegativeLogLikelihood(Reduction reduction, ClassOptions options)
        implements Loss<LogProbabilities, ClassTargets> {

    /// The mean over the samples, without options.
    public NegativeLogLikelihood() {
        this(Reduction.MEAN, ClassOptions.PLAIN);
    }

    @Override
    public Variable perSample(LogProbabilities prediction, ClassTargets targets) {
        ClassRows.require("NegativeLogLikelihood", prediction, targets);
        Variable y = prediction.variable();
        return Result.of(
                new RowLosses(new DotRows()),
                y,
                TargetRows.of("NegativeLogLikelihood", options, targets, y.dtype()));
    }

    @Override
    public @Nullable Variable divisors(LogProbabilities prediction, ClassTargets targets) {
        return LabelWeights.of(options, reduction, targets, prediction.variable().dtype());
    }

    @Override
    public Class<LogProbabilities> predictionType() {
        return LogProbabilities.class;
    }

    @Override
    public Class<ClassTargets> targetsType() {
        return ClassTargets.class;
    }
}
