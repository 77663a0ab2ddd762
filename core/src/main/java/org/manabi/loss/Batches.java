package org.manabi.loss;

import java.util.function.DoublePredicate;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// What predictions and targets have in common: rows of a batch.
final class Batches {

    private Batches() {}

    /// `[K]` as `[1, K]`; `[N, K]` as it is.
    static Variable ofRows(Variable variable, String what) {
        Shape shape = variable.shape();
        Checks.require(
                shape.rank() == 1 || shape.rank() == 2,
                "%s: expected [N, K], or [K] for one sample, got %s",
                what,
                shape);
        Checks.require(
                shape.size() > 0,
                "%s: the batch is empty, shape %s; give at least one row",
                what,
                shape);
        return shape.rank() == 1 ? variable.reshape(shape.prepend(1)) : variable;
    }

    /// The same for a prediction, through which a gradient must flow.
    static Variable ofFloatingRows(Variable variable, String what) {
        Checks.require(
                variable.dtype().isFloating(),
                "%s: expected floating numbers, got %s %s",
                what,
                variable.dtype(),
                variable.shape());
        return ofRows(variable, what);
    }

    /// Checks every number, naming the first that is refused with its row and column.
    static void require(Tensor values, String what, DoublePredicate accepts, String fault) {
        int columns = values.shape().dim(-1);
        for (int i = 0; i < values.size(); i++) {
            double value = values.getAsDouble(i);
            Checks.require(
                    accepts.test(value),
                    "%s: %s at row %d, column %d %s",
                    what,
                    value,
                    i / columns,
                    i % columns,
                    fault);
        }
    }

    /// Checks that prediction and targets have one shape and, if both are floating, one type.
    static void requireAlike(String loss, Variable y, Variable t) {
        Checks.require(
                y.shape().equals(t.shape()),
                "%s: prediction is %s, targets are %s; they must be equal",
                loss,
                y.shape(),
                t.shape());
        Checks.require(
                y.dtype() == t.dtype() || !t.dtype().isFloating(),
                "%s: prediction is %s, targets are %s; they must be equal",
                loss,
                y.dtype(),
                t.dtype());
    }
}
