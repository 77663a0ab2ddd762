package org.manabi.optim;

import java.util.ArrayList;
import java.util.List;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Tensor;

/// L-BFGS as a rule for training: the curvature is guessed from the last steps of all parameters of a
/// group together, and each step has the length η, without a line search, as PyTorch's `LBFGS` by
/// default.
///
///     θ ← θ − η·H·g,   H from the last m pairs s = Δθ, y = Δg by the two-loop recursion
///
/// The first step is `η · min(1, 1/Σ|g|) · g`; a pair with y·s ≤ 1e-10 is not remembered. It is meant for
/// full batches: the noise of mini-batches looks like curvature. To reach the last digits use
/// [LbfgsMinimizer].
///
/// Source: Nocedal and Wright, *Numerical Optimization* (2006), algorithm 7.4; `torch.optim.LBFGS`.
///
/// @param learningRate η, greater than 0
/// @param memory m, at least 1: 2m + 2 tensors are kept for each parameter
public record Lbfgs(double learningRate, int memory) implements Optimizer {

    private static final int GRADIENT = 0;
    private static final int STEP = 1;
    private static final int PAIRS = 2;

    public Lbfgs {
        Settings.requireLearningRate(learningRate);
        Checks.require(memory >= 1, "memory %d is not at least 1", memory);
    }

    /// PyTorch remembers 100 steps; 10 are usual for networks.
    public Lbfgs(double learningRate) {
        this(learningRate, 10);
    }

    @Override
    public boolean isElementwise() {
        return false;
    }

    @Override
    public List<Slot> slots() {
        List<Slot> slots = new ArrayList<>();
        slots.add(Slot.of("gradient"));
        slots.add(Slot.of("step"));
        for (int i = 0; i < memory; i++) {
            slots.add(Slot.of("s" + i));
            slots.add(Slot.of("y" + i));
        }
        slots.add(Slot.number("pairs", 0));
        return List.copyOf(slots);
    }

    @Override
    public void update(
            Engine engine,
            Tensor parameter,
            Tensor gradient,
            List<Tensor> slots,
            long step,
            double learningRate) {
        updateAll(
                engine, List.of(parameter), List.of(gradient), List.of(slots), step, learningRate);
    }

    @Override
    public void updateAll(
            Engine engine,
            List<Tensor> parameters,
            List<Tensor> gradients,
            List<List<Tensor>> slots,
            long step,
            double learningRate) {
        Tensor counter = slots.getFirst().getLast(); // all parameters have as many pairs
        long pairs = (long) counter.item();
        if (step > 1) {
            pairs = remember(engine, gradients, slots, pairs);
        }
        for (List<Tensor> of : slots) {
            of.getLast().setFromDouble(0, (double) pairs);
        }
        double length = learningRate;
        if (step == 1) {
            length *= Math.min(1, 1 / sumOfSizes(gradients));
        }
        for (int i = 0; i < gradients.size(); i++) {
            slots.get(i).get(GRADIENT).copyFrom(gradients.get(i));
        }
        turn(engine, gradients, slots, pairs);
        for (int i = 0; i < parameters.size(); i++) {
            double factor = -length;
            engine.elementwise(
                    (count, blocks) -> {
                        for (int j = 0; j < count; j++) {
                            blocks[1][j] = factor * blocks[2][j];
                            blocks[0][j] += blocks[1][j];
                        }
                    },
                    List.of(parameters.get(i), slots.get(i).get(STEP)),
                    List.of(gradients.get(i)));
        }
    }

    /// Writes the last step and the change of the gradient into the place of the oldest pair, unless
    /// their product is too small; returns how many pairs there were so far.
    private long remember(
            Engine engine, List<Tensor> gradients, List<List<Tensor>> slots, long pairs) {
        double curvature = 0;
        for (int i = 0; i < gradients.size(); i++) {
            Tensor step = slots.get(i).get(STEP);
            curvature +=
                    engine.dot(step, gradients.get(i))
                            - engine.dot(step, slots.get(i).get(GRADIENT));
        }
        if (curvature <= 1e-10) {
            return pairs;
        }
        for (int i = 0; i < gradients.size(); i++) {
            List<Tensor> of = slots.get(i);
            s(of, pairs).copyFrom(of.get(STEP));
            engine.elementwise(
                    (count, blocks) -> {
                        for (int j = 0; j < count; j++) {
                            blocks[0][j] = blocks[1][j] - blocks[2][j];
                        }
                    },
                    List.of(y(of, pairs)),
                    List.of(gradients.get(i), of.get(GRADIENT)));
        }
        return pairs + 1;
    }

    private Tensor s(List<Tensor> of, long pair) {
        return of.get(PAIRS + 2 * Math.floorMod(pair, memory));
    }

    private Tensor y(List<Tensor> of, long pair) {
        return of.get(PAIRS + 2 * Math.floorMod(pair, memory) + 1);
    }

    /// Turns the gradients `g` into `H·g`.
    private void turn(Engine engine, List<Tensor> g, List<List<Tensor>> slots, long pairs) {
        long first = Math.max(0, pairs - memory);
        double[] alphas = new double[memory];
        double[] products = new double[memory];
        for (long pair = pairs - 1; pair >= first; pair--) {
            int at = Math.floorMod(pair, memory);
            double product = 0;
            double alpha = 0;
            for (int i = 0; i < g.size(); i++) {
                product += engine.dot(s(slots.get(i), pair), y(slots.get(i), pair));
                alpha += engine.dot(s(slots.get(i), pair), g.get(i));
            }
            products[at] = product;
            alphas[at] = alpha / product;
            for (int i = 0; i < g.size(); i++) {
                addScaled(engine, -alphas[at], y(slots.get(i), pair), g.get(i));
            }
        }
        if (pairs > 0) {
            scale(engine, g, slots, pairs - 1, products[Math.floorMod(pairs - 1, memory)]);
        }
        for (long pair = first; pair < pairs; pair++) {
            int at = Math.floorMod(pair, memory);
            double beta = 0;
            for (int i = 0; i < g.size(); i++) {
                beta += engine.dot(y(slots.get(i), pair), g.get(i));
            }
            double factor = alphas[at] - beta / products[at];
            for (int i = 0; i < g.size(); i++) {
                addScaled(engine, factor, s(slots.get(i), pair), g.get(i));
            }
        }
    }

    private void scale(
            Engine engine, List<Tensor> g, List<List<Tensor>> slots, long last, double product) {
        double square = 0;
        for (List<Tensor> of : slots) {
            square += engine.dot(y(of, last), y(of, last));
        }
        double factor = product / square - 1;
        for (Tensor gradient : g) {
            addScaled(engine, factor, gradient, gradient);
        }
    }

    private static void addScaled(Engine engine, double factor, Tensor x, Tensor to) {
        engine.elementwise(
                (count, blocks) -> {
                    for (int j = 0; j < count; j++) {
                        blocks[0][j] += factor * blocks[1][j];
                    }
                },
                List.of(to),
                List.of(x));
    }

    private static double sumOfSizes(List<Tensor> tensors) {
        double sum = 0;
        for (Tensor tensor : tensors) {
            for (int i = 0; i < tensor.size(); i++) {
                sum += Math.abs(tensor.getAsDouble(i));
            }
        }
        return sum;
    }
}
