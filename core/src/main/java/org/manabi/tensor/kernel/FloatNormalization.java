package org.manabi.tensor.kernel;

import org.jspecify.annotations.Nullable;

/// Normalization in float: sums by the fixed tree of [FloatKernels] within a row, in double across
/// rows, and around them loops without a branch, one for all implementations.
public final class FloatNormalization {

    /// Elements that are worth a thread of their own.
    private static final int GRAIN = 1 << 13;

    private FloatNormalization() {}

    private interface Part {
        void run(int from, int to, int thread);
    }

    /// Shares `count` pieces of `size` elements each.
    private static void share(Workers workers, int count, int size, Part part) {
        long elements = (long) count * size;
        int tasks = (int) Math.max(1, Math.min(count, elements / GRAIN));
        int used = Math.min(tasks, workers.threads() * 4);
        workers.run(
                used,
                (task, thread) ->
                        part.run(
                                (int) ((long) count * task / used),
                                (int) ((long) count * (task + 1) / used),
                                thread));
    }

    /// Writes y, and each row's mean and `1 / √(σ² + ε)`.
    public static void rows(
            Workers workers,
            FloatKernels kernels,
            RowLayout layout,
            float[] x,
            int xo,
            float[] gain,
            int go,
            float @Nullable [] bias,
            int bo,
            float[] y,
            int yo,
            float[] means,
            float[] factors) {
        int length = layout.length();
        share(
                workers,
                layout.rows(),
                length,
                (from, to, _) -> {
                    for (int r = from; r < to; r++) {
                        int in = xo + r * length;
                        int out = yo + r * length;
                        float mean = layout.centered() ? kernels.sum(length, x, in) / length : 0;
                        subtract(length, x, in, mean, y, out);
                        float variance = kernels.dot(length, y, out, y, out) / length;
                        float factor = (float) (1 / Math.sqrt(variance + layout.epsilon()));
                        means[r] = mean;
                        factors[r] = factor;
                        scaleAndShift(layout, r, factor, gain, go, bias, bo, y, out);
                    }
                });
    }

    private static void subtract(int n, float[] x, int xo, float mean, float[] y, int yo) {
        for (int j = 0; j < n; j++) {
            y[yo + j] = x[xo + j] - mean;
        }
    }

    private static void scaleAndShift(
            RowLayout layout,
            int row,
            float factor,
            float[] gain,
            int go,
            float @Nullable [] bias,
            int bo,
            float[] y,
            int yo) {
        int gains = layout.gainsOfRow();
        int first = layout.firstGain(row);
        if (layout.span() == 1) {
            for (int j = 0; j < gains; j++) {
                y[yo + j] = y[yo + j] * factor * gain[go + first + j];
            }
            if (bias != null) {
                for (int j = 0; j < gains; j++) {
                    y[yo + j] += bias[bo + first + j];
                }
            }
            return;
        }
        for (int c = 0; c < gains; c++) {
            float scale = factor * gain[go + first + c];
            float shift = bias == null ? 0 : bias[bo + first + c];
            int at = yo + c * layout.span();
            for (int j = 0; j < layout.span(); j++) {
                y[at + j] = Math.fma(y[at + j], scale, shift);
            }
        }
    }

    /// `dx = f·(g − mean g − x̂·mean(g·x̂))` with `g = dy·γ`, `x̂ = (x − μ)·f`; without centering the
    /// mean of g is left out. dx is neither x nor dy.
    public static void rowsGradient(
            Workers workers,
            FloatKernels kernels,
            RowLayout layout,
            float[] x,
            int xo,
            float[] gain,
            int go,
            float[] dy,
            int dyo,
            float[] dx,
            int dxo,
            float[] means,
            float[] factors) {
        int length = layout.length();
        share(
                workers,
                layout.rows(),
                length,
                (from, to, thread) -> {
                    float[] g = workers.scratch(thread, length);
                    for (int r = from; r < to; r++) {
                        int in = xo + r * length;
                        int out = dxo + r * length;
                        timesGain(layout, r, dy, dyo + r * length, gain, go, g);
                        float factor = factors[r];
                        float mean = means[r];
                        for (int j = 0; j < length; j++) {
                            dx[out + j] = (x[in + j] - mean) * factor;
                        }
                        float slope = kernels.dot(length, g, 0, dx, out) / length;
                        float level = layout.centered() ? kernels.sum(length, g, 0) / length : 0;
                        for (int j = 0; j < length; j++) {
                            dx[out + j] = factor * Math.fma(-slope, dx[out + j], g[j] - level);
                        }
                    }
                });
    }

