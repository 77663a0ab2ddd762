package org.manabi.autodiff;

import java.util.List;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// The last step of sequences; its gradient goes there, and 0 to the others.
///
/// **Shapes:** input `[N, T, F]`, result `[N, F]`.
public record LastStep() implements Op {

    @Override
    public Shape shape(List<Variable> inputs) {
        Shape x = inputs.getFirst().shape();
        Checks.require(
                x.rank() == 3 && x.dim(1) > 0, "expected sequences [N, T, features], got %s", x);
        return Shape.of(x.dim(0), x.dim(2));
    }

    @Override
    public Bound bind(Site site) {
        Engine engine = site.engine();
        Tensor x = site.input(0);
        Tensor y = site.output();
        int samples = x.shape().dim(0);
        int steps = x.shape().dim(1);
        int width = x.shape().dim(2);
        int last = (steps - 1) * width;
        return new Bound() {
            @Override
            public void forward() {
                engine.copyRows(x, last, steps * width, y, 0, width, samples, width);
            }

            @Override
            public void backward() {
                Tensor dx = site.inputGradient(0);
                engine.fill(dx, 0);
                engine.copyRows(
                        site.outputGradient(), 0, width, dx, last, steps * width, samples, width);
            }
        };
    }
}
