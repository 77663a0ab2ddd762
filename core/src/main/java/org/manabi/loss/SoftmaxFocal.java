package org.manabi.loss;

import org.jspecify.annotations.Nullable;
import org.manabi.autodiff.Result;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;

/// Softmax cross-entropy in which samples that are already right count less, from logits.
///
///     ℓₙ = −α Σₖ qₙₖ (1 − pₙₖ)^γ log pₙₖ,   p = softmax(z)
///
/// with q the one-hot rows of the targets, or what [ClassOptions] make of them. γ = 0 and α = 1 is
/// [SoftmaxCrossEntropy].
///
/// **Shapes:** as there; so is what a mean divides by. In nats, at least 0.
///
/// Source: Lin et al., *Focal Loss for Dense Object Detection* (ICCV 2017); Keras's
/// `CategoricalFocalCrossentropy`, γ = 2 and α = 0.25.
///
/// @param gamma γ, at least 0
/// @param alpha α, a factor on the whole loss, greater than 0
/// @param reduction over the samples of a batch
/// @param options class weights, label smoothing, an ignored label
public record SoftmaxFocal(double gamma, double alpha, Reduction reduction, ClassOptions options)
        implements Loss<Logits, ClassTargets> {

    public SoftmaxFocal {
        Checks.require(gamma >= 0, "gamma %s is less than 0", gamma);
        Checks.require(alpha > 0, "alpha %s is not greater than 0", alpha);
    }

    /// γ = 2, α = 1, the mean over the samples.
    public SoftmaxFocal() {
        this(2, 1, Reduction.MEAN, ClassOptions.PLAIN);
    }

    @Override
    public Variable perSample(Logits prediction, ClassTargets targets) {
        ClassRows.require("SoftmaxFocal", prediction, targets);
        Variable z = prediction.variable();
        Variable q = TargetRows.of("SoftmaxFocal", options, targets, z.dtype());
        Variable losses = Result.of(new RowLosses(new SoftmaxRows(gamma)), z, q);
        return alpha == 1 ? losses : losses.times(alpha);
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
