package org.manabi.autodiff;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.manabi.tensor.Tensor;

/// The gradients of one number with respect to some leaves, in the order asked for: a value.
public final class Gradients {

    private final Map<Variable, Tensor> byVariable;

    Gradients(Map<Variable, Tensor> byVariable) {
        this.byVariable = byVariable;
    }

    /// Gradients that were computed otherwise, each of its variable's shape; they are not copied.
    public static Gradients of(Map<Variable, Tensor> byVariable) {
        return new Gradients(new LinkedHashMap<>(byVariable));
    }

    /// The gradient with respect to `variable`, of its shape.
    public Tensor of(Variable variable) {
        Tensor gradient = byVariable.get(variable);
        if (gradient == null) {
            throw new IllegalArgumentException("no gradient was asked for " + variable);
        }
        return gradient;
    }

    /// The leaves, in the order asked for.
    public Set<Variable> variables() {
        return byVariable.keySet();
    }

    /// The sum of two gradients with respect to the same leaves, as in gradient accumulation.
    public Gradients plus(Gradients other) {
        Map<Variable, Tensor> sums = new LinkedHashMap<>();
        byVariable.forEach(
                (variable, gradient) -> {
                    Tensor sum = gradient.copy();
                    Tensor addend = other.of(variable);
                    for (int i = 0; i < sum.size(); i++) {
                        sum.setFromDouble(i, sum.getAsDouble(i) + addend.getAsDouble(i));
                    }
                    sums.put(variable, sum);
                });
        return new Gradients(sums);
    }

    Gradients copy() {
        Map<Variable, Tensor> copies = new LinkedHashMap<>();
        byVariable.forEach((variable, gradient) -> copies.put(variable, gradient.copy()));
        return new Gradients(copies);
    }
}
