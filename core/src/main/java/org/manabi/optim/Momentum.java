package org.manabi.optim;

import java.util.List;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Tensor;

/// Gradient descent with a velocity, in the form of the book and of Keras.
///
///     v ← μ·v − η·g,   θ ← θ + v
///
/// PyTorch keeps `v ← μ·v + g` and takes `θ ← θ − η·v`: the same as long as η is constant.
///
/// Source: Polyak (1964); 『ゼロから作るDeep Learning』, eq. 6.3 and 6.4.
///
/// @param learningRate η, greater than 0
/// @param momentum μ, in [0, 1)
public record Momentum(double learningRate, double momentum) implements Optimizer {

    public Momentum {
        Settings.requireLearningRate(learningRate);
        Settings.requireFraction("momentum", momentum);
    }

    /// With the usual μ = 0.9.
    public Momentum(double learningRate) {
        this(learningRate, 0.9);
    }

    @Override
    public List<Slot> slots() {
        return List.of(Slot.of("velocity"));
    }

    @Override
    public void update(
            Engine engine,
            Tensor parameter,
            Tensor gradient,
            List<Tensor> slots,
            long step,
            double learningRate) {
        engine.momentum(parameter, gradient, slots.getFirst(), learningRate, momentum);
    }
}
