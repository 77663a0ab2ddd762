package org.manabi.layers;

import org.manabi.autodiff.Variable;

/// `x − log Σ exp(x)` along the innermost axis: the logarithms of [Softmax], without its underflow.
public record LogSoftmax() implements Layer {

    @Override
    public Variable apply(Scope scope, Variable input) {
        return input.logSoftmax();
    }
}
