package org.manabi.data;

import java.util.Locale;
import org.manabi.tensor.Checks;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// What targets are, found out from their type, shape and numbers.
public enum TargetKind {
    /// Integers `[n]`, each the number of a class.
    LABELS,
    /// Floating `[n, K]`, each row 1 at one place and 0 elsewhere.
    ONE_HOT,
    /// Floating `[n, 1]`, each 0 or 1.
    BINARY,
    /// Floating `[n, K]`, each row probabilities that add up to 1.
    SOFT,
    /// Floating `[n, K]`, each 0 or 1, where a row may have any number of ones.
    MULTI_LABEL,
    /// Any other floating `[n, K]`.
    VALUES;

    /// How far the sum of probabilities may be from 1: they may have been written with few digits.
    private static final double TOLERANCE = 1e-3;

    /// Looks at all targets.
    ///
    /// @throws org.manabi.tensor.ShapeException if targets cannot look so, with the way to mend it
    public static TargetKind of(Tensor targets) {
        Shape shape = targets.shape();
        if (targets instanceof IntTensor) {
            requireLabels("", shape);
            return LABELS;
        }
        requireValues("", shape);
        Checks.require(
                targets.dtype().isFloating(),
                "targets are int32 labels or floating numbers, got %s",
                targets.dtype());
        return ofValues(targets);
    }

    private static TargetKind ofValues(Tensor targets) {
        int width = targets.shape().dim(1);
        boolean bits = true;
        boolean single = true;
        boolean distributions = true;
        for (int row = 0; row < targets.shape().dim(0); row++) {
            double sum = 0;
            for (int k = 0; k < width; k++) {
                double value = targets.getAsDouble(row * width + k);
                bits &= value == 0 || value == 1;
                distributions &= value >= 0;
                sum += value;
            }
            single &= sum == 1;
            distributions &= Math.abs(sum - 1) <= TOLERANCE;
        }
        if (bits) {
            return width == 1 ? BINARY : single ? ONE_HOT : MULTI_LABEL;
        }
        return distributions && width > 1 ? SOFT : VALUES;
    }

    /// Refuses labels that are not `[n]`.
    ///
    /// @param before how the message begins
    /// @throws org.manabi.tensor.ShapeException with the way to mend it
    static void requireLabels(String before, Shape shape) {
        Checks.require(
                shape.rank() == 1,
                "%sexpected labels [n], got %s%s",
                before,
                shape,
                shape.rank() == 2 && shape.dim(1) == 1
                        ? "; reshape them to [" + shape.dim(0) + "]"
                        : shape.rank() == 2 ? "; one-hot rows are floating values" : "");
    }

    /// Refuses values that are not `[n, K]`.
    ///
    /// @param before how the message begins
    /// @throws org.manabi.tensor.ShapeException with the way to mend it
    static void requireValues(String before, Shape shape) {
        Checks.require(
                shape.rank() == 2,
                "%sexpected values [n, K], got %s%s",
                before,
                shape,
                shape.rank() == 1
                        ? "; reshape them to [%d, 1], since against predictions [%d, 1] each would be"
                                        .formatted(shape.dim(0), shape.dim(0))
                                + " compared with every other"
                        : "");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
