package org.manabi.autodiff;

import java.util.List;
import org.manabi.tensor.DType;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.MaxPooling;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import org.manabi.tensor.Window;

/// The largest element under each position of a window; its gradient goes to that element, of equal
/// ones to the first in row-major order.
///
///     y[n, c, oh, ow] = max x[n, c, ih, iw]
///     ih = oh·stride + kh·dilation − before,   iw likewise
///
/// Padding is never the largest; NaN always is.
///
/// **Shapes:** input `[N, C, H, W]`, result `[N, C, oH, oW]`.
public record MaxPool2d(Window window) implements Op {

    @Override
    public Shape shape(List<Variable> inputs) {
        return MaxPooling.outputShape(window, inputs.getFirst().shape());
    }

    @Override
    public Bound bind(Site site) {
        Tensor x = site.input(0);
        Tensor y = site.output();
        MaxPooling pooling = site.engine().maxPooling(window, x.shape());
        IntTensor winners =
                site.differentiates() ? (IntTensor) site.keep(DType.INT32, y.shape()) : null;
        return new Bound() {
            @Override
            public void forward() {
                pooling.forward(x, y, winners);
            }

            @Override
            public void backward() {
                if (winners != null) {
                    pooling.gradient(winners, site.outputGradient(), site.inputGradient(0));
                }
            }
        };
    }
}
