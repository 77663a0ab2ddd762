package org.manabi.optim;

import java.util.List;
import org.manabi.tensor.Elementwise;
import org.manabi.tensor.Tensor;

/// Adam with Nesterov's momentum, in PyTorch's form.
///
///     μₜ = β₁(1 − ½ · 0.96^(t·ψ)),   m ← β₁m + (1 − β₁)g,   v ← β₂v + (1 − β₂)g²
///     m̂ = μₜ₊₁ m / (1 − μ₁…μₜ₊₁) + (1 − μₜ) g / (1 − μ₁…μₜ)
///     θ ← θ − η · m̂ / (√(v / (1 − β₂ᵗ)) + ε)
///
/// PyTorch has ψ = 0.004; Keras has ψ = 1. The product of the μ is kept in a slot.
///
/// Source: Dozat, *Incorporating Nesterov Momentum into Adam* (ICLR workshop 2016).
///
/// @param learningRate η, greater than 0
/// @param beta1 β₁, in [0, 1)
/// @param beta2 β₂, in [0, 1)
/// @param epsilon ε, greater than 0
/// @param momentumDecay ψ, at least 0
public record NAdam(
        double learningRate, double beta1, double beta2, double epsilon, double momentumDecay)
        implements ElementwiseOptimizer {

    public NAdam {
        Settings.requireLearningRate(learningRate);
        Settings.requireFraction("beta1", beta1);
        Settings.requireFraction("beta2", beta2);
        Settings.requirePositive("epsilon", epsilon);
        Settings.requireNotNegative("momentum decay", momentumDecay);
    }

    /// PyTorch's β₁ = 0.9, β₂ = 0.999, ε = 1e-8, ψ = 0.004.
    public NAdam(double learningRate) {
        this(learningRate, 0.9, 0.999, 1e-8, 0.004);
    }

    @Override
    public List<Slot> slots() {
        return List.of(Slot.of("m"), Slot.of("v"), Slot.number("momentum-product", 1));
    }

    private double momentumAt(long step) {
        return beta1 * (1 - 0.5 * StrictMath.pow(0.96, step * momentumDecay));
    }

    @Override
    public Elementwise at(long step, double learningRate, List<Tensor> slots) {
        double now = momentumAt(step);
        double next = momentumAt(step + 1);
        double product = slots.get(2).item() * now;
        slots.get(2).setFromDouble(0, product);
        double ofMean = learningRate * next / (1 - product * next);
        double ofGradient = learningRate * (1 - now) / (1 - product);
        double scale = 1 / Math.sqrt(Settings.gathered(beta2, step));
        return (count, blocks) -> {
            double[] theta = blocks[0];
            double[] m = blocks[1];
            double[] v = blocks[2];
            double[] g = blocks[3];
            for (int i = 0; i < count; i++) {
                m[i] = beta1 * m[i] + (1 - beta1) * g[i];
                v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
                theta[i] -=
                        (ofMean * m[i] + ofGradient * g[i]) / (Math.sqrt(v[i]) * scale + epsilon);
            }
        };
    }
}
