package org.manabi.layers;

import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;

/// Normalizes each channel over the samples of the batch and all positions, then scales and shifts
/// it by learned numbers.
///
///     y = γ·(x − μ) / √(σ² + ε) + β,   σ² = Σ (x − μ)² / count
///     running = (1 − momentum)·running + momentum·batch
///
/// While the network learns, μ and σ² are the batch's own, and running figures follow them; they are
/// saved with the model, and are what is used when it does not learn. A batch must have at least two
/// numbers for each channel.
///
/// **Shapes:** input `[N, C]` or `[N, C, L]`, output alike; parameters `weight` γ and `bias` β `[C]`, state
/// `runningMean` and `runningVariance` `[C]`.
///
/// Source: Ioffe and Szegedy, *Batch Normalization* (ICML 2015). Momentum as in PyTorch: Keras's and
/// ONNX's is 1 less it.
///
/// @param momentum how far the running figures go toward the batch's, 0.1 in PyTorch
/// @param epsilon ε, 1e-5 in PyTorch, 1e-3 in Keras
/// @param runningVariance which variance is followed
public record BatchNorm1d(double momentum, double epsilon, RunningVariance runningVariance)
        implements Layer {

    public BatchNorm1d {
        BatchNorms.requireSettings(momentum, epsilon);
    }

    /// PyTorch's: momentum 0.1, ε = 1e-5, the unbiased variance.
    public BatchNorm1d() {
        this(0.1, 1e-5, RunningVariance.UNBIASED);
    }

    @Override
    public Variable apply(Scope scope, Variable input) {
        int rank = input.shape().rank();
        Checks.require(
                rank == 2 || rank == 3,
                "expected input [N, C] or [N, C, L], got %s%s",
                input.shape(),
                rank == 4 ? "; is BatchNorm2d meant?" : "");
        return BatchNorms.apply(scope, input, momentum, epsilon, runningVariance);
    }
}
