package org.manabi.autodiff;

import java.util.List;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Nonlinearity;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// A nonlinear function of every element; the gradient is computed from the input.
record ApplyNonlinearity(Nonlinearity f) implements Op {

    @Override
    public Shape shape(List<Variable> inputs) {
        return inputs.getFirst().shape();
    }

    @Override
    public Bound bind(Site site) {
        Engine engine = site.engine();
        Tensor x = site.input(0);
        Tensor y = site.output();
        return new Bound() {
            @Override
            public void forward() {
                engine.apply(f, x, y);
            }

            @Override
            public void backward() {
                engine.gradient(f, x, site.outputGradient(), site.inputGradient(0));
            }
        };
    }
}
