package org.manabi.autodiff;

import java.util.List;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// The logarithm of the softmax along the innermost axis, with each row's maximum taken off first.
///
///     y = x − max x − log Σ exp(x − max x),   ∂L/∂x = g − exp(y) · Σ g
record LogSoftmax() implements Op {

    @Override
    public Shape shape(List<Variable> inputs) {
        Shape shape = inputs.getFirst().shape();
        Checks.require(
                shape.rank() >= 1 && shape.dim(-1) > 0,
                "log-softmax needs an innermost axis of at least 1, got %s",
                shape);
        return shape;
    }

    @Override
    public Bound bind(Site site) {
        Engine engine = site.engine();
        Tensor x = site.input(0);
        Tensor y = site.output();
        return new Bound() {
            @Override
            public void forward() {
                engine.logSoftmax(x, y);
            }

            @Override
            public void backward() {
                engine.logSoftmaxGradient(y, site.outputGradient(), site.inputGradient(0));
            }
        };
    }
}
