package org.manabi.autodiff;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.manabi.autodiff.Graph.Step;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Tensor;

/// Lays out one [Plan]: walks the graph in the order in which it will run and hands out buffers on
/// the way, each as late as possible and taken back as soon as possible.
final class Planner {

    private final Engine engine;
    private final Graph graph;
    private final Buffers buffers = new Buffers();
    private final Map<Variable, Tensor> values = new HashMap<>();
    private final Map<Variable, Tensor> gradients = new HashMap<>();
    private final Map<Variable, Tensor> asked = new LinkedHashMap<>();
    private final List<Bound> forward = new ArrayList<>();
    private final List<Runnable> backward = new ArrayList<>();
    private final Map<Variable, Integer> lastWrite = new HashMap<>();

    Planner(Engine engine, Graph graph) {
        this.engine = engine;
        this.graph = graph;
        graph.leaves().forEach(leaf -> values.put(leaf, leafTensor(leaf)));
    }

    private static Tensor leafTensor(Variable leaf) {
        return switch (leaf) {
            case Constant constant -> constant.tensor();
            case Parameter parameter -> parameter.tensor();
            case Input input -> Tensor.zeros(input.dtype(), input.shape());
            case Result result -> throw new IllegalArgumentException(result + " is not a leaf");
        };
    }

    Plan inference() {
        Map<Integer, List<Variable>> lastRead = lastRead();
        for (int now = 0; now < graph.steps().size(); now++) {
            Step step = graph.steps().get(now);
            layOutValue(step);
            if (!step.op().isView()) {
                forward.add(step.op().bind(site(step, null, noGradients(step))));
            }
            for (Variable spent : lastRead.getOrDefault(now, List.of())) {
                buffers.release(value(spent));
            }
        }
        return plan();
    }

    Plan training(Variable loss, Collection<? extends Variable> withRespectTo) {
        Checks.require(
                loss.shape().size() == 1, "a loss is a single number, got shape %s", loss.shape());
        for (Variable leaf : withRespectTo) {
            Checks.require(
                    !(leaf instanceof Result) && leaf.dtype().isFloating(),
                    "gradients are with respect to floating leaves, such as parameters; %s is %s",
                    leaf,
                    leaf instanceof Result ? "computed" : leaf.dtype());
            asked.put(leaf, Tensor.zeros(leaf.dtype(), leaf.shape()));
        }
        graph.steps().forEach(this::layOutValue);
        beginBackward(loss);
        Set<Variable> wanted = graph.dependents(withRespectTo);
        Map<Step, Bound> bound = new HashMap<>();
        for (Step step : graph.steps().reversed()) {
            if (wanted.contains(step.result()) && gradients.containsKey(step.result())) {
                differentiate(step, wanted, bound);
                step.inputs().forEach(input -> lastWrite.put(input, backward.size() - 1));
            }
        }
        for (Step step : graph.steps()) {
            if (!step.op().isView()) {
                Bound ready = bound.get(step);
                forward.add(
                        ready != null
                                ? ready
                                : step.op().bind(site(step, null, noGradients(step))));
            }
        }
        return plan();
    }

    private Plan plan() {
        Map<Variable, Tensor> readable = new HashMap<>();
        graph.leaves().forEach(leaf -> readable.put(leaf, value(leaf)));
        graph.outputs().forEach(output -> readable.put(output, value(output)));
        return new Plan(
                List.copyOf(forward),
                List.copyOf(backward),
                readable,
                new Gradients(asked),
                completions());
    }

    /// Behind which of the backward pass's works the gradient of each leaf is complete.
    private Map<Integer, List<Variable>> completions() {
        Map<Integer, List<Variable>> leaves = new HashMap<>();
        for (Variable leaf : asked.keySet()) {
            int last = lastWrite.getOrDefault(leaf, backward.size());
            leaves.computeIfAbsent(last, work -> new ArrayList<>()).add(leaf);
        }
        return leaves;
    }

    private void layOutValue(Step step) {
        Variable result = step.result();
        values.put(
                result,
                step.op().isView()
                        ? value(step.inputs().getFirst()).reshape(result.shape())
                        : buffers.acquire(result.dtype(), result.shape()));
    }