    private static void timesGain(
            RowLayout layout, int row, float[] dy, int dyo, float[] gain, int go, float[] g) {
        int gains = layout.gainsOfRow();
        int first = go + layout.firstGain(row);
        if (layout.span() == 1) {
            for (int j = 0; j < gains; j++) {
                g[j] = dy[dyo + j] * gain[first + j];
            }
            return;
        }
        for (int c = 0; c < gains; c++) {
            float scale = gain[first + c];
            int at = c * layout.span();
            for (int j = 0; j < layout.span(); j++) {
                g[at + j] = dy[dyo + at + j] * scale;
            }
        }
    }

    /// `dγ = Σ dy·x̂`, row after row, in double.
    public static void rowsParameterGradients(
            RowLayout layout,
            float[] x,
            int xo,
            float[] dy,
            int dyo,
            float[] dGain,
            int dgo,
            float[] means,
            float[] factors) {
        int length = layout.length();
        for (int gain = 0; gain < layout.groups() * layout.gainsOfRow(); gain++) {
            int group = gain / layout.gainsOfRow();
            int at = gain % layout.gainsOfRow() * layout.span();
            double sum = 0;
            for (int r = group; r < layout.rows(); r += layout.groups()) {
                int from = r * length + at;
                double inRow = 0;
                for (int j = 0; j < layout.span(); j++) {
                    inRow += (double) dy[dyo + from + j] * (x[xo + from + j] - means[r]);
                }
                sum += inRow * factors[r];
            }
            dGain[dgo + gain] = (float) sum;
        }
    }

    /// `dβ = Σ dy`, row after row, in double.
    public static void rowsBiasGradient(
            RowLayout layout, float[] dy, int dyo, float[] dBias, int dbo) {
        int length = layout.length();
        for (int gain = 0; gain < layout.groups() * layout.gainsOfRow(); gain++) {
            int group = gain / layout.gainsOfRow();
            int at = gain % layout.gainsOfRow() * layout.span();
            double sum = 0;
            for (int r = group; r < layout.rows(); r += layout.groups()) {
                int from = r * length + at;
                for (int j = 0; j < layout.span(); j++) {
                    sum += dy[dyo + from + j];
                }
            }
            dBias[dbo + gain] = (float) sum;
        }
    }

    /// The mean and the population variance of each channel of `[N, C, S]`, in double across samples.
    public static void channelFigures(
            Workers workers,
            FloatKernels kernels,
            int samples,
            int channels,
            int span,
            float[] x,
            int xo,
            double[] means,
            double[] variances) {
        if (span == 1) {
            columnFigures(samples, channels, x, xo, means, variances);
            return;
        }
        double count = (double) samples * span;
        share(
                workers,
                channels,
                samples * span,
                (from, to, thread) -> {
                    float[] centered = workers.scratch(thread, span);
                    for (int c = from; c < to; c++) {
                        double sum = 0;
                        for (int n = 0; n < samples; n++) {
                            sum += kernels.sum(span, x, xo + (n * channels + c) * span);
                        }
                        double mean = sum / count;
                        double squares = 0;
                        for (int n = 0; n < samples; n++) {
                            int at = xo + (n * channels + c) * span;
                            subtract(span, x, at, (float) mean, centered, 0);
                            squares += kernels.dot(span, centered, 0, centered, 0);
                        }
                        means[c] = mean;
                        variances[c] = squares / count;
                    }
                });
    }

