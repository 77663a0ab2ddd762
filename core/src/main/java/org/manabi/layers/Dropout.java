package org.manabi.layers;

import org.manabi.autodiff.Result;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;

/// Leaves elements out at random while the network learns, so that no unit can rely on another.
///
///     learning: y = 0 with probability rate, else x / (1 − rate)      otherwise: y = x
///
/// Which elements is a function of the training's seed, of the step, of the layer's path and of the
/// positions of the sample in the batch and of the element in the sample: never of threads.
///
/// **Shapes:** input `[N, …]`, output alike.
///
/// Source: Srivastava et al., *Dropout: A Simple Way to Prevent Neural Networks from Overfitting*
/// (JMLR 15, 2014), in the inverted form that PyTorch and Keras use.
///
/// @param rate the share that is left out, in [0, 1)
public record Dropout(double rate) implements Layer {

    public Dropout {
        Checks.require(rate >= 0 && rate < 1, "a dropout rate is in [0, 1), got %s", rate);
    }

    @Override
    public Variable apply(Scope scope, Variable input) {
        return scope.mode() == Mode.TRAIN && rate > 0
                ? Result.of(
                        new org.manabi.autodiff.Dropout(rate, scope.path()), input, scope.noise())
                : input;
    }
}
