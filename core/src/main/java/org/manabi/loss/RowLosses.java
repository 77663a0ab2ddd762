package org.manabi.loss;

import java.util.List;
import org.manabi.autodiff.Bound;
import org.manabi.autodiff.Op;
import org.manabi.autodiff.Site;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Shape;

/// A loss of each row of some tensors of one shape `[N, K]`.
record RowLosses(RowLoss loss) implements Op {

    /// A loss of one row. It is a value: two of equal settings are equal.
    interface RowLoss {

        /// The loss of the rows with this number, one array for each input.
        double value(double[][] rows);

        /// Writes the derivative by every number of input `by` into `slopes`.
        void slopes(double[][] rows, int by, double[] slopes);
    }

    @Override
    public Shape shape(List<Variable> inputs) {
        return Shape.of(inputs.getFirst().shape().dim(0));
    }

    @Override
    public Bound bind(Site site) {
        int[] columns = new int[site.inputCount()];
        double[][] rows = new double[site.inputCount()][];
        double[][] slopes = new double[site.inputCount()][];
        for (int i = 0; i < rows.length; i++) {
            columns[i] = site.input(i).shape().dim(1);
            rows[i] = new double[columns[i]];
            slopes[i] = new double[columns[i]];
        }
        return new Bound() {
            @Override
            public void forward() {
                for (int row = 0; row < site.output().size(); row++) {
                    read(row);
                    site.output().setFromDouble(row, loss.value(rows));
                }
            }

            @Override
            public void backward() {
                for (int row = 0; row < site.output().size(); row++) {
                    read(row);
                    double upstream = site.outputGradient().getAsDouble(row);
                    for (int i = 0; i < rows.length; i++) {
                        if (site.wants(i)) {
                            loss.slopes(rows, i, slopes[i]);
                            for (int k = 0; k < columns[i]; k++) {
                                slopes[i][k] *= upstream;
                            }
                            Rows.write(slopes[i], site.inputGradient(i), row);
                        }
                    }
                }
            }

            private void read(int row) {
                for (int i = 0; i < rows.length; i++) {
                    Rows.read(site.input(i), row, rows[i]);
                }
            }
        };
    }
}
