package org.manabi.loss;

import org.manabi.autodiff.Variable;
import org.manabi.tensor.Tensor;

/// Real numbers as the last layer gives them, such as the values of a regression.
///
/// @param variable `[N, K]`; a single sample `[K]` is taken as a batch of one
public record Outputs(Variable variable) implements Estimate {

    public Outputs {
        variable = Batches.ofFloatingRows(variable, "Outputs");
    }

    /// Fixed numbers, checked: one sample `[K]` or a batch `[N, K]`.
    ///
    /// @throws org.manabi.tensor.ShapeException if a number is NaN
    public static Outputs of(Tensor values) {
        Outputs checked = new Outputs(Variable.of(values));
        Batches.require(values, "Outputs", value -> !Double.isNaN(value), "is not a number");
        return checked;
    }
}
