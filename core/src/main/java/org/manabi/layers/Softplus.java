package org.manabi.layers;

import org.manabi.autodiff.Variable;
import org.manabi.tensor.Nonlinearity;

/// `y = ln(1 + eˣ)` of every element: a rectifier without a kink, always greater than 0.
///
/// Source: Dugas et al., *Incorporating Second-Order Functional Knowledge* (NIPS 2000).
public record Softplus() implements Layer {

    @Override
    public Variable apply(Scope scope, Variable input) {
        return input.apply(Nonlinearity.SOFTPLUS);
    }
}
