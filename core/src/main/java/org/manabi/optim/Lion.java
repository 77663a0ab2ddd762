package org.manabi.optim;

import java.util.List;
import org.manabi.tensor.Elementwise;
import org.manabi.tensor.Tensor;

/// Lion: every number takes a step of the same size, in the direction of its momentum.
///
///     θ ← θ − η · (sign(β₁m + (1 − β₁)g) + λθ),   m ← β₂m + (1 − β₂)g
///
/// The weight decay λ is decoupled. A rate of a third to a tenth of AdamW's usually fits.
///
/// Source: Chen et al., *Symbolic Discovery of Optimization Algorithms* (2023), program 1.
///
/// @param learningRate η, greater than 0
/// @param beta1 β₁, in [0, 1)
/// @param beta2 β₂, in [0, 1)
/// @param weightDecay λ, at least 0
public record Lion(double learningRate, double beta1, double beta2, double weightDecay)
        implements ElementwiseOptimizer {

    public Lion {
        Settings.requireLearningRate(learningRate);
        Settings.requireFraction("beta1", beta1);
        Settings.requireFraction("beta2", beta2);
        Settings.requireNotNegative("weight decay", weightDecay);
    }

    /// The paper's β₁ = 0.9 and β₂ = 0.99, without weight decay.
    public Lion(double learningRate) {
        this(learningRate, 0.9, 0.99, 0);
    }

    @Override
    public List<Slot> slots() {
        return List.of(Slot.of("m"));
    }

    @Override
    public Elementwise at(long step, double learningRate, List<Tensor> slots) {
        return (count, blocks) -> {
            double[] theta = blocks[0];
            double[] m = blocks[1];
            double[] g = blocks[2];
            for (int i = 0; i < count; i++) {
                double direction = Math.signum(beta1 * m[i] + (1 - beta1) * g[i]);
                theta[i] -= learningRate * (direction + weightDecay * theta[i]);
                m[i] = beta2 * m[i] + (1 - beta2) * g[i];
            }
        };
    }
}
