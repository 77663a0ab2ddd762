package org.manabi.autodiff;

import java.util.List;
import org.manabi.tensor.Checks;
import org.manabi.tensor.ParametricRelu;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// A rectifier whose slopes below 0 are learned.
///
///     y = x where x > 0, else a·x
///     ∂L/∂x = g where x > 0, else a·g,   ∂L/∂a = Σ g·min(x, 0)
///
/// **Shapes:** inputs x `[N, C, …]` and a, `[1]` or `[C]`; result `[N, C, …]`.
public record Prelu() implements Op {

    @Override
    public Shape shape(List<Variable> inputs) {
        Shape x = inputs.get(0).shape();
        Shape a = inputs.get(1).shape();
        Checks.require(
                a.rank() == 1 && (a.dim(0) == 1 || (x.rank() >= 2 && a.dim(0) == x.dim(1))),
                "expected slopes [1] or one for each channel of %s, got %s",
                x,
                a);
        return x;
    }

    @Override
    public Bound bind(Site site) {
        Tensor x = site.input(0);
        Tensor a = site.input(1);
        Tensor y = site.output();
        ParametricRelu relu = new ParametricRelu(x.shape(), a.shape());
        return new Bound() {
            @Override
            public void forward() {
                relu.forward(x, a, y);
            }

            @Override
            public void backward() {
                if (site.wants(1)) {
                    relu.slopeGradient(x, site.outputGradient(), site.inputGradient(1));
                }
                if (site.wants(0)) {
                    relu.inputGradient(x, a, site.outputGradient(), site.inputGradient(0));
                }
            }
        };
    }
}
