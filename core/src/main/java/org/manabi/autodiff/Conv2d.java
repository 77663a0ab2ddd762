package org.manabi.autodiff;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Activation;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Convolution;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import org.manabi.tensor.Window;

/// A convolutional layer's arithmetic: convolution, bias and activation in one pass.
///
///     y[n, m, oh, ow] = f(Σ w[m, c, kh, kw] · x[n, c, ih, iw] + b[m])
///     ih = oh·stride + kh·dilation − before,   iw likewise,   x = 0 outside
///
///     ∂L/∂x = Σ w·g,   ∂L/∂w = Σ g·x,   ∂L/∂b = Σ g,   g = ∂L/∂y ⊙ f′
///
/// each over the products above in which it takes part.
///
/// **Shapes:** inputs x `[N, C, H, W]`, w `[M, C/groups, kH, kW]`, and b `[M]` unless left out;
/// result `[N, M, oH, oW]`.
///
/// @param window its size, stride, padding and dilation
/// @param groups into which channels and filters are divided; a filter sees those of its own only
/// @param activation f, of which `f′` is computed from y
public record Conv2d(Window window, int groups, Activation activation) implements Op {

    /// Without an activation; a following [Activate] is fused into it.
    public Conv2d(Window window, int groups) {
        this(window, groups, Activation.IDENTITY);
    }

    @Override
    public Shape shape(List<Variable> inputs) {
        Shape weight = inputs.get(1).shape();
        Shape y = Convolution.outputShape(window, groups, inputs.get(0).shape(), weight);
        if (inputs.size() == 3) {
            Shape bias = inputs.get(2).shape();
            Checks.require(
                    bias.equals(Shape.of(weight.dim(0))),
                    "expected bias [%d], got %s",
                    weight.dim(0),
                    bias);
        }
        return y;
    }

    @Override
    public @Nullable Op fusedWith(Op next) {
        boolean isPlain = activation == Activation.IDENTITY;
        return switch (next) {
            case Activate(Activation then) when isPlain -> new Conv2d(window, groups, then);
            case MaxPool2d(Window pool) when isPlain || activation == Activation.RELU ->
                    new PooledConv2d(this, pool);
            default -> null;
        };
    }

    @Override
    public Bound bind(Site site) {
        Tensor x = site.input(0);
        Tensor weight = site.input(1);
        boolean hasBias = site.inputCount() == 3;
        Tensor bias = hasBias ? site.input(2) : null;
        Tensor y = site.output();
        Convolution convolution =
                site.engine().convolution(window, groups, x.shape(), weight.shape());
        return new Bound() {
            @Override
            public void forward() {
                convolution.forward(x, weight, bias, activation, y);
            }

            @Override
            public void backward() {
                convolution.gradients(
                        x,
                        weight,
                        y,
                        site.outputGradient(),
                        activation,
                        site.wants(0) ? site.inputGradient(0) : null,
                        site.wants(1) ? site.inputGradient(1) : null,
                        hasBias && site.wants(2) ? site.inputGradient(2) : null);
            }
        };
    }
}
