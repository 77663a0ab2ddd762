package org.manabi.layers;

import org.manabi.autodiff.Result;
import org.manabi.autodiff.RowNorm;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Shape;

/// Normalizes each sample's groups of channels by their own mean and variance, then scales and shifts
/// each channel by learned numbers. As many groups as channels make instance normalization.
///
///     y = γ·(x − μ) / √(σ² + ε) + β,   σ² = Σ (x − μ)² / count
///
/// **Shapes:** input `[N, C, …]`, output alike; parameters `weight` γ and `bias` β `[C]`.
///
/// Source: Wu and He, *Group Normalization* (ECCV 2018).
///
/// @param groups a divisor of C
/// @param epsilon ε, 1e-5 in PyTorch, 1e-3 in Keras
public record GroupNorm(int groups, double epsilon) implements Layer {

    public GroupNorm {
        Checks.require(groups >= 1, "GroupNorm needs at least 1 group, got %d", groups);
        BatchNorms.requireEpsilon(epsilon);
    }

    /// With ε = 1e-5.
    public GroupNorm(int groups) {
        this(groups, 1e-5);
    }

    @Override
    public Variable apply(Scope scope, Variable input) {
        Shape shape = input.shape();
        Checks.require(
                shape.rank() >= 2 && shape.dim(1) % groups == 0,
                "expected input [N, C, …] with C a multiple of the %d groups, got %s",
                groups,
                shape);
        Shape channels = Shape.of(shape.dim(1));
        Variable gain = scope.parameter("weight", channels, new Constant(1));
        Variable bias = scope.parameter("bias", channels, Initializer.ZEROS);
        return Result.of(new RowNorm(groups, true, true, epsilon), input, gain, bias);
    }
}
