package org.manabi.optim;

import java.util.List;
import org.manabi.tensor.Elementwise;
import org.manabi.tensor.Tensor;

/// Adagrad, in PyTorch's form: steps shrink with the sum of all squared gradients so far.
///
///     s ← s + g²,   θ ← θ − η · g / (√s + ε)
///
/// Keras begins with s = 0.1 and has ε = 1e-7 within the root; give the first as
/// `initialAccumulator`.
///
/// Source: Duchi, Hazan, Singer, *Adaptive Subgradient Methods* (JMLR 12, 2011).
///
/// @param learningRate η, greater than 0
/// @param epsilon ε, greater than 0
/// @param initialAccumulator what s is before the first step, at least 0
public record Adagrad(double learningRate, double epsilon, double initialAccumulator)
        implements ElementwiseOptimizer {

    public Adagrad {
        Settings.requireLearningRate(learningRate);
        Settings.requirePositive("epsilon", epsilon);
        Settings.requireNotNegative("initial accumulator", initialAccumulator);
    }

    /// PyTorch's ε = 1e-10, beginning at s = 0.
    public Adagrad(double learningRate) {
        this(learningRate, 1e-10, 0);
    }

    @Override
    public List<Slot> slots() {
        return List.of(Slot.of("sum", initialAccumulator));
    }

    @Override
    public Elementwise at(long step, double learningRate, List<Tensor> slots) {
        return (count, blocks) -> {
            double[] theta = blocks[0];
            double[] sum = blocks[1];
            double[] g = blocks[2];
            for (int i = 0; i < count; i++) {
                sum[i] += g[i] * g[i];
                theta[i] -= learningRate * g[i] / (Math.sqrt(sum[i]) + epsilon);
            }
        };
    }
}
