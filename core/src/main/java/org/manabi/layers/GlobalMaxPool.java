package org.manabi.layers;

import org.manabi.autodiff.GlobalPool;
import org.manabi.autodiff.Result;
import org.manabi.autodiff.Variable;

/// The largest of all positions of each channel; NaN counts as the largest.
///
/// **Shapes:** input `[N, C, …]`, output `[N, C]`.
///
/// Source: Lin, Chen, Yan, *Network In Network* (ICLR 2014).
public record GlobalMaxPool() implements Layer {

    @Override
    public Variable apply(Scope scope, Variable input) {
        return Result.of(GlobalPool.MAX, input);
    }
}