    private static void columnFigures(
            int samples, int channels, float[] x, int xo, double[] means, double[] variances) {
        java.util.Arrays.fill(means, 0, channels, 0);
        java.util.Arrays.fill(variances, 0, channels, 0);
        for (int n = 0; n < samples; n++) {
            for (int c = 0; c < channels; c++) {
                means[c] += x[xo + n * channels + c];
            }
        }
        for (int c = 0; c < channels; c++) {
            means[c] /= samples;
        }
        for (int n = 0; n < samples; n++) {
            for (int c = 0; c < channels; c++) {
                double centered = x[xo + n * channels + c] - means[c];
                variances[c] += centered * centered;
            }
        }
        for (int c = 0; c < channels; c++) {
            variances[c] /= samples;
        }
    }

    /// `y = fma(x − mean, scale, shift)` of each channel of `[N, C, S]`; y may be x.
    public static void scaleChannels(
            Workers workers,
            int samples,
            int channels,
            int span,
            float[] x,
            int xo,
            float[] means,
            float[] scales,
            float[] shifts,
            float[] y,
            int yo) {
        share(
                workers,
                samples,
                channels * span,
                (from, to, _) -> {
                    for (int n = from; n < to; n++) {
                        if (span == 1) {
                            int at = n * channels;
                            for (int c = 0; c < channels; c++) {
                                y[yo + at + c] =
                                        Math.fma(x[xo + at + c] - means[c], scales[c], shifts[c]);
                            }
                            continue;
                        }
                        for (int c = 0; c < channels; c++) {
                            int at = (n * channels + c) * span;
                            float mean = means[c];
                            float scale = scales[c];
                            float shift = shifts[c];
                            for (int j = 0; j < span; j++) {
                                y[yo + at + j] = Math.fma(x[xo + at + j] - mean, scale, shift);
                            }
                        }
                    }
                });
    }

    /// `Σ dy` and `Σ dy·(x − mean)` of each channel of `[N, C, S]`, in double across samples.
    public static void channelSums(
            Workers workers,
            FloatKernels kernels,
            int samples,
            int channels,
            int span,
            float[] x,
            int xo,
            float[] means,
            float[] dy,
            int dyo,
            double[] sums,
            double[] products) {
        if (span == 1) {
            java.util.Arrays.fill(sums, 0, channels, 0);
            java.util.Arrays.fill(products, 0, channels, 0);
            for (int n = 0; n < samples; n++) {
                for (int c = 0; c < channels; c++) {
                    double g = dy[dyo + n * channels + c];
                    sums[c] += g;
                    products[c] += g * (x[xo + n * channels + c] - means[c]);
                }
            }
            return;
        }
        share(
                workers,
                channels,
                samples * span,
                (from, to, thread) -> {
                    float[] centered = workers.scratch(thread, span);
                    for (int c = from; c < to; c++) {
                        double sum = 0;
                        double product = 0;
                        for (int n = 0; n < samples; n++) {
                            int at = (n * channels + c) * span;
                            subtract(span, x, xo + at, means[c], centered, 0);
                            sum += kernels.sum(span, dy, dyo + at);
                            product += kernels.dot(span, dy, dyo + at, centered, 0);
                        }
                        sums[c] = sum;
                        products[c] = product;
                    }
                });
    }

    /// `dx = fma(scale, dy, fma(x − mean, slope, level))` of each channel of `[N, C, S]`; dx may be dy.
    public static void channelGradient(
            Workers workers,
            int samples,
            int channels,
            int span,
            float[] x,
            int xo,
            float[] means,
            float[] dy,
            int dyo,
            float[] scales,
            float[] slopes,
            float[] levels,
            float[] dx,
            int dxo) {
        share(
                workers,
                samples,
                channels * span,
                (from, to, _) -> {
                    for (int n = from; n < to; n++) {
                        for (int c = 0; c < channels; c++) {
                            int at = (n * channels + c) * span;
                            float mean = means[c];
                            float scale = scales[c];
                            float slope = slopes[c];
                            float level = levels[c];
                            for (int j = 0; j < span; j++) {
                                float rest = Math.fma(x[xo + at + j] - mean, slope, level);
                                dx[dxo + at + j] = Math.fma(scale, dy[dyo + at + j], rest);
                            }
                        }
                    }
                });
    }
}
