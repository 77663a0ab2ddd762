package org.manabi.loss;

import org.manabi.autodiff.Variable;

/// The mean of squared errors, without a half.
///
///     L = 1/(N·K) Σₙ Σₖ (yₙₖ − tₙₖ)²,   ∂L/∂yₙₖ = 2(yₙₖ − tₙₖ) / (N·K)
///
/// **Shapes:** prediction and targets `[N, K]` or one sample `[K]`; labels count as one-hot rows.
/// At least 0. The mean divides by all N·K elements, as `torch.nn.MSELoss` does.
///
/// Source: Bishop, *Pattern Recognition and Machine Learning* (2006), section 1.5.5; the divisor is
/// PyTorch's.
///
/// @param reduction over the samples of a batch; a sample's loss is the mean over its K numbers
public record MeanSquaredError(Reduction reduction) implements Loss<Estimate, Targets> {

    /// The mean over all numbers.
    public MeanSquaredError() {
        this(Reduction.MEAN);
    }

    @Override
    public Variable perSample(Estimate prediction, Targets targets) {
        double factor = 1.0 / prediction.variable().shape().dim(1);
        return SquaredErrors.of("MeanSquaredError", factor, prediction, targets);
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
