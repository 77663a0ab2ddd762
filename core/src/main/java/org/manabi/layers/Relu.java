package org.manabi.layers;

import org.manabi.autodiff.Variable;
import org.manabi.tensor.Activation;

/// `y = max(x, 0)` of every element; see [Activation#RELU].
public record Relu() implements Layer {

    @Override
    public Variable apply(Scope scope, Variable input) {
        return input.activate(Activation.RELU);
    }
}
