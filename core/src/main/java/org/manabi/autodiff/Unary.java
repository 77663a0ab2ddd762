package org.manabi.autodiff;

import java.util.List;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// A function of every element, computed in double and rounded to the tensor's type.
enum Unary implements Op {
    EXP {
        @Override
        double value(double x) {
            return StrictMath.exp(x);
        }

        @Override
        double slope(double x, double y) {
            return y;
        }
    },
    LOG {
        @Override
        double value(double x) {
            return StrictMath.log(x);
        }

        @Override
        double slope(double x, double y) {
            return 1 / x;
        }
    },
    SQUARE {
        @Override
        double value(double x) {
            return x * x;
        }

        @Override
        double slope(double x, double y) {
            return 2 * x;
        }
    };

    abstract double value(double x);

    /// dy/dx at x, where y = value(x).
    abstract double slope(double x, double y);

    @Override
    public Shape shape(List<Variable> inputs) {
        return inputs.getFirst().shape();
    }

    @Override
    public Bound bind(Site site) {
        Tensor x = site.input(0);
        Tensor y = site.output();
        return new Bound() {
            @Override
            public void forward() {
                for (int i = 0; i < y.size(); i++) {
                    y.setFromDouble(i, value(x.getAsDouble(i)));
                }
            }

            @Override
            public void backward() {
                Tensor gradient = site.outputGradient();
                Tensor to = site.inputGradient(0);
                for (int i = 0; i < y.size(); i++) {
                    double slope = slope(x.getAsDouble(i), y.getAsDouble(i));
                    to.setFromDouble(i, gradient.getAsDouble(i) * slope);
                }
            }
        };
    }
}
