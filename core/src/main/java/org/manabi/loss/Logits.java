package org.manabi.loss;

import org.manabi.autodiff.Variable;
import org.manabi.tensor.Tensor;

/// Scores before the softmax, any real numbers: the higher, the likelier the class.
///
/// @param variable `[N, K]`; a single sample `[K]` is taken as a batch of one
public record Logits(Variable variable) implements Prediction {

    public Logits {
        variable = Batches.ofFloatingRows(variable, "Logits");
    }

    /// Fixed numbers, checked: one sample `[K]` or a batch `[N, K]`.
    ///
    /// @throws org.manabi.tensor.ShapeException if a number is NaN
    public static Logits of(Tensor values) {
        Logits checked = new Logits(Variable.of(values));
        Batches.require(values, "Logits", value -> !Double.isNaN(value), "is not a number");
        return checked;
    }
}
