package org.manabi.autodiff;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// A function of two tensors, element by element, computed in double and rounded to their type.
/// Axes of length 1 and missing outer axes are repeated, as NumPy broadcasts; their gradient is the
/// sum over the repetitions, in row-major order.
enum Binary implements Op {
    ADD {
        @Override
        double value(double a, double b) {
            return a + b;
        }

        @Override
        double slopeOfFirst(double a, double b) {
            return 1;
        }

        @Override
        double slopeOfSecond(double a, double b) {
            return 1;
        }
    },
    SUBTRACT {
        @Override
        double value(double a, double b) {
            return a - b;
        }

        @Override
        double slopeOfFirst(double a, double b) {
            return 1;
        }

        @Override
        double slopeOfSecond(double a, double b) {
            return -1;
        }
    },
    MULTIPLY {
        @Override
        double value(double a, double b) {
            return a * b;
        }

        @Override
        double slopeOfFirst(double a, double b) {
            return b;
        }

        @Override
        double slopeOfSecond(double a, double b) {
            return a;
        }
    },
    DIVIDE {
        @Override
        double value(double a, double b) {
            return a / b;
        }

        @Override
        double slopeOfFirst(double a, double b) {
            return 1 / b;
        }

        @Override
        double slopeOfSecond(double a, double b) {
            return -a / (b * b);
        }
    };

    abstract double value(double a, double b);

    abstract double slopeOfFirst(double a, double b);

    abstract double slopeOfSecond(double a, double b);

    @Override
    public Shape shape(List<Variable> inputs) {
        return Broadcast.shape(inputs.get(0).shape(), inputs.get(1).shape());
    }

    @Override
    public Bound bind(Site site) {
        return this == ADD && site.input(0).shape().equals(site.input(1).shape())
                ? boundSum(site)
                : new BoundBinary(this, site);
    }

    /// The sum of two tensors of one shape, as residual connections need it; the same bits, since the
    /// sum of two floats in double, rounded, is their sum in float.
    private static Bound boundSum(Site site) {
        Tensor a = site.input(0);
        Tensor b = site.input(1);
        Tensor y = site.output();
        return new Bound() {
            @Override
            public void forward() {
                y.copyFrom(a);
                site.engine().add(b, y);
            }

            @Override
            public void backward() {
                for (int i = 0; i < 2; i++) {
                    if (site.wants(i)) {
                        site.inputGradient(i).copyFrom(site.outputGradient());
                    }
                }
            }
        };
    }

    private static final class BoundBinary implements Bound {

        private final Binary op;
        private final Site site;
        private final Tensor a;
        private final Tensor b;
        private final Tensor y;
        private final int[] indexOfA;
        private final int[] indexOfB;
        private final @Nullable FloatPairs fast;

        BoundBinary(Binary op, Site site) {
            this.op = op;
            this.site = site;
            a = site.input(0);
            b = site.input(1);
            y = site.output();
            indexOfA = Broadcast.indices(a.shape(), y.shape());
            indexOfB = Broadcast.indices(b.shape(), y.shape());
            fast = FloatPairs.fit(a, b, y) ? FloatPairs.of(a, b, y) : null;
        }

        @Override
        public void forward() {
            if (fast != null) {
                fast.forward(op);
                return;
            }
            for (int i = 0; i < indexOfA.length; i++) {
                y.setFromDouble(
                        i, op.value(a.getAsDouble(indexOfA[i]), b.getAsDouble(indexOfB[i])));
            }
        }

        @Override
        public void backward() {
            Tensor gradient = site.outputGradient();
            if (op == ADD && fast != null && site.wants(0)) {
                site.inputGradient(0).copyFrom(gradient);
            } else if (site.wants(0)) {
                Tensor to = zeroed(site.inputGradient(0));
                for (int i = 0; i < indexOfA.length; i++) {
                    double slope =
                            op.slopeOfFirst(a.getAsDouble(indexOfA[i]), b.getAsDouble(indexOfB[i]));
                    add(to, indexOfA[i], gradient.getAsDouble(i) * slope);
                }
            }
            if (site.wants(1)) {
                Tensor to = zeroed(site.inputGradient(1));
                for (int i = 0; i < indexOfB.length; i++) {
                    double slope =
                            op.slopeOfSecond(
                                    a.getAsDouble(indexOfA[i]), b.getAsDouble(indexOfB[i]));
                    add(to, indexOfB[i], gradient.getAsDouble(i) * slope);
                }
            }
        }

        private static Tensor zeroed(Tensor tensor) {
            for (int i = 0; i < tensor.size(); i++) {
                tensor.setFromDouble(i, 0);
            }
            return tensor;
        }

        private static void add(Tensor to, int index, double part) {
            to.setFromDouble(index, to.getAsDouble(index) + part);
        }
    }
}
