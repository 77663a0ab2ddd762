package org.manabi.loss;

import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Tensor;

/// How much of each class a sample is: rows of shares, such as another network's probabilities.
///
/// @param variable `[N, K]`; a single sample `[K]` is taken as a batch of one; at least 2 classes
public record SoftTargets(Variable variable) implements ClassTargets {

    public SoftTargets {
        variable = Batches.ofFloatingRows(variable, "SoftTargets");
        int classes = variable.shape().dim(1);
        Checks.require(classes >= 2, "SoftTargets: at least 2 classes are needed, got %d", classes);
    }

    /// Fixed shares, checked: one sample `[K]` or a batch `[N, K]`. They need not sum to 1.
    ///
    /// @throws org.manabi.tensor.ShapeException if a number is negative or NaN
    public static SoftTargets of(Tensor values) {
        SoftTargets checked = new SoftTargets(Variable.of(values));
        Batches.require(values, "SoftTargets", value -> value >= 0, "is not at least 0");
        return checked;
    }

    @Override
    public int rows() {
        return variable.shape().dim(0);
    }

    @Override
    public int classes() {
        return variable.shape().dim(1);
    }

    @Override
    public Variable dense(Variable prediction) {
        return variable;
    }
}
