package org.manabi.optim;

import java.util.List;
import org.manabi.tensor.Elementwise;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Tensor;

/// Weight decay around any rule: parameters are drawn toward 0.
///
///     coupled:    g ← g + λθ before the rule sees it (L2 regularization with ½λ|θ|²)
///     decoupled:  θ ← θ · (1 − ηλ), then the rule
///
/// For rules without memory, such as [Sgd], the two are the same; for [Adam] they are not: coupled
/// is PyTorch's `Adam(weight_decay=λ)`, decoupled is [AdamW]. Around an [ElementwiseOptimizer] the decay takes
/// no pass over memory of its own.
///
/// Source: Loshchilov and Hutter, *Decoupled Weight Decay Regularization* (ICLR 2019).
///
/// @param rule what follows the decay
/// @param rate λ, at least 0
/// @param coupling where the decay enters
public record WeightDecay(Optimizer rule, double rate, Coupling coupling) implements Optimizer {

    /// Where the decay enters.
    public enum Coupling {
        /// Into the gradient, and so into the rule's memory.
        COUPLED,
        /// Past the rule, straight into the parameter.
        DECOUPLED
    }

    public WeightDecay {
        Settings.requireNotNegative("weight decay", rate);
    }

    /// `λθ` added to the gradient.
    public static WeightDecay coupled(double rate, Optimizer rule) {
        return new WeightDecay(rule, rate, Coupling.COUPLED);
    }

    /// The parameter shrunk by `1 − ηλ`.
    public static WeightDecay decoupled(double rate, Optimizer rule) {
        return new WeightDecay(rule, rate, Coupling.DECOUPLED);
    }

    @Override
    public List<Slot> slots() {
        return rule.slots();
    }

    @Override
    public boolean isElementwise() {
        return rule.isElementwise();
    }

    @Override
    public double learningRate() {
        return rule.learningRate();
    }

    @Override
    public void update(
            Engine engine,
            Tensor parameter,
            Tensor gradient,
            List<Tensor> slots,
            long step,
            double learningRate) {
        if (rule instanceof ElementwiseOptimizer elementwise) {
            Elementwise work = elementwise.at(step, learningRate, slots);
            Elementwise both =
                    decayedFirst(work, ElementwiseUpdate.gradientBlock(rule), learningRate);
            ElementwiseUpdate.run(engine, rule, both, parameter, gradient, slots);
            return;
        }
        decay(engine, parameter, gradient, learningRate);
        rule.update(engine, parameter, gradient, slots, step, learningRate);
    }

    @Override
    public void updateAll(
            Engine engine,
            List<Tensor> parameters,
            List<Tensor> gradients,
            List<List<Tensor>> slots,
            long step,
            double learningRate) {
        if (rule instanceof ElementwiseOptimizer) {
            Optimizer.super.updateAll(engine, parameters, gradients, slots, step, learningRate);
            return;
        }
        for (int i = 0; i < parameters.size(); i++) {
            decay(engine, parameters.get(i), gradients.get(i), learningRate);
        }
        rule.updateAll(engine, parameters, gradients, slots, step, learningRate);
    }

    /// Decay and rule in one pass over memory.
    private Elementwise decayedFirst(Elementwise work, int gradient, double learningRate) {
        double keep = coupling == Coupling.DECOUPLED ? 1 - learningRate * rate : 1;
        double added = coupling == Coupling.COUPLED ? rate : 0;
        return (count, blocks) -> {
            for (int i = 0; i < count; i++) {
                blocks[gradient][i] += added * blocks[0][i];
                blocks[0][i] *= keep;
            }
            work.run(count, blocks);
        };
    }

    private void decay(Engine engine, Tensor parameter, Tensor gradient, double learningRate) {
        if (coupling == Coupling.COUPLED) {
            engine.elementwise(coupledDecay(), List.of(gradient), List.of(parameter));
        } else {
            engine.elementwise(decoupledDecay(learningRate), List.of(parameter), List.of());
        }
    }

    private Elementwise coupledDecay() {
        return (count, blocks) -> {
            for (int i = 0; i < count; i++) {
                blocks[0][i] += rate * blocks[1][i];
            }
        };
    }

    private Elementwise decoupledDecay(double learningRate) {
        double keep = 1 - learningRate * rate;
        return (count, blocks) -> {
            for (int i = 0; i < count; i++) {
                blocks[0][i] *= keep;
            }
        };
    }
}
