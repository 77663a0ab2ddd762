package org.manabi.tensor;

import org.jspecify.annotations.Nullable;
import org.manabi.tensor.kernel.DoubleNormalization;
import org.manabi.tensor.kernel.FloatKernels;
import org.manabi.tensor.kernel.FloatNormalization;
import org.manabi.tensor.kernel.RowLayout;
import org.manabi.tensor.kernel.Workers;

/// Normalization of rows of one length, each by its own mean and variance, from
/// [Engine#rowNormalization].
///
///     y = γ·(x − μ) / √(σ² + ε) + β,   σ² = Σ (x − μ)² / length
///
/// Without centering, μ is 0. Each row is computed in one fixed order.
public final class RowNormalization {

    private final Workers workers;
    private final FloatKernels kernels;
    private final RowLayout layout;
    private final Tensor means;
    private final Tensor factors;

    RowNormalization(Workers workers, FloatKernels kernels, RowLayout layout, DType dtype) {
        this.workers = workers;
        this.kernels = kernels;
        this.layout = layout;
        means = Tensor.zeros(dtype, Shape.of(layout.rows()));
        factors = Tensor.zeros(dtype, Shape.of(layout.rows()));
    }

    /// Writes y, and remembers the figures of each row for [#gradients].
    public void forward(Tensor x, Tensor gain, @Nullable Tensor bias, Tensor y) {
        if (y instanceof FloatTensor to) {
            FloatNormalization.rows(
                    workers,
                    kernels,
                    layout,
                    Engine.floats(x),
                    x.offset(),
                    Engine.floats(gain),
                    gain.offset(),
                    bias == null ? null : Engine.floats(bias),
                    bias == null ? 0 : bias.offset(),
                    to.array(),
                    to.offset(),
                    Engine.floats(means),
                    Engine.floats(factors));
        } else {
            DoubleNormalization.rows(
                    layout,
                    Engine.doubles(x),
                    x.offset(),
                    Engine.doubles(gain),
                    gain.offset(),
                    bias == null ? null : Engine.doubles(bias),
                    bias == null ? 0 : bias.offset(),
                    Engine.doubles(y),
                    y.offset(),
                    Engine.doubles(means),
                    Engine.doubles(factors));
        }
    }

    /// Writes the gradients that are wanted.
    public void gradients(
            Tensor x,
            Tensor gain,
            Tensor dy,
            @Nullable Tensor dx,
            @Nullable Tensor dGain,
            @Nullable Tensor dBias) {
        if (dy instanceof FloatTensor from) {
            if (dx != null) {
                FloatNormalization.rowsGradient(
                        workers,
                        kernels,
                        layout,
                        Engine.floats(x),
                        x.offset(),
                        Engine.floats(gain),
                        gain.offset(),
                        from.array(),
                        from.offset(),
                        Engine.floats(dx),
                        dx.offset(),
                        Engine.floats(means),
                        Engine.floats(factors));
            }
            if (dGain != null) {
                FloatNormalization.rowsParameterGradients(
                        layout,
                        Engine.floats(x),
                        x.offset(),
                        from.array(),
                        from.offset(),
                        Engine.floats(dGain),
                        dGain.offset(),
                        Engine.floats(means),
                        Engine.floats(factors));
            }
            if (dBias != null) {
                FloatNormalization.rowsBiasGradient(
                        layout, from.array(), from.offset(), Engine.floats(dBias), dBias.offset());
            }
        } else {
            DoubleNormalization.rowsGradient(
                    layout,
                    Engine.doubles(x),
                    x.offset(),
                    Engine.doubles(gain),
                    gain.offset(),
                    Engine.doubles(dy),
                    dy.offset(),
                    dx == null ? null : Engine.doubles(dx),
                    dx == null ? 0 : dx.offset(),
                    dGain == null ? null : Engine.doubles(dGain),
                    dGain == null ? 0 : dGain.offset(),
                    dBias == null ? null : Engine.doubles(dBias),
                    dBias == null ? 0 : dBias.offset(),
                    Engine.doubles(means),
                    Engine.doubles(factors));
        }
    }
}
