package org.manabi.tensor;

import org.manabi.tensor.kernel.DoubleAverages;
import org.manabi.tensor.kernel.FloatAverages;
import org.manabi.tensor.kernel.Workers;

/// Average-pooling of inputs of one shape, from [Engine#averagePooling].
///
///     y[n, c, oh, ow] = 1/d Σ x[n, c, ih, iw]
///     ih = oh·stride + kh·dilation − before,   iw likewise,   x = 0 outside
///
/// **Shapes:** x `[N, C, H, W]`, y `[N, C, oH, oW]`.
public final class AveragePooling {

    /// What the sum is divided by.
    public enum Divisor {
        /// The number of the window's elements: padding counts as zeros.
        WINDOW,
        /// The number of those elements that are not padding.
        INSIDE
    }

    private final Workers workers;
    private final Window window;
    private final int images;
    private final int height;
    private final int width;

    /// One divisor for each position.
    private final int[] divisors;

    AveragePooling(Workers workers, Window window, Divisor divisor, Shape x) {
        Shape y = MaxPooling.outputShape(window, x);
        this.workers = workers;
        this.window = window;
        images = x.dim(0) * x.dim(1);
        height = x.dim(2);
        width = x.dim(3);
        int[] down = inside(window.vertical(), height);
        int[] right = inside(window.horizontal(), width);
        divisors = new int[y.dim(2) * y.dim(3)];
        for (int i = 0; i < divisors.length; i++) {
            divisors[i] =
                    divisor == Divisor.WINDOW
                            ? window.area()
                            : down[i / right.length] * right[i % right.length];
        }
    }

    /// For each position the number of the window's elements that are not padding.
    private static int[] inside(Window.Axis axis, int length) {
        int[] inside = new int[axis.positions(length)];
        for (int k = 0; k < axis.size(); k++) {
            for (int o = axis.firstInside(k, length); o < axis.endInside(k, length); o++) {
                inside[o]++;
            }
        }
        return inside;
    }

    /// Writes y.
    public void forward(Tensor x, Tensor y) {
        share(
                (first, count) -> {
                    int xo = x.offset() + first * height * width;
                    int yo = y.offset() + first * divisors.length;
                    if (y instanceof FloatTensor to) {
                        float[] from = Engine.floats(x);
                        FloatAverages.average(
                                count, height, width, window, divisors, from, xo, to.array(), yo);
                    } else {
                        double[] from = Engine.doubles(x);
                        double[] to = Engine.doubles(y);
                        DoubleAverages.average(
                                count, height, width, window, divisors, from, xo, to, yo);
                    }
                });
    }

    /// Writes the gradient of x.
    public void gradient(Tensor dy, Tensor dx) {
        share(
                (first, count) -> {
                    int dxo = dx.offset() + first * height * width;
                    int dyo = dy.offset() + first * divisors.length;
                    if (dx instanceof FloatTensor to) {
                        float[] from = Engine.floats(dy);
                        FloatAverages.averageGradient(
                                count, height, width, window, divisors, from, dyo, to.array(), dxo);
                    } else {
                        double[] from = Engine.doubles(dy);
                        double[] to = Engine.doubles(dx);
                        DoubleAverages.averageGradient(
                                count, height, width, window, divisors, from, dyo, to, dxo);
                    }
                });
    }

    private void share(ImageTasks.Work work) {
        ImageTasks.share(workers, images, height * width, work);
    }
}
