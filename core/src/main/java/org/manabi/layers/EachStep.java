package org.manabi.layers;

import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Shape;

/// A layer applied to each step of sequences by itself, with the same parameters.
///
/// **Shapes:** input `[N, T, …in]`, output `[N, T, …out]`, where the body makes `[N, …out]` of
/// `[N, …in]`. Path: `body`.
///
/// @param body what is done with each step
public record EachStep(Layer body) implements Layer {

    @Override
    public Variable apply(Scope scope, Variable input) {
        Shape shape = input.shape();
        Checks.require(shape.rank() >= 3, "expected sequences [N, T, …], got %s", shape);
        int samples = shape.dim(0);
        int steps = shape.dim(1);
        Shape step = shape.tail().tail();
        Variable output = scope.apply("body", body, input.reshape(step.prepend(samples * steps)));
        return output.reshape(output.shape().tail().prepend(steps).prepend(samples));
    }
}
