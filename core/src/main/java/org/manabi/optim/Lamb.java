package org.manabi.optim;

import java.util.List;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Tensor;

/// LAMB: Adam's direction, as long as a share of the parameter's own length.
///
///     u = m̂ / (√v̂ + ε) + λθ,   θ ← θ − η · (‖θ‖ / ‖u‖) · u
///
/// with Adam's m̂ and v̂. The trust ratio ‖θ‖/‖u‖ is of each whole parameter; it is 1 where either
/// length is 0. As in Keras it has no upper bound.
///
/// Source: You et al., *Large Batch Optimization for Deep Learning* (ICLR 2020), algorithm 2.
///
/// @param learningRate η, greater than 0
/// @param weightDecay λ, at least 0
/// @param beta1 β₁, in [0, 1)
/// @param beta2 β₂, in [0, 1)
/// @param epsilon ε, greater than 0
public record Lamb(
        double learningRate, double weightDecay, double beta1, double beta2, double epsilon)
        implements Optimizer {

    public Lamb {
        Settings.requireLearningRate(learningRate);
        Settings.requireNotNegative("weight decay", weightDecay);
        Settings.requireFraction("beta1", beta1);
        Settings.requireFraction("beta2", beta2);
        Settings.requirePositive("epsilon", epsilon);
    }

    /// Without weight decay, β₁ = 0.9, β₂ = 0.999, ε = 1e-6, the paper's.
    public Lamb(double learningRate) {
        this(learningRate, 0, 0.9, 0.999, 1e-6);
    }

    @Override
    public boolean isElementwise() {
        return false;
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
        double first = 1 / Settings.gathered(beta1, step);
        double second = 1 / Math.sqrt(Settings.gathered(beta2, step));
        engine.elementwise(
                (count, blocks) -> {
                    double[] m = blocks[0];
                    double[] v = blocks[1];
                    double[] direction = blocks[2]; // in the place of the gradient
                    double[] theta = blocks[3];
                    for (int i = 0; i < count; i++) {
                        double g = direction[i];
                        m[i] = beta1 * m[i] + (1 - beta1) * g;
                        v[i] = beta2 * v[i] + (1 - beta2) * g * g;
                        direction[i] =
                                first * m[i] / (Math.sqrt(v[i]) * second + epsilon)
                                        + weightDecay * theta[i];
                    }
                },
                List.of(slots.get(0), slots.get(1), gradient),
                List.of(parameter));
        double own = Math.sqrt(engine.dot(parameter, parameter));
        double change = Math.sqrt(engine.dot(gradient, gradient));
        double rate = own > 0 && change > 0 ? learningRate * own / change : learningRate;
        engine.elementwise(
                (count, blocks) -> {
                    double[] theta = blocks[0];
                    double[] direction = blocks[1];
                    for (int i = 0; i < count; i++) {
                        theta[i] -= rate * direction[i];
                    }
                },
                List.of(parameter),
                List.of(gradient));
    }
}
