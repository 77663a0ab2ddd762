package org.manabi.autodiff;

import java.util.List;
import org.manabi.tensor.Activation;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Convolution;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import org.manabi.tensor.Window;

/// The transpose of a convolution, as a linear map: what [Conv2d] does to the gradient of its input.
/// Each element of x adds a multiple of a filter to y.
///
///     y[n, c, oh, ow] = Σ x[n, m, ih, iw] · w[m, c, kh, kw]
///     oh = ih·stride + kh·dilation − before,   ow likewise
///
/// where the sum is over all that meet there; what falls outside is dropped.
///
/// **Shapes:** inputs x `[N, M, H, W]` and w `[M, C/groups, kH, kW]`; result `[N, C, oH, oW]` with
/// `oH = (H − 1)·stride + dilation·(kH − 1) + 1 − before − after + addedRows`.
///
/// @param window of the convolution that this is the transpose of
/// @param groups into which the channels of x and of y are divided
/// @param addedRows rows at the bottom of y that such a convolution would not reach, fewer than its
///     stride
/// @param addedColumns the same at the right
public record ConvTranspose2d(Window window, int groups, int addedRows, int addedColumns)
        implements Op {

    @Override
    public Shape shape(List<Variable> inputs) {
        Shape x = inputs.get(0).shape();
        Shape weight = inputs.get(1).shape();
        Checks.require(
                x.rank() == 4
                        && weight.rank() == 4
                        && x.dim(1) == weight.dim(0)
                        && weight.dim(0) % groups == 0,
                "expected input [N, %s, H, W], a multiple of the %d groups, got %s",
                weight.rank() == 4 ? weight.dim(0) : "M",
                groups,
                x);
        Shape y =
                Shape.of(
                        x.dim(0),
                        weight.dim(1) * groups,
                        length(window.vertical(), x.dim(2), addedRows),
                        length(window.horizontal(), x.dim(3), addedColumns));
        Shape back = Convolution.outputShape(window, groups, y, weight);
        Checks.require(
                back.equals(x), "%s does not lead from %s back to %s but to %s", this, y, x, back);
        return y;
    }

    private static int length(Window.Axis axis, int positions, int added) {
        int length =
                (positions - 1) * axis.stride()
                        + axis.span()
                        - axis.before()
                        - axis.after()
                        + added;
        Checks.require(
                length >= 1 && added >= 0,
                "%s with %d added leaves nothing of an axis of %d",
                axis,
                added,
                positions);
        return length;
    }

    @Override
    public Bound bind(Site site) {
        Tensor x = site.input(0);
        Tensor weight = site.input(1);
        Tensor y = site.output();
        // The convolution from y to x.
        Convolution convolution =
                site.engine().convolution(window, groups, y.shape(), weight.shape());
        return new Bound() {
            @Override
            public void forward() {
                convolution.gradients(y, weight, x, x, Activation.IDENTITY, y, null, null);
            }

            @Override
            public void backward() {
                Tensor dy = site.outputGradient();
                if (site.wants(1)) {
                    Tensor dw = site.inputGradient(1);
                    convolution.gradients(dy, weight, x, x, Activation.IDENTITY, null, dw, null);
                }
                if (site.wants(0)) {
                    convolution.forward(
                            dy, weight, null, Activation.IDENTITY, site.inputGradient(0));
                }
            }
        };
    }
}
