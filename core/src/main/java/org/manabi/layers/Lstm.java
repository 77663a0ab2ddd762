package org.manabi.layers;

import org.manabi.autodiff.LastStep;
import org.manabi.autodiff.Result;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Shape;

/// A long short-term memory over sequences, which begins with zeros.
///
///     i, f, g, o = σ, σ, tanh, σ (x·W + h′·U + b)
///     c = f·c′ + i·g,   h = o·tanh c
///
/// where primes are of the step before. PyTorch has two biases, of which only the sum counts; Keras
/// begins with a forget bias of 1.
///
/// **Shapes:** input `[N, T, features]`, output `[N, T, H]` or `[N, H]`; parameters `weight`
/// `[features, 4H]`, `recurrentWeight` `[H, 4H]` and `bias` `[4H]`, the gates in the order i, f, g, o.
///
/// Source: Hochreiter and Schmidhuber, *Long Short-Term Memory* (Neural Computation 9, 1997), with the forget
/// gate of Gers, Schmidhuber, Cummins (2000).
///
/// @param units H, the length of the hidden state
/// @param steps whether all steps are given or the last
/// @param weights how W and U begin
/// @param bias how the biases begin
public record Lstm(int units, Steps steps, Initializer weights, Initializer bias) implements Layer {

    public Lstm {
        Checks.require(units >= 1, "Lstm needs at least 1 unit, got %d", units);
    }

    /// Gives the last step; everything begins as U(±1/√units), as in PyTorch.
    public Lstm(int units) {
        this(units, Steps.LAST);
    }

    /// Everything begins as U(±1/√units), as in PyTorch.
    public Lstm(int units, Steps steps) {
        this(units, steps, usual(units), usual(units));
    }

    private static Initializer usual(int units) {
        return new Uniform(1 / Math.sqrt(Math.max(1, units)));
    }

    @Override
    public Variable apply(Scope scope, Variable input) {
        Checks.require(
                input.shape().rank() == 3,
                "expected sequences [N, T, features], got %s; is a Reshape missing before it?",
                input.shape());
        int features = input.shape().dim(2);
        Variable hidden =
                Result.of(
                        new org.manabi.autodiff.Lstm(),
                        input,
                        scope.parameter("weight", Shape.of(features, 4 * units), weights),
                        scope.parameter("recurrentWeight", Shape.of(units, 4 * units), weights),
                        scope.parameter("bias", Shape.of(4 * units), bias));
        return steps == Steps.ALL ? hidden : Result.of(new LastStep(), hidden);
    }

    @Override
    public String toString() {
        return "Lstm[units=" + units + ", steps=" + steps + "]";
    }
}
