package org.manabi.autodiff;

import java.util.List;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// Softmax along the innermost axis, with each row's maximum taken off first.
///
///     y = exp(x − max x) / Σ exp(x − max x),   ∂L/∂x = y ⊙ (g − Σ g ⊙ y)
record Softmax() implements Op {

    @Override
    public Shape shape(List<Variable> inputs) {
        Shape shape = inputs.getFirst().shape();
        Checks.require(
                shape.rank() >= 1 && shape.dim(-1) > 0,
                "softmax needs an innermost axis of at least 1, got %s",
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
                engine.softmax(x, y);
            }

            @Override
            public void backward() {
                engine.softmaxGradient(y, site.outputGradient(), site.inputGradient(0));
            }
        };
    }
}
