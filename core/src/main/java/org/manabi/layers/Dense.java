package org.manabi.layers;

import org.jspecify.annotations.Nullable;
import org.manabi.autodiff.Affine;
import org.manabi.autodiff.Result;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Shape;

/// A fully connected layer.
///
///     y = x·W + b
///
/// **Shapes:** input `[N, in]`, output `[N, units]`; parameters `weight` `[in, units]` and `bias`
/// `[units]`. A following activation is computed in the same pass.
///
/// @param units the number of outputs, at least 1
/// @param weights how W begins
/// @param bias how b begins, or `null` for a layer without one
public record Dense(int units, Initializer weights, @Nullable Initializer bias) implements Layer {

    public Dense {
        Checks.require(units >= 1, "Dense needs at least 1 unit, got %d", units);
    }

    /// With He's normal weights, for ReLU networks, and zero biases.
    public Dense(int units) {
        this(units, He.NORMAL);
    }

    /// With these weights and zero biases.
    public Dense(int units, Initializer weights) {
        this(units, weights, Initializer.ZEROS);
    }

    @Override
    public Variable apply(Scope scope, Variable input) {
        Checks.require(
                input.shape().rank() == 2,
                "expected input [N, in], got %s; is a Flatten missing before it?",
                input.shape());
        int in = input.shape().dim(1);
        Variable weight = scope.parameter("weight", Shape.of(in, units), weights);
        return bias == null
                ? Result.of(Affine.LINEAR, input, weight)
                : Result.of(
                        Affine.LINEAR,
                        input,
                        weight,
                        scope.parameter("bias", Shape.of(units), bias));
    }

    @Override
    public String toString() {
        return "Dense[units=" + units + "]";
    }
}
