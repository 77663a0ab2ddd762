package org.manabi.autodiff;

import java.util.List;
import org.manabi.tensor.AveragePooling;
import org.manabi.tensor.MaxPooling;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import org.manabi.tensor.Window;

/// The average of the elements under each position of a window.
///
///     y[n, c, oh, ow] = 1/d Σ x[n, c, ih, iw]
///     ih = oh·stride + kh·dilation − before,   iw likewise,   x = 0 outside
///
/// **Shapes:** input `[N, C, H, W]`, result `[N, C, oH, oW]`.
///
/// @param divisor what d is
public record AveragePool2d(Window window, AveragePooling.Divisor divisor) implements Op {

    @Override
    public Shape shape(List<Variable> inputs) {
        return MaxPooling.outputShape(window, inputs.getFirst().shape());
    }

    @Override
    public Bound bind(Site site) {
        Tensor x = site.input(0);
        Tensor y = site.output();
        AveragePooling pooling = site.engine().averagePooling(window, divisor, x.shape());
        return new Bound() {
            @Override
            public void forward() {
                pooling.forward(x, y);
            }

            @Override
            public void backward() {
                pooling.gradient(site.outputGradient(), site.inputGradient(0));
            }
        };
    }
}
