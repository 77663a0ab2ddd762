package org.manabi.tensor;

import org.jspecify.annotations.Nullable;
import org.manabi.tensor.kernel.DoublePooling;
import org.manabi.tensor.kernel.FloatPooling;
import org.manabi.tensor.kernel.Workers;

/// Max-pooling of inputs of one shape, from [Engine#maxPooling].
///
///     y[n, c, oh, ow] = max x[n, c, ih, iw]
///     ih = oh·stride + kh·dilation − before,   iw likewise
///
/// Of equal elements the first in row-major order of the window wins; a NaN wins over any number,
/// so that it is not hidden; padding never wins.
///
/// **Shapes:** x `[N, C, H, W]`, y and the winners `[N, C, oH, oW]`.
public final class MaxPooling {

    private final Workers workers;
    private final Window window;
    private final int images;
    private final int height;
    private final int width;
    private final int outputs;
    private final FloatPooling floats = FloatPooling.best();

    MaxPooling(Workers workers, Window window, Shape x) {
        Shape y = outputShape(window, x);
        this.workers = workers;
        this.window = window;
        images = x.dim(0) * x.dim(1);
        height = x.dim(2);
        width = x.dim(3);
        outputs = y.dim(2) * y.dim(3);
    }

    /// The shape of y.
    ///
    /// @throws ShapeException if the window does not fit x, or somewhere lies on padding alone
    public static Shape outputShape(Window window, Shape x) {
        Checks.require(x.rank() == 4, "expected input [N, C, H, W], got %s", x);
        return Shape.of(
                x.dim(0),
                x.dim(1),
                positions(window.vertical(), x.dim(2)),
                positions(window.horizontal(), x.dim(3)));
    }

    private static int positions(Window.Axis axis, int length) {
        int positions = axis.positions(length);
        for (int position = 0; position < positions; position++) {
            boolean touches = false;
            for (int k = 0; k < axis.size(); k++) {
                int i = position * axis.stride() + k * axis.dilation() - axis.before();
                touches |= i >= 0 && i < length;
            }
            Checks.require(
                    touches,
                    "the window's position %d lies on padding alone: %s on a length of %d",
                    position,
                    axis,
                    length);
        }
        return positions;
    }

    /// Writes y, and who won, as `kh·kW + kw`, if the gradient will be needed.
    public void forward(Tensor x, Tensor y, @Nullable IntTensor winners) {
        int[] who = winners == null ? null : winners.array();
        int wo = winners == null ? 0 : winners.offset();
        if (y instanceof FloatTensor to) {
            float[] from = Engine.floats(x);
            share(
                    (first, count) ->
                            floats.maximum(
                                    count,
                                    height,
                                    width,
                                    window,
                                    from,
                                    x.offset() + first * height * width,
                                    to.array(),
                                    to.offset() + first * outputs,
                                    who,
                                    wo + first * outputs));
        } else {
            DoublePooling.maximum(
                    images,
                    height,
                    width,
                    window,
                    Engine.doubles(x),
                    x.offset(),
                    Engine.doubles(y),
                    y.offset(),
                    who,
                    wo);
        }
    }

    /// Writes the gradient of x: each window's gradient goes to its winner.
    public void gradient(IntTensor winners, Tensor dy, Tensor dx) {
        if (dx instanceof FloatTensor to) {
            float[] from = Engine.floats(dy);
            share(
                    (first, count) ->
                            floats.maximumGradient(
                                    count,
                                    height,
                                    width,
                                    window,
                                    winners.array(),
                                    winners.offset() + first * outputs,
                                    from,
                                    dy.offset() + first * outputs,
                                    to.array(),
                                    to.offset() + first * height * width));
        } else {
            DoublePooling.maximumGradient(
                    images,
                    height,
                    width,
                    window,
                    winners.array(),
                    winners.offset(),
                    Engine.doubles(dy),
                    dy.offset(),
                    Engine.doubles(dx),
                    dx.offset());
        }
    }

    private void share(ImageTasks.Work work) {
        ImageTasks.share(workers, images, height * width, work);
    }
}
