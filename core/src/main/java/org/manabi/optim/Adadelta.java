package org.manabi.optim;

import java.util.List;
import org.manabi.tensor.Elementwise;
import org.manabi.tensor.Tensor;

/// Adadelta, as PyTorch and Keras have it: each step has the size of the steps before it.
///
///     s ← ρ·s + (1 − ρ)g²,   Δ = √(d + ε) / √(s + ε) · g,   d ← ρ·d + (1 − ρ)Δ²,   θ ← θ − η·Δ
///
/// Source: Zeiler, *ADADELTA: An Adaptive Learning Rate Method* (2012), algorithm 1.
///
/// @param learningRate η, greater than 0; the paper has 1
/// @param rho ρ, in [0, 1)
/// @param epsilon ε, greater than 0
public record Adadelta(double learningRate, double rho, double epsilon)
        implements ElementwiseOptimizer {

    public Adadelta {
        Settings.requireLearningRate(learningRate);
        Settings.requireFraction("rho", rho);
        Settings.requirePositive("epsilon", epsilon);
    }

    /// PyTorch's ρ = 0.9 and ε = 1e-6.
    public Adadelta(double learningRate) {
        this(learningRate, 0.9, 1e-6);
    }

    @Override
    public List<Slot> slots() {
        return List.of(Slot.of("square"), Slot.of("step"));
    }

    @Override
    public Elementwise at(long step, double learningRate, List<Tensor> slots) {
        return (count, blocks) -> {
            double[] theta = blocks[0];
            double[] square = blocks[1];
            double[] steps = blocks[2];
            double[] g = blocks[3];
            for (int i = 0; i < count; i++) {
                square[i] = rho * square[i] + (1 - rho) * g[i] * g[i];
                double delta =
                        Math.sqrt(steps[i] + epsilon) / Math.sqrt(square[i] + epsilon) * g[i];
                steps[i] = rho * steps[i] + (1 - rho) * delta * delta;
                theta[i] -= learningRate * delta;
            }
        };
    }
}
