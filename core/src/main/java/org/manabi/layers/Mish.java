package org.manabi.layers;

import org.manabi.autodiff.Variable;
import org.manabi.tensor.Nonlinearity;

/// `y = x·tanh(ln(1 + eˣ))` of every element.
///
/// Source: Misra, *Mish: A Self Regularized Non-Monotonic Activation Function* (BMVC 2020).
public record Mish() implements Layer {

    @Override
    public Variable apply(Scope scope, Variable input) {
        return input.apply(Nonlinearity.MISH);
    }
}
