package org.manabi.layers;

import org.manabi.autodiff.Variable;

/// `exp(x) / Σ exp(x)` along the innermost axis: numbers turned into probabilities that add to 1.
///
/// Leave it out before `SoftmaxCrossEntropy`, which works on the numbers before it.
public record Softmax() implements Layer {

    @Override
    public Variable apply(Scope scope, Variable input) {
        return input.softmax();
    }
}
