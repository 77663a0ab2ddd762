package org.manabi.optim;

import java.util.List;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Tensor;

/// Stochastic gradient descent: `θ ← θ − η·g`.
///
/// Source: Robbins and Monro, *A Stochastic Approximation Method* (1951).
///
/// @param learningRate η, greater than 0
public record Sgd(double learningRate) implements Optimizer {

    public Sgd {
        Settings.requireLearningRate(learningRate);
    }

    @Override
    public List<Slot> slots() {
        return List.of();
    }

    @Override
    public void update(
            Engine engine,
            Tensor parameter,
            Tensor gradient,
            List<Tensor> slots,
            long step,
            double learningRate) {
        engine.sgd(parameter, gradient, learningRate);
    }
}
