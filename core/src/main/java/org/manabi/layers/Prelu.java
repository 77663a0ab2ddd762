package org.manabi.layers;

import org.manabi.autodiff.Result;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Shape;

/// A rectifier whose slope below 0 is learned: `y = x` where `x > 0`, else `a·x`.
///
/// **Shapes:** input `[N, C, …]`, output alike; parameter `slope`, `[1]` or `[C]`. Weight decay would
/// pull the slope to 0; leave it out.
///
/// Source: He et al., *Delving Deep into Rectifiers* (ICCV 2015), eq. 1.
///
/// @param sharing one slope for all, or one for each channel
/// @param initial the slope before training, 0.25 in the paper and in PyTorch
public record Prelu(Sharing sharing, double initial) implements Layer {

    /// Who has a slope of its own.
    public enum Sharing {
        /// One slope for all elements.
        ALL,
        /// One for each channel.
        CHANNEL
    }

    /// One slope for all, which begins as 0.25.
    public Prelu() {
        this(Sharing.ALL, 0.25);
    }

    @Override
    public Variable apply(Scope scope, Variable input) {
        Checks.require(
                sharing == Sharing.ALL || input.shape().rank() >= 2,
                "expected input [N, C, …], got %s; is Sharing.ALL meant?",
                input.shape());
        int slopes = sharing == Sharing.ALL ? 1 : input.shape().dim(1);
        Variable slope = scope.parameter("slope", Shape.of(slopes), new Constant(initial));
        return Result.of(new org.manabi.autodiff.Prelu(), input, slope);
    }
}
