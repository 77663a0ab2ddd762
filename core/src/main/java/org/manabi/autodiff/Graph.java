package org.manabi.autodiff;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The operations behind some outputs in an order in which they can run, with neighbors fused where
/// an operation knows how.
///
/// @param outputs what is asked for
/// @param leaves the variables that no operation computes
/// @param steps the operations, each after those that it reads
record Graph(Set<Variable> outputs, Set<Variable> leaves, List<Step> steps) {

    /// One operation: what it computes, how, and from what.
    record Step(Variable result, Op op, List<Variable> inputs) {}

    static Graph of(Variable first, Collection<? extends Variable> others) {
        List<Variable> outputs = new ArrayList<>(others);
        outputs.add(first);
        return of(outputs);
    }

    static Graph of(Collection<? extends Variable> outputs) {
        Set<Variable> asked = new LinkedHashSet<>(outputs);
        List<Result> order = sorted(asked);
        Map<Variable, Integer> uses = uses(order);
        Map<Variable, Step> steps = new LinkedHashMap<>();
        for (Result result : order) {
            Step step = new Step(result, result.op(), result.inputs());
            Step before = soleInput(result, steps, uses, asked);
            Op fused = before == null ? null : before.op().fusedWith(result.op());
            if (before != null && fused != null) {
                steps.remove(before.result());
                step = new Step(result, fused, before.inputs());
            }
            steps.put(result, step);
        }
        List<Step> inOrder = List.copyOf(steps.values());
        return new Graph(asked, leaves(asked, inOrder), inOrder);
    }

    /// The operation that computes the only input of `result`, if nobody else reads it.
    private static @Nullable Step soleInput(
            Result result, Map<Variable, Step> steps, Map<Variable, Integer> uses, Set<?> asked) {
        if (result.inputs().size() != 1) {
            return null;
        }
        Variable input = result.inputs().getFirst();
        return asked.contains(input) || uses.getOrDefault(input, 0) != 1 ? null : steps.get(input);
    }

    /// Depth first without recursion, since a graph may be thousands of operations deep.
    private static List<Result> sorted(Set<Variable> outputs) {
        Set<Result> order = new LinkedHashSet<>();
        Deque<Variable> open = new ArrayDeque<>(outputs);
        while (!open.isEmpty()) {
            if (!(open.peek() instanceof Result result) || order.contains(result)) {
                open.pop();
                continue;
            }
            boolean ready = true;
            for (Variable input : result.inputs().reversed()) {
                if (input instanceof Result before && !order.contains(before)) {
                    open.push(before);
                    ready = false;
                }
            }
            if (ready) {
                order.add(result);
                open.pop();
            }
        }
        return List.copyOf(order);
    }

    private static Map<Variable, Integer> uses(List<Result> order) {
        Map<Variable, Integer> uses = new HashMap<>();
        for (Result result : order) {
            result.inputs().forEach(input -> uses.merge(input, 1, Integer::sum));
        }
        return uses;
    }

    private static Set<Variable> leaves(Set<Variable> outputs, List<Step> steps) {
        Set<Variable> leaves = new LinkedHashSet<>();
        steps.forEach(step -> leaves.addAll(step.inputs()));
        leaves.addAll(outputs);
        leaves.removeIf(Result.class::isInstance);
        return leaves;
    }

    /// The variables through which `sources` reach the outputs, themselves among them.
    Set<Variable> dependents(Collection<? extends Variable> sources) {
        Set<Variable> dependents = new LinkedHashSet<>(sources);
        for (Step step : steps) {
            if (step.inputs().stream().anyMatch(dependents::contains)) {
                dependents.add(step.result());
            }
        }
        return dependents;
    }
}
