package org.manabi.optim;

import java.util.List;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Tensor;

/// Adam, in PyTorch's form: ε is added after the bias correction.
///
///     m ← β₁m + (1 − β₁)g,   v ← β₂v + (1 − β₂)g²
///     θ ← θ − η · m̂ / (√v̂ + ε),   m̂ = m / (1 − β₁ᵗ),   v̂ = v / (1 − β₂ᵗ)
///
/// Source: Kingma and Ba, *Adam: A Method for Stochastic Optimization* (ICLR 2015), algorithm 1.
///
/// @param learningRate η, greater than 0
/// @param beta1 β₁, in [0, 1)
/// @param beta2 β₂, in [0, 1)
/// @param epsilon ε, greater than 0
public record Adam(double learningRate, double beta1, double beta2, double epsilon)
        implements Optimizer {

    /// η = 0.001, β₁ = 0.9, β₂ = 0.999, ε = 1e-8: the paper's.
    public static final Adam DEFAULTS = new Adam(0.001);

    public Adam {
        Settings.requireLearningRate(learningRate);
        Settings.requireFraction("beta1", beta1);
        Settings.requireFraction("beta2", beta2);
        Settings.requirePositive("epsilon", epsilon);
    }

    /// The paper's settings with another step size.
    public Adam(double learningRate) {
        this(learningRate, 0.9, 0.999, 1e-8);
    }

    @Override
    public List<Slot> slots() {
        return List.of(Slot.of("m"), Slot.of("v"));
    }

    @Override
    public void update(
            Engine engine,
            Tensor parameter,
            Tensor gradient,
            List<Tensor> slots,
            long step,
            double learningRate) {
        double rate = learningRate / Settings.gathered(beta1, step);
        double scale = 1 / Math.sqrt(Settings.gathered(beta2, step));
        engine.adam(
                parameter,
                gradient,
                slots.get(0),
                slots.get(1),
                rate,
                beta1,
                beta2,
                scale,
                epsilon);
    }
}
