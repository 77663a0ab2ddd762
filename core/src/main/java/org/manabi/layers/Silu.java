package org.manabi.layers;

import org.manabi.autodiff.Variable;
import org.manabi.tensor.Nonlinearity;

/// The sigmoid linear unit, also called swish: `y = x·σ(x)` of every element.
///
/// Source: Elfwing, Uchibe, Doya, *Sigmoid-Weighted Linear Units* (Neural Networks 107, 2018).
public record Silu() implements Layer {

    @Override
    public Variable apply(Scope scope, Variable input) {
        return input.apply(Nonlinearity.SILU);
    }
}
