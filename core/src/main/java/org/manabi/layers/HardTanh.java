package org.manabi.layers;

import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Nonlinearity;

/// A tanh out of three straight pieces: `y = min(max(x, least), most)`.
///
/// Source: Collobert, *Large Scale Machine Learning* (2004).
///
/// @param least the smallest result
/// @param most the largest result, greater than `least`
public record HardTanh(double least, double most) implements Layer {

    public HardTanh {
        Checks.require(least < most, "least %s is not less than most %s", least, most);
    }

    /// Between −1 and 1.
    public HardTanh() {
        this(-1, 1);
    }

    @Override
    public Variable apply(Scope scope, Variable input) {
        return input.apply(Nonlinearity.hardTanh(least, most));
    }
}
