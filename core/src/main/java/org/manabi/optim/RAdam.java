package org.manabi.optim;

import java.util.List;
import org.manabi.tensor.Elementwise;
import org.manabi.tensor.Tensor;

/// Rectified Adam, in PyTorch's form: while too few gradients have been seen for v to be trusted, it
/// is left out; then its step is scaled by r.
///
///     ρ∞ = 2/(1 − β₂) − 1,   ρₜ = ρ∞ − 2t·β₂ᵗ/(1 − β₂ᵗ)
///     ρₜ > 5:  θ ← θ − η · r · m̂ · √(1 − β₂ᵗ) / (√v + ε),
///              r = √((ρₜ−4)(ρₜ−2)ρ∞ / ((ρ∞−4)(ρ∞−2)ρₜ))
///     else:    θ ← θ − η · m̂
///
/// Source: Liu et al., *On the Variance of the Adaptive Learning Rate and Beyond* (ICLR 2020),
/// algorithm 2, with PyTorch's threshold of 5.
///
/// @param learningRate η, greater than 0
/// @param beta1 β₁, in [0, 1)
/// @param beta2 β₂, in [0, 1)
/// @param epsilon ε, greater than 0
public record RAdam(double learningRate, double beta1, double beta2, double epsilon)
        implements ElementwiseOptimizer {

    public RAdam {
        Settings.requireLearningRate(learningRate);
        Settings.requireFraction("beta1", beta1);
        Settings.requireFraction("beta2", beta2);
        Settings.requirePositive("epsilon", epsilon);
    }

    /// β₁ = 0.9, β₂ = 0.999, ε = 1e-8.
    public RAdam(double learningRate) {
        this(learningRate, 0.9, 0.999, 1e-8);
    }

    @Override
    public List<Slot> slots() {
        return List.of(Slot.of("m"), Slot.of("v"));
    }

    @Override
    public Elementwise at(long step, double learningRate, List<Tensor> slots) {
        double rate = learningRate / Settings.gathered(beta1, step);
        double gathered = Settings.gathered(beta2, step);
        double longest = 2 / (1 - beta2) - 1;
        double length = longest - 2 * step * (1 - gathered) / gathered;
        boolean trusted = length > 5;
        double rectified =
                trusted
                        ? rate
                                * Math.sqrt(gathered)
                                * Math.sqrt(
                                        (length - 4)
                                                * (length - 2)
                                                * longest
                                                / ((longest - 4) * (longest - 2) * length))
                        : rate;
        return (count, blocks) -> {
            double[] theta = blocks[0];
            double[] m = blocks[1];
            double[] v = blocks[2];
            double[] g = blocks[3];
            for (int i = 0; i < count; i++) {
                m[i] = beta1 * m[i] + (1 - beta1) * g[i];
                v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
                double divisor = trusted ? Math.sqrt(v[i]) + epsilon : 1;
                theta[i] -= rectified * m[i] / divisor;
            }
        };
    }
}
