package org.manabi.tensor;

import org.jspecify.annotations.Nullable;
import org.manabi.tensor.kernel.DoubleNormalization;
import org.manabi.tensor.kernel.FloatKernels;
import org.manabi.tensor.kernel.FloatNormalization;
import org.manabi.tensor.kernel.Workers;

/// Normalization of channels, over the samples of a batch and all positions, from
/// [Engine#channelNormalization].
///
///     y = γ·(x − μ) / √(σ² + ε) + β
///
/// with the figures of the batch, σ² = Σ (x − μ)² / count, or with figures that are given.
///
/// **Shapes:** x and y `[N, C, …]`, all others `[C]`.
public final class ChannelNormalization {

    private final Workers workers;
    private final FloatKernels kernels;
    private final int samples;
    private final int channels;
    private final int span;
    private final double epsilon;

    // the figures of the latest forward pass
    private final double[] means;
    private final double[] variances;
    private final float[] floatMeans;

    // factors of the loops
    private final double[] first;
    private final double[] second;
    private final double[] third;
    private final float[] firstFloats;
    private final float[] secondFloats;
    private final float[] thirdFloats;

    ChannelNormalization(Workers workers, FloatKernels kernels, Shape x, double epsilon) {
        this.workers = workers;
        this.kernels = kernels;
        this.epsilon = epsilon;
        samples = x.dim(0);
        channels = x.dim(1);
        span = x.tail().tail().size();
        means = new double[channels];
        variances = new double[channels];
        floatMeans = new float[channels];
        first = new double[channels];
        second = new double[channels];
        third = new double[channels];
        firstFloats = new float[channels];
        secondFloats = new float[channels];
        thirdFloats = new float[channels];
    }

    /// How many numbers go into a mean.
    public int count() {
        return samples * span;
    }

    /// Normalizes by the batch's own figures.
    public void forward(Tensor x, Tensor gain, Tensor bias, Tensor y) {
        if (x instanceof FloatTensor from) {
            FloatNormalization.channelFigures(
                    workers,
                    kernels,
                    samples,
                    channels,
                    span,
                    from.array(),
                    from.offset(),
                    means,
                    variances);
        } else {
            DoubleNormalization.channelFigures(
                    samples, channels, span, Engine.doubles(x), x.offset(), means, variances);
        }
        normalize(x, gain, bias, y);
    }

    /// Normalizes by given figures.
    public void forward(
            Tensor x,
            Tensor gain,
            Tensor bias,
            Tensor givenMeans,
            Tensor givenVariances,
            Tensor y) {
        for (int c = 0; c < channels; c++) {
            means[c] = givenMeans.getAsDouble(c);
            variances[c] = givenVariances.getAsDouble(c);
        }
        normalize(x, gain, bias, y);
    }

    private double factor(int channel) {
        return 1 / Math.sqrt(variances[channel] + epsilon);
    }

    private void normalize(Tensor x, Tensor gain, Tensor bias, Tensor y) {
        for (int c = 0; c < channels; c++) {
            first[c] = factor(c) * gain.getAsDouble(c);
            second[c] = bias.getAsDouble(c);
        }
        if (y instanceof FloatTensor to) {
            round(means, floatMeans);
            round(first, firstFloats);
            round(second, secondFloats);
            FloatNormalization.scaleChannels(
                    workers,
                    samples,
                    channels,
                    span,
                    Engine.floats(x),
                    x.offset(),
                    floatMeans,
                    firstFloats,
                    secondFloats,
                    to.array(),
                    to.offset());
        } else {
            DoubleNormalization.scaleChannels(
                    samples,
                    channels,
                    span,
                    Engine.doubles(x),
                    x.offset(),
                    means,
                    first,
                    second,
                    Engine.doubles(y),
                    y.offset());
        }
    }

    /// `running = (1 − momentum)·running + momentum·batch`, of the latest batch's figures.
    ///
    /// @param correction what the population variance is multiplied by first
    public void updateRunning(
            double momentum, double correction, Tensor runningMeans, Tensor runningVariances) {
        for (int c = 0; c < channels; c++) {
            double mean = runningMeans.getAsDouble(c);
            double variance = runningVariances.getAsDouble(c);
            runningMeans.setFromDouble(c, mean + momentum * (means[c] - mean));
            runningVariances.setFromDouble(
                    c, variance + momentum * (variances[c] * correction - variance));
        }
    }

    /// Writes the gradients that are wanted.
    ///
    /// @param ofBatch whether the figures were those of the batch, so that they depend on x
    public void gradients(
            Tensor x,
            Tensor gain,
            Tensor dy,
            boolean ofBatch,
            @Nullable Tensor dx,
            @Nullable Tensor dGain,
            @Nullable Tensor dBias) {
        double[] sums = first;
        double[] products = second;
        sums(x, dy, sums, products);
        for (int c = 0; c < channels; c++) {
            double factor = factor(c);
            double sum = sums[c];
            double product = products[c];
            if (dGain != null) {
                dGain.setFromDouble(c, factor * product);
            }
            if (dBias != null) {
                dBias.setFromDouble(c, sum);
            }
            double scale = factor * gain.getAsDouble(c);
            first[c] = scale;
            second[c] = ofBatch ? -scale * factor * factor * product / count() : 0;
            third[c] = ofBatch ? -scale * sum / count() : 0;
        }
        if (dx != null) {
            inputGradient(x, dy, dx);
        }
    }

    private void sums(Tensor x, Tensor dy, double[] sums, double[] products) {
        if (dy instanceof FloatTensor from) {
            FloatNormalization.channelSums(
                    workers,
                    kernels,
                    samples,
                    channels,
                    span,
                    Engine.floats(x),
                    x.offset(),
                    floatMeans,
                    from.array(),
                    from.offset(),
                    sums,
                    products);
        } else {
            DoubleNormalization.channelSums(
                    samples,
                    channels,
                    span,
                    Engine.doubles(x),
                    x.offset(),
                    means,
                    Engine.doubles(dy),
                    dy.offset(),
                    sums,
                    products);
        }
    }

    private void inputGradient(Tensor x, Tensor dy, Tensor dx) {
        if (dx instanceof FloatTensor to) {
            round(first, firstFloats);
            round(second, secondFloats);
            round(third, thirdFloats);
            FloatNormalization.channelGradient(
                    workers,
                    samples,
                    channels,
                    span,
                    Engine.floats(x),
                    x.offset(),
                    floatMeans,
                    Engine.floats(dy),
                    dy.offset(),
                    firstFloats,
                    secondFloats,
                    thirdFloats,
                    to.array(),
                    to.offset());
        } else {
            DoubleNormalization.channelGradient(
                    samples,
                    channels,
                    span,
                    Engine.doubles(x),
                    x.offset(),
                    means,
                    Engine.doubles(dy),
                    dy.offset(),
                    first,
                    second,
                    third,
                    Engine.doubles(dx),
                    dx.offset());
        }
    }

    private static void round(double[] from, float[] to) {
        for (int c = 0; c < to.length; c++) {
            to[c] = (float) from[c];
        }
    }
}
