package org.manabi.autodiff;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manabi.tensor.ChannelNormalization;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// Each channel normalized over the samples of the batch and all positions.
///
///     y = γ·x̂ + β,   x̂ = (x − μ)·f,   f = 1 / √(σ² + ε),   σ² = mean (x − μ)²
///     ∂L/∂x = γ·f·(g − mean g − x̂·mean(g·x̂)),   ∂L/∂γ = Σ g·x̂,   ∂L/∂β = Σ g
///
/// With [Figures#BATCH] the forward pass also moves the last two inputs toward the batch's figures:
/// `running = (1 − momentum)·running + momentum·batch`. With [Figures#RUNNING] μ and σ² are those
/// inputs, and ∂L/∂x = γ·f·g.
///
/// **Shapes:** inputs x `[N, C, …]`, γ, β, running mean and running variance `[C]`; result `[N, C, …]`.
///
/// @param figures whose mean and variance
/// @param momentum how far the running figures go, in [0, 1]
/// @param unbiased whether the running variance takes Σ (x − μ)² / (count − 1)
/// @param epsilon ε, greater than 0
public record BatchNorm(Figures figures, double momentum, boolean unbiased, double epsilon)
        implements Op {

    /// Where mean and variance come from.
    public enum Figures {
        /// Those of the batch.
        BATCH,
        /// Those that are given.
        RUNNING
    }

    @Override
    public Shape shape(List<Variable> inputs) {
        Shape x = inputs.getFirst().shape();
        Checks.require(x.rank() >= 2, "expected input [N, C, …], got %s", x);
        Shape perChannel = Shape.of(x.dim(1));
        for (Variable other : inputs.subList(1, inputs.size())) {
            Checks.require(
                    other.shape().equals(perChannel),
                    "expected %s for the channels of %s, got %s",
                    perChannel,
                    x,
                    other.shape());
        }
        Checks.require(
                figures == Figures.RUNNING || x.size() / Math.max(1, x.dim(1)) > 1,
                "a batch of shape %s has one number for each channel, which has no variance; leave"
                        + " out an epoch's last, short batch, or choose another batch size",
                x);
        return x;
    }

    @Override
    public Bound bind(Site site) {
        Tensor x = site.input(0);
        Tensor gain = site.input(1);
        Tensor bias = site.input(2);
        Tensor means = site.input(3);
        Tensor variances = site.input(4);
        Tensor y = site.output();
        ChannelNormalization normalization = site.engine().channelNormalization(x.shape(), epsilon);
        double count = normalization.count();
        double correction = unbiased ? count / (count - 1) : 1;
        boolean ofBatch = figures == Figures.BATCH;
        return new Bound() {
            @Override
            public void forward() {
                if (ofBatch) {
                    normalization.forward(x, gain, bias, y);
                    normalization.updateRunning(momentum, correction, means, variances);
                } else {
                    normalization.forward(x, gain, bias, means, variances, y);
                }
            }

            @Override
            public void backward() {
                normalization.gradients(
                        x, gain, site.outputGradient(), ofBatch, wanted(0), wanted(1), wanted(2));
            }

            private @Nullable Tensor wanted(int input) {
                return site.wants(input) ? site.inputGradient(input) : null;
            }
        };
    }
}
