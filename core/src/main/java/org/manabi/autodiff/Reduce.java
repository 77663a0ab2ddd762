package org.manabi.autodiff;

import java.util.List;
import org.manabi.tensor.Checks;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// All elements brought to one number, added in double in their order.
enum Reduce implements Op {
    SUM,
    /// Divided by the number of elements.
    MEAN;

    @Override
    public Shape shape(List<Variable> inputs) {
        Shape shape = inputs.getFirst().shape();
        Checks.require(this == SUM || shape.size() > 0, "the mean of no elements, shape %s", shape);
        return Shape.SCALAR;
    }

    @Override
    public Bound bind(Site site) {
        Tensor x = site.input(0);
        Tensor y = site.output();
        double divisor = this == MEAN ? x.size() : 1;
        return new Bound() {
            @Override
            public void forward() {
                y.setFromDouble(0, sum(x) / divisor);
            }

            @Override
            public void backward() {
                double gradient = site.outputGradient().getAsDouble(0) / divisor;
                Tensor to = site.inputGradient(0);
                for (int i = 0; i < to.size(); i++) {
                    to.setFromDouble(i, gradient);
                }
            }
        };
    }

    private static double sum(Tensor x) {
        double sum = 0;
        if (x instanceof FloatTensor floats) { // a plain loop is several times as fast
            float[] array = floats.array();
            for (int i = floats.offset(); i < floats.offset() + floats.size(); i++) {
                sum += array[i];
            }
            return sum;
        }
        for (int i = 0; i < x.size(); i++) {
            sum += x.getAsDouble(i);
        }
        return sum;
    }
}
