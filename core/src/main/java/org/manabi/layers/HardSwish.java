package org.manabi.layers;

import org.manabi.autodiff.Variable;
import org.manabi.tensor.Nonlinearity;

/// `y = x·min(max(x/6 + ½, 0), 1)` of every element: SiLU out of straight pieces.
///
/// Source: Howard et al., *Searching for MobileNetV3* (ICCV 2019).
public record HardSwish() implements Layer {

    @Override
    public Variable apply(Scope scope, Variable input) {
        return input.apply(Nonlinearity.HARD_SWISH);
    }
}
