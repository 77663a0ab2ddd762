package org.manabi.layers;

import org.manabi.autodiff.LastStep;
import org.manabi.autodiff.Result;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Shape;

/// Gated recurrent units over sequences, which begin with zeros.
///
///     r = σ(x·Wᵣ + bᵣ + h′·Uᵣ + dᵣ),   z likewise
///     n = tanh(x·Wₙ + bₙ + r·(h′·Uₙ + dₙ)),   h = (1 − z)·n + z·h′
///
/// where primes are of the step before: the form of PyTorch, and of Keras with `reset_after`.
///
/// **Shapes:** input `[N, T, features]`, output `[N, T, H]` or `[N, H]`; parameters `weight`
/// `[features, 3H]`, `recurrentWeight` `[H, 3H]`, `bias` and `recurrentBias` `[3H]`, the gates in the
/// order r, z, n.
///
/// Source: Cho et al., *Learning Phrase Representations using RNN Encoder–Decoder* (EMNLP 2014).
///
/// @param units H, the length of the hidden state
/// @param steps whether all steps are given or the last
/// @param weights how W and U begin
/// @param bias how the biases begin
public record Gru(int units, Steps steps, Initializer weights, Initializer bias) implements Layer {

    public Gru {
        Checks.require(units >= 1, "Gru needs at least 1 unit, got %d", units);
    }

    /// Gives the last step; everything begins as U(±1/√units), as in PyTorch.
    public Gru(int units) {
        this(units, Steps.LAST);
    }

    /// Everything begins as U(±1/√units), as in PyTorch.
    public Gru(int units, Steps steps) {
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
                        new org.manabi.autodiff.Gru(),
                        input,
                        scope.parameter("weight", Shape.of(features, 3 * units), weights),
                        scope.parameter("recurrentWeight", Shape.of(units, 3 * units), weights),
                        scope.parameter("bias", Shape.of(3 * units), bias),
                        scope.parameter("recurrentBias", Shape.of(3 * units), bias));
        return steps == Steps.ALL ? hidden : Result.of(new LastStep(), hidden);
    }

    @Override
    public String toString() {
        return "Gru[units=" + units + ", steps=" + steps + "]";
    }
}
