package org.manabi.autodiff;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Activation;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Product;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// A dense layer's arithmetic: product, bias and activation in one pass.
///
///     y = f(x·W + b)
///     ∂L/∂x = g·Wᵀ,   ∂L/∂W = xᵀ·g,   ∂L/∂b = Σₙ gₙ,   g = ∂L/∂y ⊙ f′
///
/// **Shapes:** inputs x `[N, in]`, W `[in, out]`, and b `[out]` unless left out; result `[N, out]`.
///
/// @param activation f, of which `f′` is computed from y
public record Affine(Activation activation) implements Op {

    /// The operation without an activation; a following [Activate] is fused into it.
    public static final Affine LINEAR = new Affine(Activation.IDENTITY);

    @Override
    public Shape shape(List<Variable> inputs) {
        Shape x = inputs.get(0).shape();
        Shape weight = inputs.get(1).shape();
        Checks.require(
                x.rank() == 2 && weight.rank() == 2 && x.dim(1) == weight.dim(0),
                "expected input [N, %s], got %s",
                weight.rank() == 2 ? weight.dim(0) : "in",
                x);
        if (inputs.size() == 3) {
            Shape bias = inputs.get(2).shape();
            Checks.require(
                    bias.equals(Shape.of(weight.dim(1))),
                    "expected bias [%d], got %s",
                    weight.dim(1),
                    bias);
        }
        return Shape.of(x.dim(0), weight.dim(1));
    }

    @Override
    public @Nullable Op fusedWith(Op next) {
        return next instanceof Activate(Activation then) && activation == Activation.IDENTITY
                ? new Affine(then)
                : null;
    }

    @Override
    public Bound bind(Site site) {
        Engine engine = site.engine();
        Tensor x = site.input(0);
        Tensor weight = site.input(1);
        boolean hasBias = site.inputCount() == 3;
        Tensor bias = hasBias ? site.input(2) : null;
        Tensor y = site.output();
        return new Bound() {
            @Override
            public void forward() {
                engine.product(Product.AB, x, weight, y, bias, activation);
            }

            @Override
            public void backward() {
                Tensor gradient = site.outputGradient();
                if (activation != Activation.IDENTITY) {
                    engine.activationGradient(activation, y, gradient, gradient);
                }
                if (site.wants(1)) {
                    engine.product(Product.ATB, x, gradient, site.inputGradient(1));
                }
                if (hasBias && site.wants(2)) {
                    engine.columnSums(gradient, site.inputGradient(2));
                }
                if (site.wants(0)) {
                    engine.product(Product.ABT, gradient, weight, site.inputGradient(0));
                }
            }
        };
    }
}
