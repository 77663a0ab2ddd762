package org.manabi.optim;

import java.util.List;
import org.manabi.tensor.Elementwise;
import org.manabi.tensor.Tensor;

/// Adam with the largest gradient instead of the root of the mean square, in PyTorch's form.
///
///     m ← β₁m + (1 − β₁)g,   u ← max(β₂u, |g| + ε),   θ ← θ − η / (1 − β₁ᵗ) · m / u
///
/// Keras adds ε to u in the division instead.
///
/// Source: Kingma and Ba, *Adam: A Method for Stochastic Optimization* (ICLR 2015), algorithm 2.
///
/// @param learningRate η, greater than 0
/// @param beta1 β₁, in [0, 1)
/// @param beta2 β₂, in [0, 1)
/// @param epsilon ε, greater than 0
public record Adamax(double learningRate, double beta1, double beta2, double epsilon)
        implements ElementwiseOptimizer {

    public Adamax {
        Settings.requireLearningRate(learningRate);
        Settings.requireFraction("beta1", beta1);
        Settings.requireFraction("beta2", beta2);
        Settings.requirePositive("epsilon", epsilon);
    }

    /// The paper's β₁ = 0.9, β₂ = 0.999, and ε = 1e-8.
    public Adamax(double learningRate) {
        this(learningRate, 0.9, 0.999, 1e-8);
    }

    @Override
    public List<Slot> slots() {
        return List.of(Slot.of("m"), Slot.of("largest"));
    }

    @Override
    public Elementwise at(long step, double learningRate, List<Tensor> slots) {
        double rate = learningRate / Settings.gathered(beta1, step);
        return (count, blocks) -> {
            double[] theta = blocks[0];
            double[] m = blocks[1];
            double[] largest = blocks[2];
            double[] g = blocks[3];
            for (int i = 0; i < count; i++) {
                m[i] = beta1 * m[i] + (1 - beta1) * g[i];
                largest[i] = Math.max(beta2 * largest[i], Math.abs(g[i]) + epsilon);
                theta[i] -= rate * m[i] / largest[i];
            }
        };
    }
}
