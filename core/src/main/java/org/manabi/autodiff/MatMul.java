package org.manabi.autodiff;

import java.util.List;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Product;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// The matrix product.
///
///     c = a·b,   ∂L/∂a = g·bᵀ,   ∂L/∂b = aᵀ·g
///
/// **Shapes:** `[N, K] × [K, M] → [N, M]`.
record MatMul() implements Op {

    @Override
    public Shape shape(List<Variable> inputs) {
        Shape a = inputs.get(0).shape();
        Shape b = inputs.get(1).shape();
        Checks.require(
                a.rank() == 2 && b.rank() == 2 && a.dim(1) == b.dim(0),
                "a matrix product needs [N, K] and [K, M], got %s and %s",
                a,
                b);
        return Shape.of(a.dim(0), b.dim(1));
    }

    @Override
    public Bound bind(Site site) {
        Engine engine = site.engine();
        Tensor a = site.input(0);
        Tensor b = site.input(1);
        Tensor c = site.output();
        return new Bound() {
            @Override
            public void forward() {
                engine.product(Product.AB, a, b, c);
            }

            @Override
            public void backward() {
                Tensor gradient = site.outputGradient();
                if (site.wants(0)) {
                    engine.product(Product.ABT, gradient, b, site.inputGradient(0));
                }
                if (site.wants(1)) {
                    engine.product(Product.ATB, a, gradient, site.inputGradient(1));
                }
            }
        };
    }
}
