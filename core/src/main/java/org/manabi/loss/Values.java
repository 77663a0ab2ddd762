package org.manabi.loss;

import org.manabi.autodiff.Variable;
import org.manabi.tensor.Tensor;

/// Real numbers to be hit, such as the targets of a regression.
///
/// @param variable `[N, K]`; a single sample `[K]` is taken as a batch of one
public record Values(Variable variable) implements Targets {

    public Values {
        variable = Batches.ofRows(variable, "Values");
    }

    /// Fixed numbers, checked: one sample `[K]` or a batch `[N, K]`.
    ///
    /// @throws org.manabi.tensor.ShapeException if a number is NaN
    public static Values of(Tensor values) {
        Values checked = new Values(Variable.of(values));
        Batches.require(values, "Values", value -> !Double.isNaN(value), "is not a number");
        return checked;
    }

    @Override
    public int rows() {
        return variable.shape().dim(0);
    }

    @Override
    public Variable dense(Variable prediction) {
        return variable;
    }
}
