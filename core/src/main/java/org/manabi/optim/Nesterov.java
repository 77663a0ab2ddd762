package org.manabi.optim;

import java.util.List;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Tensor;

/// Momentum that looks ahead, in the form of Keras: the gradient's own step is added to the velocity
/// once more.
///
///     v ← μ·v − η·g,   θ ← θ + μ·v − η·g
///
/// PyTorch's `nesterov=True` keeps `v ← μ·v + g` and takes `θ ← θ − η(g + μ·v)`: the same as long as η
/// is constant.
///
/// Source: Sutskever et al., *On the importance of initialization and momentum in deep learning*
/// (ICML 2013), section 2.
///
/// @param learningRate η, greater than 0
/// @param momentum μ, in [0, 1)
public record Nesterov(double learningRate, double momentum) implements Optimizer {

    public Nesterov {
        Settings.requireLearningRate(learningRate);
        Settings.requireFraction("momentum", momentum);
    }

    /// With the usual μ = 0.9.
    public Nesterov(double learningRate) {
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
        engine.nesterov(parameter, gradient, slots.getFirst(), learningRate, momentum);
    }
}
