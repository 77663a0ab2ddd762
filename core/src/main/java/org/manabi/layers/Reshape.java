package org.manabi.layers;

import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Shape;

/// Each sample's elements under another shape, in row-major order: `[N, …]` to `[N, …to]`.
///
/// @param to the shape of one sample, of as many elements
public record Reshape(Shape to) implements Layer {

    /// To these lengths of a sample's axes.
    public static Reshape to(int... dims) {
        return new Reshape(Shape.of(dims));
    }

    @Override
    public Variable apply(Scope scope, Variable input) {
        Shape sample = input.shape().tail();
        Checks.require(
                sample.size() == to.size(),
                "expected samples of %d elements, for %s, got %s of %d",
                to.size(),
                to,
                sample,
                sample.size());
        return input.reshape(to.prepend(input.shape().dim(0)));
    }
}
