package org.manabi.optim;

import java.util.List;
import org.manabi.tensor.Elementwise;
import org.manabi.tensor.Tensor;

/// [Adam] with decoupled weight decay: the parameter shrinks by itself, untouched by the running
/// means. This is not Adam with λθ added to the gradient (that is `WeightDecay.coupled`).
///
///     θ ← θ · (1 − ηλ),   then Adam's step
///
/// PyTorch has λ = 0.01, Keras 0.004. To spare biases and normalization from the decay, give them a
/// [ParameterGroup] of their own with λ = 0.
///
/// Source: Loshchilov and Hutter, *Decoupled Weight Decay Regularization* (ICLR 2019), algorithm 2.
///
/// @param learningRate η, greater than 0
/// @param weightDecay λ, at least 0
/// @param beta1 β₁, in [0, 1)
/// @param beta2 β₂, in [0, 1)
/// @param epsilon ε, greater than 0
public record AdamW(
        double learningRate, double weightDecay, double beta1, double beta2, double epsilon)
        implements ElementwiseOptimizer {

    public AdamW {
        Settings.requireLearningRate(learningRate);
        Settings.requireNotNegative("weight decay", weightDecay);
        Settings.requireFraction("beta1", beta1);
        Settings.requireFraction("beta2", beta2);
        Settings.requirePositive("epsilon", epsilon);
    }

    /// PyTorch's λ = 0.01, β₁ = 0.9, β₂ = 0.999, ε = 1e-8.
    public AdamW(double learningRate) {
        this(learningRate, 0.01, 0.9, 0.999, 1e-8);
    }

    @Override
    public List<Slot> slots() {
        return List.of(Slot.of("m"), Slot.of("v"));
    }

    @Override
    public Elementwise at(long step, double learningRate, List<Tensor> slots) {
        double keep = 1 - learningRate * weightDecay;
        double rate = learningRate / Settings.gathered(beta1, step);
        double scale = 1 / Math.sqrt(Settings.gathered(beta2, step));
        return (count, blocks) -> {
            double[] theta = blocks[0];
            double[] m = blocks[1];
            double[] v = blocks[2];
            double[] g = blocks[3];
            for (int i = 0; i < count; i++) {
                m[i] = beta1 * m[i] + (1 - beta1) * g[i];
                v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
                theta[i] = keep * theta[i] - rate * m[i] / (Math.sqrt(v[i]) * scale + epsilon);
            }
        };
    }
}
