package org.manabi.loss;

import org.manabi.tensor.Checks;
import org.manabi.tensor.Shape;

/// The check that predictions and classes belong together.
final class ClassRows {

    private ClassRows() {}

    static void require(String loss, Prediction prediction, ClassTargets targets) {
        Shape shape = prediction.variable().shape();
        Checks.require(
                shape.dim(0) == targets.rows() && shape.dim(1) == targets.classes(),
                "%s: prediction is %s, but the targets are %d rows of %d classes",
                loss,
                shape,
                targets.rows(),
                targets.classes());
    }
}
