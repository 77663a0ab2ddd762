package org.manabi.loss;

import org.jspecify.annotations.Nullable;
import org.manabi.autodiff.Result;
import org.manabi.autodiff.Variable;

/// Softmax and cross-entropy in one stable step, from logits z: the default for classes.
///
///     L = (1/N) Σₙ (log Σₖ exp zₙₖ − zₙ[tₙ]),   ∂L/∂zₙₖ = (softmax(zₙ)ₖ − 1{k = tₙ}) / N
///
/// and of soft targets or with options, which make a row q of each target,
///
///     ℓₙ = −Σₖ qₙₖ log softmax(zₙ)ₖ,   ∂ℓₙ/∂zₙₖ = (Σ qₙ)·softmax(zₙ)ₖ − qₙₖ
///
/// **Shapes:** logits `[N, K]` or one sample `[K]`, targets labels or one-hot rows: the same bits for
/// both; or [SoftTargets] `[N, K]`. In nats, at least 0; a uniform prediction costs `ln K`. The mean
/// divides by N: every sample weighs the same; with class weights and ignored labels see
/// [ClassOptions]. Finite for every finite z, since each row's maximum is taken off first.
///
/// Source: Bishop, *Pattern Recognition and Machine Learning* (2006), eq. 4.108 and 4.109;
/// `torch.nn.CrossEntropyLoss`.
///
/// @param reduction over the samples of a batch
/// @param options class weights, label smoothing, an ignored label
public record SoftmaxCrossEntropy(Reduction reduction, ClassOptions options)
        implements Loss<Logits, ClassTargets> {

    /// Divided by the number of samples.
    public static final SoftmaxCrossEntropy MEAN = new SoftmaxCrossEntropy(Reduction.MEAN);

    /// Without options.
    public SoftmaxCrossEntropy(Reduction reduction) {
        this(reduction, ClassOptions.PLAIN);
    }

    @Override
    public Variable perSample(Logits prediction, ClassTargets targets) {
        ClassRows.require("SoftmaxCrossEntropy", prediction, targets);
        Variable z = prediction.variable();
        return targets instanceof HardTargets sure && options.isPlain()
                ? Result.of(new LogSumExpMinusRight(), z, sure.labels())
                : Result.of(
                        new RowLosses(new SoftmaxRows(0)),
                        z,
                        TargetRows.of("SoftmaxCrossEntropy", options, targets, z.dtype()));
    }

    @Override
    public @Nullable Variable divisors(Logits prediction, ClassTargets targets) {
        return LabelWeights.of(options, reduction, targets, prediction.variable().dtype());
    }

    @Override
    public Class<Logits> predictionType() {
        return Logits.class;
    }

    @Override
    public Class<ClassTargets> targetsType() {
        return ClassTargets.class;
    }
}
