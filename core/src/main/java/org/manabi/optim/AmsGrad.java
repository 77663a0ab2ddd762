package org.manabi.optim;

import java.util.List;
import org.manabi.tensor.Elementwise;
import org.manabi.tensor.Tensor;

/// [Adam] that never lengthens its steps again: v̂ is the largest so far, as in PyTorch's
/// `amsgrad=True`.
///
///     m ← β₁m + (1 − β₁)g,   v ← β₂v + (1 − β₂)g²,   w ← max(w, v)
///     θ ← θ − η · m̂ / (√ŵ + ε),   m̂ = m / (1 − β₁ᵗ),   ŵ = w / (1 − β₂ᵗ)
///
/// Source: Reddi, Kale, Kumar, *On the Convergence of Adam and Beyond* (ICLR 2018), algorithm 2.
///
/// @param learningRate η, greater than 0
/// @param beta1 β₁, in [0, 1)
/// @param beta2 β₂, in [0, 1)
/// @param epsilon ε, greater than 0
public record AmsGrad(double learningRate, double beta1, double beta2, double epsilon)
        implements ElementwiseOptimizer {

    public AmsGrad {
        Settings.requireLearningRate(learningRate);
        Settings.requireFraction("beta1", beta1);
        Settings.requireFraction("beta2", beta2);
        Settings.requirePositive("epsilon", epsilon);
    }

    /// Adam's β₁ = 0.9, β₂ = 0.999, ε = 1e-8.
    public AmsGrad(double learningRate) {
        this(learningRate, 0.9, 0.999, 1e-8);
    }

    @Override
    public List<Slot> slots() {
        return List.of(Slot.of("m"), Slot.of("v"), Slot.of("largest"));
    }

    @Override
    public Elementwise at(long step, double learningRate, List<Tensor> slots) {
        double rate = learningRate / Settings.gathered(beta1, step);
        double scale = 1 / Math.sqrt(Settings.gathered(beta2, step));
        return (count, blocks) -> {
            double[] theta = blocks[0];
            double[] m = blocks[1];
            double[] v = blocks[2];
            double[] largest = blocks[3];
            double[] g = blocks[4];
            for (int i = 0; i < count; i++) {
                m[i] = beta1 * m[i] + (1 - beta1) * g[i];
                v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
                largest[i] = Math.max(largest[i], v[i]);
                theta[i] -= rate * m[i] / (Math.sqrt(largest[i]) * scale + epsilon);
            }
        };
    }
}