    /// The variables that each step is the last to read; reading a view is reading what it views,
    /// and outputs are read after the end.
    private Map<Integer, List<Variable>> lastRead() {
        Map<Variable, Integer> lastReads = new LinkedHashMap<>();
        Map<Variable, Variable> viewed = new HashMap<>();
        for (int now = 0; now < graph.steps().size(); now++) {
            Step step = graph.steps().get(now);
            if (step.op().isView()) {
                Variable input = step.inputs().getFirst();
                viewed.put(step.result(), viewed.getOrDefault(input, input));
            }
            for (Variable input : step.inputs()) {
                lastReads.put(viewed.getOrDefault(input, input), now);
            }
        }
        for (Variable output : graph.outputs()) {
            lastReads.put(viewed.getOrDefault(output, output), Integer.MAX_VALUE);
        }
        Map<Integer, List<Variable>> byStep = new HashMap<>();
        lastReads.forEach(
                (variable, step) ->
                        byStep.computeIfAbsent(step, s -> new ArrayList<>()).add(variable));
        return byStep;
    }

    /// The derivative of the loss by itself is 1.
    private void beginBackward(Variable loss) {
        Tensor own = asked.get(loss); // if the loss is itself a leaf
        Tensor gradient = own != null ? own : buffers.acquire(loss.dtype(), loss.shape());
        gradients.put(loss, gradient);
        backward.add(() -> gradient.setFromDouble(0, 1));
    }

    private void differentiate(Step step, Set<Variable> wanted, Map<Step, Bound> bound) {
        Tensor outputGradient = gradient(step.result());
        if (step.op().isView()) {
            passThrough(step.inputs().getFirst(), outputGradient);
            return;
        }
        List<@Nullable Tensor> inputGradients = new ArrayList<>();
        List<Runnable> additions = new ArrayList<>();
        List<Tensor> temporary = new ArrayList<>();
        for (Variable input : step.inputs()) {
            inputGradients.add(
                    wanted.contains(input) ? destination(input, additions, temporary) : null);
        }
        Bound ready = step.op().bind(site(step, outputGradient, inputGradients));
        bound.put(step, ready);
        backward.add(ready::backward);
        backward.addAll(additions);
        temporary.forEach(buffers::release);
        buffers.release(outputGradient);
    }

    /// Where an operation writes the gradient of `input`: its buffer, if this is the first part of
    /// it, or a temporary one that is added afterwards.
    private Tensor destination(Variable input, List<Runnable> additions, List<Tensor> temporary) {
        Tensor first = gradients.get(input);
        if (first == null) {
            Tensor own = asked.get(input);
            Tensor gradient = own != null ? own : buffers.acquire(input.dtype(), input.shape());
            gradients.put(input, gradient);
            return gradient;
        }
        Tensor part = buffers.acquire(input.dtype(), input.shape());
        additions.add(() -> engine.add(part, first));
        temporary.add(part);
        return part;
    }

    /// The gradient of a view is a view of the gradient.
    private void passThrough(Variable input, Tensor gradient) {
        Tensor same = gradient.reshape(input.shape());
        Tensor first = gradients.get(input);
        Tensor own = asked.get(input);
        if (first != null) {
            backward.add(() -> engine.add(same, first));
            buffers.release(gradient);
        } else if (own != null) {
            backward.add(() -> own.copyFrom(same));
            gradients.put(input, own);
            buffers.release(gradient);
        } else {
            gradients.put(input, same);
            buffers.transfer(gradient, same);
        }
    }

    private Site site(
            Step step, @Nullable Tensor outputGradient, List<@Nullable Tensor> inputGradients) {
        List<Tensor> inputs = step.inputs().stream().map(this::value).toList();
        return new Site(engine, inputs, value(step.result()), outputGradient, inputGradients);
    }

    private static List<@Nullable Tensor> noGradients(Step step) {
        return Collections.nCopies(step.inputs().size(), null);
    }

    private Tensor value(Variable variable) {
        return present(values.get(variable), variable);
    }

    private Tensor gradient(Variable variable) {
        return present(gradients.get(variable), variable);
    }

    private static Tensor present(@Nullable Tensor tensor, Variable variable) {
        if (tensor == null) {
            throw new IllegalStateException("no buffer was laid out for " + variable);
        }
        return tensor;
    }
}
