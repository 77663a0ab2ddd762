package org.manabi.loss;

import org.manabi.autodiff.Result;
import org.manabi.autodiff.Variable;

/// Softmax and cross-entropy in one stable step, from logits z: the default for classes.
///
///     L = (1/N) Σₙ (log Σₖ exp zₙₖ − zₙ[tₙ]),   ∂L/∂zₙₖ = (softmax(zₙ)ₖ − 1{k = tₙ}) / N
///
/// **Shapes:** logits `[N, K]` or one sample `[K]`, targets labels or one-hot rows: the same bits for
/// both. In nats, at least 0; a uniform prediction costs `ln K`. The mean divides by N: every sample
/// weighs the same. Finite for every finite z, since each row's maximum is taken off first.
///
/// Source: Bishop, *Pattern Recognition and Machine Learning* (2006), eq. 4.108 and 4.109.
///
/// @param reduction over the samples of a batch
public record SoftmaxCrossEntropy(Reduction reduction) implements Loss<Logits, ClassTargets> {

    /// Divided by the number of samples.
    public static final SoftmaxCrossEntropy MEAN = new SoftmaxCrossEntropy(Reduction.MEAN);

    @Override
    public Variable perSample(Logits prediction, ClassTargets targets) {
        ClassRows.require("SoftmaxCrossEntropy", prediction, targets);
        return Result.of(new LogSumExpMinusRight(), prediction.variable(), targets.labels());
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
