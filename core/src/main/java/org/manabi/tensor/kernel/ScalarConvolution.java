package org.manabi.tensor.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Activation;
import org.manabi.tensor.Window;

/// Convolution as plain loops: the specification of the vector kernels, and what runs where the
/// vector module is absent. Rows are the inner loops, so that the JIT compiler vectorizes them.
final class ScalarConvolution implements FloatConvolution {

    private final ConvolutionShape shape;
    private final Window.Axis vertical;
    private final Window.Axis horizontal;
    private final int area;
    private final int taps;
    private final int outHeight;
    private final int outWidth;

    ScalarConvolution(ConvolutionShape shape) {
        this.shape = shape;
        vertical = shape.window().vertical();
        horizontal = shape.window().horizontal();
        area = shape.window().area();
        taps = shape.taps();
        outHeight = shape.outHeight();
        outWidth = shape.outWidth();
    }

    @Override
    public void forward(
            Workers workers,
            float[] x,
            int xo,
            float[] w,
            int wo,
            float @Nullable [] bias,
            int bo,
            Activation activation,
            float[] y,
            int yo) {
        int filters = shape.groups() * shape.filters();
        workers.run(
                shape.samples() * filters,
                (task, _) -> {
                    int filter = task % filters;
                    int group = filter / shape.filters();
                    int from = xo + task / filters * shape.inSample();
                    int to = yo + task * shape.outPlane();
                    addTaps(
                            x,
                            from + group * shape.channels() * shape.inPlane(),
                            w,
                            wo + filter * taps,
                            y,
                            to);
                    finish(bias == null ? -0.0f : bias[bo + filter], activation, y, to);
                });
    }

    /// Writes the sums of one filter on one sample.
    private void addTaps(float[] x, int xo, float[] w, int wo, float[] y, int yo) {
        for (int oh = 0; oh < outHeight; oh++) {
            int to = yo + oh * outWidth;
            Arrays.fill(y, to, to + outWidth, 0);
            for (int tap = 0; tap < taps; tap++) {
                int ih = oh * vertical.stride() + vertical.offset(tap % area / horizontal.size());
                boolean inside = ih >= 0 && ih < shape.height();
                int from = xo + tap / area * shape.inPlane() + ih * shape.width();
                int kw = tap % horizontal.size();
                addRow(w[wo + tap], x, from + horizontal.offset(kw), inside, kw, y, to);
            }
        }
    }

    /// Adds one tap to a row of y, zeros where it lies outside.
    private void addRow(
            float factor, float[] x, int from, boolean inside, int kw, float[] y, int to) {
        int stride = horizontal.stride();
        int first = inside ? horizontal.firstInside(kw, shape.width()) : outWidth;
        int end = inside ? horizontal.endInside(kw, shape.width()) : outWidth;
        addZeros(factor, y, to, to + first);
        if (stride == 1) {
            for (int i = first; i < end; i++) {
                y[to + i] = Math.fma(factor, x[from + i], y[to + i]);
            }
        } else {
            for (int i = first; i < end; i++) {
                y[to + i] = Math.fma(factor, x[from + i * stride], y[to + i]);
            }
        }
        addZeros(factor, y, to + end, to + outWidth);
    }

