package org.manabi.layers;

import org.manabi.autodiff.Variable;
import org.manabi.tensor.Nonlinearity;

/// `y = x / (1 + |x|)` of every element: like tanh between −1 and 1, but slower to flatten.
///
/// Source: Glorot and Bengio, *Understanding the difficulty of training deep feedforward neural
/// networks* (AISTATS 2010).
public record Softsign() implements Layer {

    @Override
    public Variable apply(Scope scope, Variable input) {
        return input.apply(Nonlinearity.SOFTSIGN);
    }
}
