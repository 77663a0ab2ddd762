package org.manabi.loss;

import java.util.List;
import org.manabi.autodiff.Bound;
import org.manabi.autodiff.Op;
import org.manabi.autodiff.Site;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// `−log(yₙ[tₙ] + δ)` for each row, in double.
record NegativeLogProbability(double delta) implements Op {

    @Override
    public Shape shape(List<Variable> inputs) {
        return inputs.get(1).shape();
    }

    @Override
    public Bound bind(Site site) {
        Tensor y = site.input(0);
        Tensor labels = site.input(1);
        Tensor losses = site.output();
        int classes = y.shape().dim(1);
        return new Bound() {
            @Override
            public void forward() {
                for (int row = 0; row < losses.size(); row++) {
                    losses.setFromDouble(row, -StrictMath.log(y.getAsDouble(rightOf(row)) + delta));
                }
            }

            @Override
            public void backward() {
                Tensor to = site.inputGradient(0);
                for (int i = 0; i < to.size(); i++) {
                    to.setFromDouble(i, 0);
                }
                for (int row = 0; row < losses.size(); row++) {
                    int right = rightOf(row);
                    double upstream = site.outputGradient().getAsDouble(row);
                    to.setFromDouble(right, -upstream / (y.getAsDouble(right) + delta));
                }
            }

            private int rightOf(int row) {
                int label = (int) labels.getAsDouble(row);
                Labels.requireInRange(label, row, classes);
                return row * classes + label;
            }
        };
    }
}