    private static void addZeros(float factor, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = Math.fma(factor, 0, y[i]);
        }
    }

    private void finish(float bias, Activation activation, float[] y, int yo) {
        boolean rectifies = activation == Activation.RELU;
        for (int i = yo; i < yo + shape.outPlane(); i++) {
            float value = y[i] + bias;
            y[i] = rectifies && value <= 0 ? 0 : value;
        }
    }

    @Override
    public void inputGradient(
            Workers workers,
            float[] dy,
            int dyo,
            float @Nullable [] y,
            int yo,
            float[] w,
            int wo,
            float[] dx,
            int dxo) {
        int size = shape.outSample();
        int channels = shape.groups() * shape.channels();
        workers.run(
                shape.samples(),
                (n, thread) -> {
                    float[] g = workers.scratch(thread, size);
                    rectify(size, dy, dyo + n * size, y, yo + n * size, g);
                    for (int c = 0; c < channels; c++) {
                        int to = dxo + (n * channels + c) * shape.inPlane();
                        inputGradient(g, c, w, wo, dx, to);
                    }
                });
    }

    /// `g = dy`, 0 where y is given and not greater than 0.
    private static void rectify(
            int n, float[] dy, int dyo, float @Nullable [] y, int yo, float[] g) {
        if (y == null) {
            System.arraycopy(dy, dyo, g, 0, n);
        } else {
            for (int i = 0; i < n; i++) {
                g[i] = y[yo + i] > 0 ? dy[dyo + i] : 0;
            }
        }
    }

    /// Writes the gradient of one channel of one sample.
    private void inputGradient(float[] g, int channel, float[] w, int wo, float[] dx, int dxo) {
        int group = channel / shape.channels();
        int firstWeight = wo + channel % shape.channels() * area;
        for (int ih = 0; ih < shape.height(); ih++) {
            int to = dxo + ih * shape.width();
            Arrays.fill(dx, to, to + shape.width(), 0);
            for (int m = group * shape.filters(); m < (group + 1) * shape.filters(); m++) {
                for (int kh = 0; kh < vertical.size(); kh++) {
                    int reach = ih - vertical.offset(kh);
                    if (Math.floorMod(reach, vertical.stride()) == 0) {
                        int oh = Math.floorDiv(reach, vertical.stride());
                        boolean inside = oh >= 0 && oh < outHeight;
                        int from = m * shape.outPlane() + oh * outWidth;
                        int weight = firstWeight + m * taps + kh * horizontal.size();
                        addRowGradient(g, from, inside, w, weight, dx, to);
                    }
                }
            }
        }
    }

    /// Adds a row of a window to a row of dx, zeros where dy ends.
    private void addRowGradient(
            float[] g, int from, boolean inside, float[] w, int wo, float[] dx, int to) {
        int stride = horizontal.stride();
        for (int kw = 0; kw < horizontal.size(); kw++) {
            float factor = w[wo + kw];
            int offset = horizontal.offset(kw);
            int column = Math.floorMod(offset, stride); // the first that the element reaches
            int ow = (column - offset) / stride;
            int count = Math.ceilDiv(shape.width() - column, stride);
            int first = inside ? Math.clamp(-ow, 0, count) : count;
            int end = inside ? Math.clamp(outWidth - ow, first, count) : count;
            for (int i = 0; i < first; i++) {
                int at = to + column + i * stride;
                dx[at] = Math.fma(factor, 0, dx[at]);
            }
            addScaled(factor, end - first, g, from + ow + first, dx, to + column + first * stride);
            for (int i = end; i < count; i++) {
                int at = to + column + i * stride;
                dx[at] = Math.fma(factor, 0, dx[at]);
            }
        }
    }

    /// Adds `factor·g` to every stride-th element of a row of dx.
    private void addScaled(float factor, int n, float[] g, int from, float[] dx, int to) {
        int stride = horizontal.stride();
        if (stride == 1) {
            for (int i = 0; i < n; i++) {
                dx[to + i] = Math.fma(factor, g[from + i], dx[to + i]);
            }
        } else {
            for (int i = 0; i < n; i++) {
                int at = to + i * stride;
                dx[at] = Math.fma(factor, g[from + i], dx[at]);
            }
        }
    }

    @Override
    public void weightGradient(
            Workers workers,
            float[] x,
            int xo,
            float[] dy,
            int dyo,
            float @Nullable [] y,
            int yo,
            float @Nullable [] dw,
            int dwo,
            float @Nullable [] db,
            int dbo) {
        int plane = shape.outPlane();
        int sums = taps + 1; // the last one is the bias'
        workers.run(
                shape.groups() * shape.filters(),
                (filter, thread) -> {
                    float[] scratch = workers.scratch(thread, plane + 2 * sums);
                    int totals = plane + sums;
                    Arrays.fill(scratch, totals, totals + sums, -0.0f);
                    for (int part = 0; part < shape.parts(); part++) {
                        Arrays.fill(scratch, plane, plane + sums, 0);
                        int end = Math.min(shape.samples(), (part + 1) * ConvolutionShape.PART);
                        for (int n = part * ConvolutionShape.PART; n < end; n++) {
                            int at = (n * shape.groups() * shape.filters() + filter) * plane;
                            rectify(plane, dy, dyo + at, y, yo + at, scratch);
                            int image = n * shape.groups() + filter / shape.filters();
                            int from = xo + image * shape.channels() * shape.inPlane();
                            addProducts(dw == null ? 0 : taps, x, from, scratch, plane);
                        }
                        for (int i = 0; i < sums; i++) {
                            scratch[totals + i] += scratch[plane + i];
                        }
                    }
                    if (dw != null) {
                        System.arraycopy(scratch, totals, dw, dwo + filter * taps, taps);
                    }
                    if (db != null) {
                        db[dbo + filter] = scratch[totals + taps];
                    }
                });
    }

    /// Adds one sample's products to the sums of the first `count` taps, and its gradients, which
    /// are at the beginning of the same array, to the bias' sum.
    private void addProducts(int count, float[] x, int xo, float[] scratch, int sums) {
        for (int tap = 0; tap < count; tap++) {
            int kw = tap % horizontal.size();
            float sum = scratch[sums + tap];
            for (int oh = 0; oh < outHeight; oh++) {
                int ih = oh * vertical.stride() + vertical.offset(tap % area / horizontal.size());
                boolean inside = ih >= 0 && ih < shape.height();
                int from = xo + tap / area * shape.inPlane() + ih * shape.width();
                sum = addRowProducts(x, from, inside, kw, scratch, oh * outWidth, sum);
            }
            scratch[sums + tap] = sum;
        }
        float sum = scratch[sums + taps];
        for (int i = 0; i < shape.outPlane(); i++) {
            sum += scratch[i];
        }
        scratch[sums + taps] = sum;
    }

    private float addRowProducts(
            float[] x, int from, boolean inside, int kw, float[] g, int row, float before) {
        int stride = horizontal.stride();
        int at = from + horizontal.offset(kw);
        int first = inside ? horizontal.firstInside(kw, shape.width()) : outWidth;
        int end = inside ? horizontal.endInside(kw, shape.width()) : outWidth;
        float sum = before;
        for (int ow = 0; ow < first; ow++) {
            sum = Math.fma(g[row + ow], 0, sum);
        }
        for (int ow = first; ow < end; ow++) {
            sum = Math.fma(g[row + ow], x[at + ow * stride], sum);
        }
        for (int ow = end; ow < outWidth; ow++) {
            sum = Math.fma(g[row + ow], 0, sum);
        }
        return sum;
    }
}
