package org.manabi.layers;

import org.manabi.autodiff.Variable;
import org.manabi.tensor.Activation;

/// `y = tanh x` of every element; see [Activation#TANH].
public record Tanh() implements Layer {

    @Override
    public Variable apply(Scope scope, Variable input) {
        return input.activate(Activation.TANH);
    }
}
