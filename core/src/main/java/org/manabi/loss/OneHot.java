package org.manabi.loss;

import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// The right class of each sample as a row of zeros with a single 1 at the class. Whoever holds one
/// knows that it has been checked.
public final class OneHot implements HardTargets {

    private final Variable rows;
    private final Labels labels;

    private OneHot(Variable rows, Labels labels) {
        this.rows = rows;
        this.labels = labels;
    }

    /// Fixed one-hot rows, checked: one sample `[K]` or a batch `[N, K]`.
    ///
    /// @throws org.manabi.tensor.ShapeException naming the first row that is not one-hot
    public static OneHot of(Tensor values) {
        Variable rows = Batches.ofRows(Variable.of(values), "OneHot");
        int count = rows.shape().dim(0);
        int classes = rows.shape().dim(1);
        Checks.require(classes >= 2, "OneHot: at least 2 classes are needed, got %d", classes);
        int[] labels = new int[count];
        for (int row = 0; row < count; row++) {
            labels[row] = labelOf(values, row, classes);
        }
        return new OneHot(
                rows, new Labels(Variable.of(IntTensor.of(Shape.of(count), labels)), classes));
    }

    private static int labelOf(Tensor values, int row, int classes) {
        int label = -1;
        for (int k = 0; k < classes; k++) {
            double value = values.getAsDouble(row * classes + k);
            Checks.require(
                    value == 0 || (value == 1 && label < 0),
                    "OneHot: %s at row %d, column %d; a one-hot row is zeros with a single 1",
                    value,
                    row,
                    k);
            if (value == 1) {
                label = k;
            }
        }
        Checks.require(label >= 0, "OneHot: row %d has no 1", row);
        return label;
    }

    @Override
    public int rows() {
        return labels.rows();
    }

    @Override
    public int classes() {
        return labels.classes();
    }

    @Override
    public Variable labels() {
        return labels.labels();
    }

    @Override
    public Variable dense(Variable prediction) {
        return rows.dtype() == prediction.dtype() ? rows : labels.dense(prediction);
    }
}
