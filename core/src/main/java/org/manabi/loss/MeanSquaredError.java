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
public record MeanSquaredError() implements Loss<Estimate, Targets> {

    @Override
    public Variable perSample(Estimate prediction, Targets targets) {
        double factor = 1.0 / prediction.variable().shape().dim(1);
        return SquaredErrors.of("MeanSquaredError", factor, prediction, targets);
    }

    @Override
    public Reduction reduction() {
        return Reduction.MEAN;
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
