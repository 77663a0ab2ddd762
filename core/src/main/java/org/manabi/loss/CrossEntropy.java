package org.manabi.loss;

import org.jspecify.annotations.Nullable;
import org.manabi.autodiff.Result;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;

/// Cross-entropy from probabilities, as in the chapter: only the probability of the right class counts.
///
///     L = −(1/N) Σₙ log(yₙ[tₙ] + δ),   ∂L/∂yₙ[tₙ] = −1 / (N · (yₙ[tₙ] + δ)), 0 elsewhere
///
/// and of soft targets or with options, which make a row q of each target, `ℓₙ = −Σₖ qₙₖ log(yₙₖ + δ)`.
///
/// **Shapes:** probabilities `[N, K]` or one sample `[K]`, targets labels or one-hot rows: the same
/// bits for both; or [SoftTargets] `[N, K]`. In nats, from −1e-7 (a certain and right answer; δ makes it negative) to
/// `−log δ` = 16.118 (certain and wrong). The mean divides by N; with class weights and ignored labels
/// see [ClassOptions].
///
/// The book's own label form, `np.log(y[np.arange(n), t] * t)`, multiplies by the label once more and
/// leaves out δ; that is a mistake (label 0 gives `log 0`) and is not followed here. Use
/// [SoftmaxCrossEntropy] for training: it works on logits and neither needs δ nor loses digits.
///
/// Source: 『ゼロから作るDeep Learning』, eq. 4.2 and 4.3.
///
/// @param delta δ, which keeps log from minus infinity; at least 0
/// @param reduction over the samples of a batch
/// @param options class weights, label smoothing, an ignored label
public record CrossEntropy(double delta, Reduction reduction, ClassOptions options)
        implements Loss<Probabilities, ClassTargets> {

    /// The book's: δ = 1e-7, divided by the number of samples.
    public static final CrossEntropy BOOK = new CrossEntropy(1e-7, Reduction.MEAN);

    public CrossEntropy {
        Checks.require(delta >= 0 && delta < 1, "CrossEntropy: delta %s is outside [0, 1)", delta);
    }

    /// Without options.
    public CrossEntropy(double delta, Reduction reduction) {
        this(delta, reduction, ClassOptions.PLAIN);
    }

    @Override
    public Variable perSample(Probabilities prediction, ClassTargets targets) {
        ClassRows.require("CrossEntropy", prediction, targets);
        Variable y = prediction.variable();
        return targets instanceof HardTargets sure && options.isPlain()
                ? Result.of(new NegativeLogProbability(delta), y, sure.labels())
                : Result.of(
                        new RowLosses(new LogRows(delta)),
                        y,
                        TargetRows.of("CrossEntropy", options, targets, y.dtype()));
    }

    @Override
    public @Nullable Variable divisors(Probabilities prediction, ClassTargets targets) {
        return LabelWeights.of(options, reduction, targets, prediction.variable().dtype());
    }

    @Override
    public Class<Probabilities> predictionType() {
        return Probabilities.class;
    }

    @Override
    public Class<ClassTargets> targetsType() {
        return ClassTargets.class;
    }
}
