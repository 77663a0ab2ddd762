package org.manabi.loss;

import java.util.List;
import org.manabi.autodiff.Bound;
import org.manabi.autodiff.Op;
import org.manabi.autodiff.Result;
import org.manabi.autodiff.Site;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.DType;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// Labels int32 `[N]` to one-hot rows `[N, K]`; nothing flows back.
record OneHotRows(int classes, DType type) implements Op {

    static Variable of(Labels labels, DType type) {
        return Result.of(new OneHotRows(labels.classes(), type), labels.labels());
    }

    @Override
    public Shape shape(List<Variable> inputs) {
        return Shape.of(inputs.getFirst().shape().dim(0), classes);
    }

    @Override
    public DType dtype(List<Variable> inputs) {
        return type;
    }

    @Override
    public Bound bind(Site site) {
        Tensor labels = site.input(0);
        Tensor rows = site.output();
        return new Bound() {
            @Override
            public void forward() {
                for (int i = 0; i < rows.size(); i++) {
                    rows.setFromDouble(i, 0);
                }
                for (int row = 0; row < labels.size(); row++) {
                    int label = (int) labels.getAsDouble(row);
                    Labels.requireInRange(label, row, classes);
                    rows.setFromDouble(row * classes + label, 1);
                }
            }

            @Override
            public void backward() {
                // A label is not a number that could be moved a little.
            }
        };
    }
}
