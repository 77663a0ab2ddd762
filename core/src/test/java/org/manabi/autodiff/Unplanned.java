package org.manabi.autodiff;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Tensor;

/// Computes an expression in the plainest way: every operation by itself, into new arrays, views
/// copied, nothing fused, nothing used again. What a [Plan] must agree with.
final class Unplanned {

    private final Map<Variable, Tensor> values = new HashMap<>();
    private final Map<Variable, Tensor> gradients = new HashMap<>();

    /// The value, computed recursively.
    Tensor value(Variable variable) {
        Tensor known = values.get(variable);
        if (known != null) {
            return known;
        }
        Tensor value =
                switch (variable) {
                    case Parameter parameter -> parameter.tensor();
                    case Constant constant -> constant.tensor();
                    case Input input -> throw new AssertionError("no numbers for " + input);
                    case Result result -> computed(result);
                };
        values.put(variable, value);
        return value;
    }

    private Tensor computed(Result result) {
        List<Tensor> inputs = result.inputs().stream().map(this::value).toList();
        if (result.op().isView()) {
            return inputs.getFirst().copy().reshape(result.shape());
        }
        Tensor output = Tensor.zeros(result.dtype(), result.shape());
        List<@Nullable Tensor> nothing = Collections.nCopies(inputs.size(), null);
        result.op().bind(new Site(Engine.serial(), inputs, output, null, nothing)).forward();
        return output;
    }

    /// The gradient of `loss`, a single number, with respect to `leaf`.
    Tensor gradient(Variable loss, Variable leaf) {
        if (gradients.isEmpty()) {
            value(loss);
            gradients.put(loss, Tensor.of(loss.dtype(), loss.shape(), 1));
            Set<Result> order = new LinkedHashSet<>();
            sort(loss, order);
            for (Result result : List.copyOf(order).reversed()) {
                propagate(result);
            }
        }
        return gradients.getOrDefault(leaf, Tensor.zeros(leaf.dtype(), leaf.shape()));
    }

    private static void sort(Variable variable, Set<Result> order) {
        if (variable instanceof Result result && !order.contains(result)) {
            result.inputs().forEach(input -> sort(input, order));
            order.add(result);
        }
    }

    private void propagate(Result result) {
        Tensor outputGradient =
                gradients.getOrDefault(result, Tensor.zeros(result.dtype(), result.shape()));
        if (result.op().isView()) {
            Variable input = result.inputs().getFirst();
            add(outputGradient.copy().reshape(input.shape()), input);
            return;
        }
        List<Tensor> inputs = result.inputs().stream().map(this::value).toList();
        List<@Nullable Tensor> parts = new ArrayList<>();
        for (Variable input : result.inputs()) {
            parts.add(
                    input.dtype().isFloating() ? Tensor.zeros(input.dtype(), input.shape()) : null);
        }
        Tensor output = Tensor.zeros(result.dtype(), result.shape());
        Bound bound =
                result.op()
                        .bind(
                                new Site(
                                        Engine.serial(),
                                        inputs,
                                        output,
                                        outputGradient.copy(),
                                        parts));
        bound.forward();
        bound.backward();
        for (int i = 0; i < parts.size(); i++) {
            Tensor part = parts.get(i);
            if (part != null) {
                add(part, result.inputs().get(i));
            }
        }
    }

    private void add(Tensor part, Variable input) {
        Tensor sum = gradients.get(input);
        if (sum == null) {
            gradients.put(input, part);
        } else {
            for (int i = 0; i < sum.size(); i++) {
                sum.setFromDouble(i, sum.getAsDouble(i) + part.getAsDouble(i));
            }
        }
    }
}
