package org.manabi.layers;

import org.manabi.autodiff.Variable;
import org.manabi.tensor.Shape;

/// Each sample as one row: `[N, …]` to `[N, size of a sample]`, in row-major order.
public record Flatten() implements Layer {

    @Override
    public Variable apply(Scope scope, Variable input) {
        Shape shape = input.shape();
        return input.reshape(Shape.of(shape.dim(0), shape.tail().size()));
    }
}
