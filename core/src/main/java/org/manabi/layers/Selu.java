package org.manabi.layers;

import org.manabi.autodiff.Variable;
import org.manabi.tensor.Nonlinearity;

/// The scaled exponential linear unit, under which activations keep mean 0 and variance 1:
/// `y = λx` where `x > 0`, else `λα(eˣ − 1)`, with λ = 1.0507… and α = 1.6733….
///
/// Source: Klambauer et al., *Self-Normalizing Neural Networks* (NIPS 2017), eq. 2.
public record Selu() implements Layer {

    /// α of the paper, eq. 14.
    public static final double ALPHA = 1.6732632423543772;

    /// λ of the paper, eq. 14.
    public static final double LAMBDA = 1.0507009873554805;

    @Override
    public Variable apply(Scope scope, Variable input) {
        return input.apply(Nonlinearity.elu(ALPHA, LAMBDA));
    }
}
