package org.manabi.loss;

import java.util.List;
import org.manabi.autodiff.Bound;
import org.manabi.autodiff.Op;
import org.manabi.autodiff.Site;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// The losses of numbers, brought to one for each row.
record ElementLosses(ElementwiseLoss<?> loss) implements Op {

    @Override
    public Shape shape(List<Variable> inputs) {
        return Shape.of(inputs.getFirst().shape().dim(0));
    }

    @Override
    public Bound bind(Site site) {
        Tensor y = site.input(0);
        Tensor t = site.input(1);
        int columns = y.shape().dim(1);
        double share = loss.columns() == ElementwiseLoss.Columns.MEAN ? 1.0 / columns : 1;
        double[] ys = new double[columns];
        double[] ts = new double[columns];
        double[] slopes = new double[columns];
        return new Bound() {
            @Override
            public void forward() {
                for (int row = 0; row < site.output().size(); row++) {
                    read(row);
                    double sum = 0;
                    for (int k = 0; k < columns; k++) {
                        sum += loss.value(ys[k], ts[k]);
                    }
                    site.output().setFromDouble(row, sum * share);
                }
            }

            @Override
            public void backward() {
                for (int row = 0; row < site.output().size(); row++) {
                    read(row);
                    double upstream = site.outputGradient().getAsDouble(row) * share;
                    if (site.wants(0)) {
                        for (int k = 0; k < columns; k++) {
                            slopes[k] = upstream * loss.slope(ys[k], ts[k]);
                        }
                        Rows.write(slopes, site.inputGradient(0), row);
                    }
                    if (site.wants(1)) {
                        for (int k = 0; k < columns; k++) {
                            slopes[k] = upstream * loss.targetSlope(ys[k], ts[k]);
                        }
                        Rows.write(slopes, site.inputGradient(1), row);
                    }
                }
            }

            private void read(int row) {
                Rows.read(y, row, ys);
                Rows.read(t, row, ts);
            }
        };
    }
}
