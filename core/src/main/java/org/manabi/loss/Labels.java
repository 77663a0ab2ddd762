package org.manabi.loss;

import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.DType;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Shape;

/// The right class of each sample by its number.
///
/// @param labels int32 `[N]`, each in 0 … classes − 1
/// @param classes how many classes there are, at least 2
public record Labels(Variable labels, int classes) implements HardTargets {

    public Labels {
        Checks.require(
                labels.dtype() == DType.INT32 && labels.shape().rank() == 1,
                "Labels: expected int32 [N], got %s %s; are these one-hot rows? Then use OneHot",
                labels.dtype(),
                labels.shape());
        Checks.require(labels.shape().size() > 0, "Labels: the batch is empty; give at least one");
        Checks.require(classes >= 2, "Labels: at least 2 classes are needed, got %d", classes);
    }

    /// Fixed labels, checked.
    ///
    /// @throws org.manabi.tensor.ShapeException naming the first label outside 0 … classes − 1
    public static Labels of(int classes, int... labels) {
        Labels checked =
                new Labels(
                        Variable.of(IntTensor.of(Shape.of(labels.length), labels.clone())),
                        classes);
        for (int row = 0; row < labels.length; row++) {
            requireInRange(labels[row], row, classes);
        }
        return checked;
    }

    /// Fixed labels, checked, among which one number means "no answer"; the loss must be told the same
    /// number by [ClassOptions#ignoring].
    ///
    /// @throws org.manabi.tensor.ShapeException naming the first other label outside 0 … classes − 1
    public static Labels ignoring(int ignored, int classes, int... labels) {
        for (int row = 0; row < labels.length; row++) {
            if (labels[row] != ignored) {
                requireInRange(labels[row], row, classes);
            }
        }
        return new Labels(
                Variable.of(IntTensor.of(Shape.of(labels.length), labels.clone())), classes);
    }

    /// Checks one label.
    static void requireInRange(int label, int row, int classes) {
        Checks.require(
                label >= 0 && label < classes,
                "label %d at row %d is outside 0 … %d",
                label,
                row,
                classes - 1);
    }

    @Override
    public int rows() {
        return labels.shape().size();
    }

    @Override
    public Variable dense(Variable prediction) {
        return OneHotRows.of(this, prediction.dtype());
    }
}
