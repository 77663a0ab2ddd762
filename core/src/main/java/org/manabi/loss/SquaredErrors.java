package org.manabi.loss;

import java.util.List;
import org.manabi.autodiff.Bound;
import org.manabi.autodiff.Op;
import org.manabi.autodiff.Result;
import org.manabi.autodiff.Site;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// `factor · Σₖ (yₙₖ − tₙₖ)²` for each row, added in double.
record SquaredErrors(double factor) implements Op {

    static Variable of(String loss, double factor, Estimate prediction, Targets targets) {
        Variable y = prediction.variable();
        Variable t = targets.dense(y);
        Batches.requireAlike(loss, y, t);
        return Result.of(new SquaredErrors(factor), y, t);
    }

    @Override
    public Shape shape(List<Variable> inputs) {
        return Shape.of(inputs.getFirst().shape().dim(0));
    }

    @Override
    public Bound bind(Site site) {
        Tensor y = site.input(0);
        Tensor t = site.input(1);
        Tensor losses = site.output();
        int columns = y.shape().dim(1);
        return new Bound() {
            @Override
            public void forward() {
                for (int row = 0; row < losses.size(); row++) {
                    double sum = 0;
                    for (int i = row * columns; i < (row + 1) * columns; i++) {
                        double error = y.getAsDouble(i) - t.getAsDouble(i);
                        sum += error * error;
                    }
                    losses.setFromDouble(row, factor * sum);
                }
            }

            @Override
            public void backward() {
                for (int i = 0; i < y.size(); i++) {
                    double upstream = site.outputGradient().getAsDouble(i / columns);
                    double slope = 2 * factor * (y.getAsDouble(i) - t.getAsDouble(i)) * upstream;
                    if (site.wants(0)) {
                        site.inputGradient(0).setFromDouble(i, slope);
                    }
                    if (site.wants(1)) {
                        site.inputGradient(1).setFromDouble(i, -slope);
                    }
                }
            }
        };
    }
}
