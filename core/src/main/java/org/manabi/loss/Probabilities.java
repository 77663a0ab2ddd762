package org.manabi.loss;

import org.manabi.autodiff.Variable;
import org.manabi.tensor.Tensor;

/// Probabilities of the classes, as a softmax gives them: each in 0 … 1.
///
/// @param variable `[N, K]`; a single sample `[K]` is taken as a batch of one
public record Probabilities(Variable variable) implements Estimate {

    public Probabilities {
        variable = Batches.ofFloatingRows(variable, "Probabilities");
    }

    /// Fixed numbers, checked: one sample `[K]` or a batch `[N, K]`.
    ///
    /// @throws org.manabi.tensor.ShapeException if a number is outside 0 … 1 or NaN
    public static Probabilities of(Tensor values) {
        Probabilities checked = new Probabilities(Variable.of(values));
        Batches.require(
                values,
                "Probabilities",
                value -> value >= 0 && value <= 1,
                "is outside 0 … 1; are these logits?");
        return checked;
    }
}
