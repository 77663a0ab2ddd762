package org.manabi.tensor.kernel;

import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Activation;

/// Convolution (strictly, cross-correlation) of float32 images, laid out once for one shape.
///
///     y[n, m, oh, ow] = f(Σ w[m, c, kh, kw] · x[n, c, ih, iw] + b[m])
///     ih = oh·stride + kh·dilation − before, iw likewise
///
/// Results are the same bits whichever implementation runs, on however many threads. All sums are
/// chains of `fma` that begin with 0; what lies outside takes part as 0:
///
/// - y: over `(c, kh, kw)` ascending, then `+ b[m]`, −0 where there is no bias, then f;
/// - ∂L/∂x: over `(m, kh, kw)` ascending, without the taps that the stride keeps from reaching the
///   element;
/// - ∂L/∂w: over `(n, oh, ow)` ascending within each part of [ConvolutionShape#PART] samples; then
///   the parts' sums are added, ascending;
/// - ∂L/∂b: a chain of additions in the order of ∂L/∂w.
///
/// An instance keeps buffers from call to call and serves one caller at a time. Arrays are dense
/// and row-major from their offsets on.
public sealed interface FloatConvolution permits ScalarConvolution, VectorConvolution {

    /// The fastest that this process can run.
    static FloatConvolution of(ConvolutionShape shape) {
        return FloatKernels.best().vectorBits() == 0
                ? new ScalarConvolution(shape)
                : new VectorConvolution(shape);
    }

    /// Writes y, for f [Activation#IDENTITY] or [Activation#RELU].
    void forward(
            Workers workers,
            float[] x,
            int xo,
            float[] w,
            int wo,
            float @Nullable [] bias,
            int bo,
            Activation activation,
            float[] y,
            int yo);

    /// Writes ∂L/∂x from `dy`; if `y` is given, only those elements of `dy` count whose y is
    /// greater than 0: the gradient behind ReLU.
    void inputGradient(
            Workers workers,
            float[] dy,
            int dyo,
            float @Nullable [] y,
            int yo,
            float[] w,
            int wo,
            float[] dx,
            int dxo);

    /// Writes ∂L/∂w to `dw` and ∂L/∂b to `db`, if given; `y` is as in [#inputGradient].
    void weightGradient(
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
            int dbo);
}
