package org.manabi.layers;

import org.manabi.autodiff.Variable;
import org.manabi.tensor.Activation;

/// `y = 1 / (1 + e⁻ˣ)` of every element; see [Activation#SIGMOID].
public record Sigmoid() implements Layer {

    @Override
    public Variable apply(Scope scope, Variable input) {
        return input.activate(Activation.SIGMOID);
    }
}
