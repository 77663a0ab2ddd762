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

/// Labels int32 `[N]` to the rows `[N, K]` that [ClassOptions] make of them; nothing flows back.
record TargetRows(ClassOptions options, int classes, DType type) implements Op {

    /// The rows for any targets, of the type of the prediction. Soft targets are smoothed and weighted
    /// column by column.
    static Variable of(String loss, ClassOptions options, ClassTargets targets, DType type) {
        int classes = targets.classes();
        options.requireFit(loss, classes);
        return switch (targets) {
            case HardTargets sure ->
                    Result.of(new TargetRows(options, classes, type), sure.labels());
            case SoftTargets(Variable shares) -> {
                Variable smooth =
                        options.smoothing() == 0
                                ? shares
                                : shares.times(1 - options.smoothing())
                                        .plus(
                                                Variable.of(
                                                        Tensor.of(
                                                                type,
                                                                Shape.SCALAR,
                                                                options.smoothing() / classes)));
                yield options.weights().isEmpty()
                        ? smooth
                        : smooth.times(Variable.of(weights(options, type)));
            }
        };
    }

    private static Tensor weights(ClassOptions options, DType type) {
        double[] weights = options.weights().stream().mapToDouble(Double::doubleValue).toArray();
        return Tensor.of(type, Shape.of(weights.length), weights);
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
        double[] row = new double[classes];
        return new Bound() {
            @Override
            public void forward() {
                for (int n = 0; n < labels.size(); n++) {
                    fill((int) labels.getAsDouble(n), n);
                    Rows.write(row, site.output(), n);
                }
            }

            private void fill(int label, int n) {
                boolean ignored = options.ignores(label);
                if (!ignored) {
                    Labels.requireInRange(label, n, classes);
                }
                for (int c = 0; c < classes; c++) {
                    double share = options.smoothing() / classes;
                    double own = c == label ? 1 - options.smoothing() : 0;
                    row[c] = ignored ? 0 : options.weight(c) * (own + share);
                }
            }

            @Override
            public void backward() {
                // A label is not a number that could be moved a little.
            }
        };
    }
}
