package org.manabi.loss;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manabi.autodiff.Bound;
import org.manabi.autodiff.Op;
import org.manabi.autodiff.Result;
import org.manabi.autodiff.Site;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.DType;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// What each label `[N]` adds to what a mean divides by: its weight or 1, and 0 if it is ignored.
record LabelWeights(ClassOptions options, Reduction reduction, DType type) implements Op {

    /// The divisors of a loss, or `null` if they are all 1.
    static @Nullable Variable of(
            ClassOptions options, Reduction reduction, ClassTargets targets, DType type) {
        boolean weighted = reduction == Reduction.MEAN && !options.weights().isEmpty();
        return targets instanceof HardTargets sure && (weighted || options.ignored().isPresent())
                ? Result.of(new LabelWeights(options, reduction, type), sure.labels())
                : null;
    }

    @Override
    public Shape shape(List<Variable> inputs) {
        return inputs.getFirst().shape();
    }

    @Override
    public DType dtype(List<Variable> inputs) {
        return type;
    }

    @Override
    public Bound bind(Site site) {
        Tensor labels = site.input(0);
        return new Bound() {
            @Override
            public void forward() {
                for (int n = 0; n < labels.size(); n++) {
                    int label = (int) labels.getAsDouble(n);
                    site.output().setFromDouble(n, weight(label, n));
                }
            }

            private double weight(int label, int n) {
                if (options.ignores(label)) {
                    return 0;
                }
                if (reduction != Reduction.MEAN || options.weights().isEmpty()) {
                    return 1;
                }
                Labels.requireInRange(label, n, options.weights().size());
                return options.weight(label);
            }

            @Override
            public void backward() {
                // A label is not a number that could be moved a little.
            }
        };
    }
}
