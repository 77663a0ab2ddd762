package org.manabi.autodiff;

import java.util.List;
import org.manabi.tensor.Activation;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// An activation function of every element; the gradient is computed from the result.
record Activate(Activation activation) implements Op {

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
                engine.activate(activation, x, y);
            }

            @Override
            public void backward() {
                engine.activationGradient(
                        activation, y, site.outputGradient(), site.inputGradient(0));
            }
        };
    }
}
