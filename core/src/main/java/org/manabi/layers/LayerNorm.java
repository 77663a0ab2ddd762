package org.manabi.layers;

import org.manabi.autodiff.Result;
import org.manabi.autodiff.RowNorm;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Shape;

/// Normalizes along the innermost axis by its own mean and variance, then scales and shifts each
/// element by learned numbers: alike in learning and in use, and for every batch size.
///
///     y = γ·(x − μ) / √(σ² + ε) + β,   σ² = Σ (x − μ)² / D
///
/// **Shapes:** input `[N, …, D]`, output alike; parameters `weight` γ and `bias` β `[D]`.
///
/// Source: Ba, Kiros, Hinton, *Layer Normalization* (2016).
///
/// @param epsilon ε, 1e-5 in PyTorch and ONNX, 1e-3 in Keras
public record LayerNorm(double epsilon) implements Layer {

    public LayerNorm {
        BatchNorms.requireEpsilon(epsilon);
    }

    /// With ε = 1e-5.
    public LayerNorm() {
        this(1e-5);
    }

    @Override
    public Variable apply(Scope scope, Variable input) {
        Shape shape = input.shape();
        Checks.require(shape.rank() >= 2, "expected input [N, …, D], got %s", shape);
        int width = shape.dim(-1);
        Variable gain = scope.parameter("weight", Shape.of(width), new Constant(1));
        Variable bias = scope.parameter("bias", Shape.of(width), Initializer.ZEROS);
        Variable rows = input.reshape(Shape.of(shape.size() / Math.max(1, width), width));
        return Result.of(new RowNorm(1, false, true, epsilon), rows, gain, bias).reshape(shape);
    }
}
