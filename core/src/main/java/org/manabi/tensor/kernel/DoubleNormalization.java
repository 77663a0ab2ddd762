package org.manabi.tensor.kernel;

import org.jspecify.annotations.Nullable;

/// Normalization in double, by the formulas as they are written.
public final class DoubleNormalization {

    private DoubleNormalization() {}

    /// Writes y, and each row's mean and `1 / √(σ² + ε)`.
    public static void rows(
            RowLayout layout,
            double[] x,
            int xo,
            double[] gain,
            int go,
            double @Nullable [] bias,
            int bo,
            double[] y,
            int yo,
            double[] means,
            double[] factors) {
        int length = layout.length();
        for (int r = 0; r < layout.rows(); r++) {
            int at = r * length;
            double sum = 0;
            for (int j = 0; j < length; j++) {
                sum += x[xo + at + j];
            }
            double mean = layout.centered() ? sum / length : 0;
            double squares = 0;
            for (int j = 0; j < length; j++) {
                double centered = x[xo + at + j] - mean;
                squares += centered * centered;
            }
            means[r] = mean;
            factors[r] = 1 / Math.sqrt(squares / length + layout.epsilon());
            for (int j = 0; j < length; j++) {
                int g = layout.firstGain(r) + j / layout.span();
                y[yo + at + j] =
                        (x[xo + at + j] - mean) * factors[r] * gain[go + g]
                                + (bias == null ? 0 : bias[bo + g]);
            }
        }
    }

    /// Writes the gradients that are not `null`.
    public static void rowsGradient(
            RowLayout layout,
            double[] x,
            int xo,
            double[] gain,
            int go,
            double[] dy,
            int dyo,
            double @Nullable [] dx,
            int dxo,
            double @Nullable [] dGain,
            int dgo,
            double @Nullable [] dBias,
            int dbo,
            double[] means,
            double[] factors) {
        int length = layout.length();
        int gains = layout.groups() * layout.gainsOfRow();
        if (dGain != null) {
            java.util.Arrays.fill(dGain, dgo, dgo + gains, 0);
        }
        if (dBias != null) {
            java.util.Arrays.fill(dBias, dbo, dbo + gains, 0);
        }
        for (int r = 0; r < layout.rows(); r++) {
            int at = r * length;
            double level = 0;
            double slope = 0;
            for (int j = 0; j < length; j++) {
                int g = layout.firstGain(r) + j / layout.span();
                double normal = (x[xo + at + j] - means[r]) * factors[r];
                double upstream = dy[dyo + at + j];
                level += upstream * gain[go + g];
                slope += upstream * gain[go + g] * normal;
                if (dGain != null) {
                    dGain[dgo + g] += upstream * normal;
                }
                if (dBias != null) {
                    dBias[dbo + g] += upstream;
                }
            }
            level = layout.centered() ? level / length : 0;
            slope /= length;
            for (int j = 0; dx != null && j < length; j++) {
                int g = layout.firstGain(r) + j / layout.span();
                double normal = (x[xo + at + j] - means[r]) * factors[r];
                dx[dxo + at + j] =
                        factors[r] * (dy[dyo + at + j] * gain[go + g] - level - normal * slope);
            }
        }
    }

    /// The mean and the population variance of each channel of `[N, C, S]`.
    public static void channelFigures(
            int samples,
            int channels,
            int span,
            double[] x,
            int xo,
            double[] means,
            double[] variances) {
        double count = (double) samples * span;
        for (int c = 0; c < channels; c++) {
            double sum = 0;
            for (int n = 0; n < samples; n++) {
                for (int j = 0; j < span; j++) {
                    sum += x[xo + (n * channels + c) * span + j];
                }
            }
            means[c] = sum / count;
            double squares = 0;
            for (int n = 0; n < samples; n++) {
                for (int j = 0; j < span; j++) {
                    double centered = x[xo + (n * channels + c) * span + j] - means[c];
                    squares += centered * centered;
                }
            }
            variances[c] = squares / count;
        }
    }

    /// `y = (x − mean)·scale + shift` of each channel of `[N, C, S]`.
    public static void scaleChannels(
            int samples,
            int channels,
            int span,
            double[] x,
            int xo,
            double[] means,
            double[] scales,
            double[] shifts,
            double[] y,
            int yo) {
        for (int n = 0; n < samples; n++) {
            for (int c = 0; c < channels; c++) {
                int at = (n * channels + c) * span;
                for (int j = 0; j < span; j++) {
                    y[yo + at + j] = (x[xo + at + j] - means[c]) * scales[c] + shifts[c];
                }
            }
        }
    }

    /// `Σ dy` and `Σ dy·(x − mean)` of each channel of `[N, C, S]`.
    public static void channelSums(
            int samples,
            int channels,
            int span,
            double[] x,
            int xo,
            double[] means,
            double[] dy,
            int dyo,
            double[] sums,
            double[] products) {
        for (int c = 0; c < channels; c++) {
            double sum = 0;
            double product = 0;
            for (int n = 0; n < samples; n++) {
                int at = (n * channels + c) * span;
                for (int j = 0; j < span; j++) {
                    sum += dy[dyo + at + j];
                    product += dy[dyo + at + j] * (x[xo + at + j] - means[c]);
                }
            }
            sums[c] = sum;
            products[c] = product;
        }
    }

    /// `dx = scale·dy + (x − mean)·slope + level` of each channel of `[N, C, S]`; dx may be dy.
    public static void channelGradient(
            int samples,
            int channels,
            int span,
            double[] x,
            int xo,
            double[] means,
            double[] dy,
            int dyo,
            double[] scales,
            double[] slopes,
            double[] levels,
            double[] dx,
            int dxo) {
        for (int n = 0; n < samples; n++) {
            for (int c = 0; c < channels; c++) {
                int at = (n * channels + c) * span;
                for (int j = 0; j < span; j++) {
                    dx[dxo + at + j] =
                            scales[c] * dy[dyo + at + j]
                                    + (x[xo + at + j] - means[c]) * slopes[c]
                                    + levels[c];
                }
            }
        }
    }
}
