package org.manabi.optim;

import java.util.List;
import org.manabi.tensor.Elementwise;
import org.manabi.tensor.Tensor;

/// RMSprop, in PyTorch's form: the gradient is divided by a running root mean square of itself, and ε
/// is added outside the root.
///
///     s ← α·s + (1 − α)g²,   a ← α·a + (1 − α)g,   u = g / (√(s − a²) + ε)
///     b ← μ·b + u,   θ ← θ − η·b
///
/// `a` stays out of it unless [Centering#CENTERED]. Keras adds ε within the root, and has α = 0.9 and
/// ε = 1e-7.
///
/// Source: Hinton, *Neural Networks for Machine Learning* (2012), lecture 6e; centered: Graves,
/// *Generating Sequences With Recurrent Neural Networks* (2013), eq. 38 … 41.
///
/// @param learningRate η, greater than 0
/// @param alpha α, in [0, 1)
/// @param epsilon ε, greater than 0
/// @param momentum μ, in [0, 1)
/// @param centering whether the square of the mean gradient is taken off
public record RmsProp(
        double learningRate, double alpha, double epsilon, double momentum, Centering centering)
        implements ElementwiseOptimizer {

    /// What the gradient is divided by the root of.
    public enum Centering {
        /// The mean of its square.
        PLAIN,
        /// Its variance.
        CENTERED
    }

    public RmsProp {
        Settings.requireLearningRate(learningRate);
        Settings.requireFraction("alpha", alpha);
        Settings.requirePositive("epsilon", epsilon);
        Settings.requireFraction("momentum", momentum);
    }

    /// PyTorch's α = 0.99 and ε = 1e-8, without momentum.
    public RmsProp(double learningRate) {
        this(learningRate, 0.99, 1e-8, 0, Centering.PLAIN);
    }

    @Override
    public List<Slot> slots() {
        return List.of(Slot.of("square"), Slot.of("mean"), Slot.of("velocity"));
    }

    @Override
    public Elementwise at(long step, double learningRate, List<Tensor> slots) {
        double center = centering == Centering.CENTERED ? 1 : 0;
        return (count, blocks) -> {
            double[] theta = blocks[0];
            double[] square = blocks[1];
            double[] mean = blocks[2];
            double[] velocity = blocks[3];
            double[] g = blocks[4];
            for (int i = 0; i < count; i++) {
                square[i] = alpha * square[i] + (1 - alpha) * g[i] * g[i];
                mean[i] = center * (alpha * mean[i] + (1 - alpha) * g[i]);
                double variance = square[i] - mean[i] * mean[i];
                velocity[i] = momentum * velocity[i] + g[i] / (Math.sqrt(variance) + epsilon);
                theta[i] -= learningRate * velocity[i];
            }
        };
    }
}
