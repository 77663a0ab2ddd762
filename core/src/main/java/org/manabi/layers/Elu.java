package org.manabi.layers;

import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Nonlinearity;

/// The exponential linear unit: `y = x` where `x > 0`, else `α(eˣ − 1)`, of every element.
///
/// Source: Clevert, Unterthiner, Hochreiter, *Fast and Accurate Deep Network Learning by Exponential
/// Linear Units* (ICLR 2016).
///
/// @param alpha α, finite and at least 0; `−α` is what large negative numbers come to
public record Elu(double alpha) implements Layer {

    public Elu {
        Checks.require(
                alpha >= 0 && Double.isFinite(alpha),
                "alpha is at least 0 and finite, got %s",
                alpha);
    }

    /// With α = 1.
    public Elu() {
        this(1);
    }

    @Override
    public Variable apply(Scope scope, Variable input) {
        return input.apply(Nonlinearity.elu(alpha, 1));
    }
}
