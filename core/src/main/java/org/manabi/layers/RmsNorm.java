package org.manabi.layers;

import org.manabi.autodiff.Result;
import org.manabi.autodiff.RowNorm;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Shape;

/// Divides by the root of the mean square along the innermost axis, then scales each element by a
/// learned number.
///
///     y = γ·x / √(Σ x² / D + ε)
///
/// **Shapes:** input `[N, …, D]`, output alike; parameter `weight` γ `[D]`.
///
/// Source: Zhang and Sennrich, *Root Mean Square Layer Normalization* (NeurIPS 2019).
///
/// @param epsilon ε, greater than 0
public record RmsNorm(double epsilon) implements Layer {

    public RmsNorm {
        BatchNorms.requireEpsilon(epsilon);
    }

    /// With ε = 1e-6.
    public RmsNorm() {
        this(1e-6);
    }

    @Override
    public Variable apply(Scope scope, Variable input) {
        Shape shape = input.shape();
        Checks.require(shape.rank() >= 2, "expected input [N, …, D], got %s", shape);
        int width = shape.dim(-1);
        Variable gain = scope.parameter("weight", Shape.of(width), new Constant(1));
        Variable rows = input.reshape(Shape.of(shape.size() / Math.max(1, width), width));
        return Result.of(new RowNorm(1, false, false, epsilon), rows, gain).reshape(shape);
    }
}
