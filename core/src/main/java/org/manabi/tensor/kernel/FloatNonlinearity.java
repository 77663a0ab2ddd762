package org.manabi.tensor.kernel;

import org.manabi.tensor.Activation;
import org.manabi.tensor.Nonlinearity;

/// The formulas of [Nonlinearity] in float: the exponentials of [FloatKernels], which have the same
/// bits in every implementation, and around them loops without a branch, one for all implementations.
///
/// Pieces of [#PIECE] elements go through all steps of a formula while they are in the first cache.
public final class FloatNonlinearity {

    /// Elements that are worked on together.
    public static final int PIECE = 2048;

    private static final float HALF = 0.5f;
    private static final float INVERSE_SQRT_2 = (float) (1 / Math.sqrt(2));
    private static final float NORMAL_DENSITY_AT_0 = (float) (1 / Math.sqrt(2 * Math.PI));
    private static final float SQRT_2_OVER_PI = (float) Math.sqrt(2 / Math.PI);
    private static final float CUBIC = 0.044715f;

    /// From here on mish is x itself in float, and e²ˣ is still finite.
    private static final float MISH_LINEAR = 20;

    private FloatNonlinearity() {}

    /// `y = f(x)`; y is not x.
    ///
    /// @param scratch at least [#PIECE] elements
    public static void apply(
            FloatKernels kernels,
            Nonlinearity f,
            int n,
            float[] x,
            int xo,
            float[] y,
            int yo,
            float[] scratch) {
        for (int from = 0; from < n; from += PIECE) {
            int count = Math.min(PIECE, n - from);
            applyToPiece(kernels, f, count, x, xo + from, y, yo + from, scratch);
        }
    }

    private static void applyToPiece(
            FloatKernels kernels,
            Nonlinearity f,
            int n,
            float[] x,
            int xo,
            float[] y,
            int yo,
            float[] scratch) {
        float a = (float) f.a();
        float b = (float) f.b();
        switch (f.kind()) {
            case LEAKY_RELU -> {
                for (int i = 0; i < n; i++) {
                    float v = x[xo + i];
                    y[yo + i] = Math.max(v, 0) + a * Math.min(v, 0);
                }
            }
            case ELU -> elu(kernels, a, b, n, x, xo, y, yo);
            case GELU -> {
                kernels.scale(n, INVERSE_SQRT_2, x, xo, y, yo);
                kernels.erf(n, y, yo, y, yo);
                halfOfOnePlus(n, x, xo, y, yo);
            }
            case GELU_TANH -> {
                innerOfGelu(n, x, xo, y, yo);
                kernels.activate(Activation.TANH, n, y, yo, y, yo);
                halfOfOnePlus(n, x, xo, y, yo);
            }
            case SILU -> {
                kernels.activate(Activation.SIGMOID, n, x, xo, y, yo);
                kernels.multiply(n, x, xo, y, yo, y, yo);
            }
            case MISH -> {
                expOfAtMost(kernels, MISH_LINEAR, n, x, xo, y, yo);
                for (int i = 0; i < n; i++) {
                    float e = y[yo + i];
                    float m = e * (e + 2);
                    y[yo + i] = x[xo + i] * (m / (m + 2)); // tanh(ln(1 + e))
                }
            }
            case SOFTPLUS -> softplus(kernels, n, x, xo, y, yo, scratch);
            case SOFTSIGN -> {
                for (int i = 0; i < n; i++) {
                    float v = x[xo + i];
                    y[yo + i] = v / (1 + Math.abs(v));
                }
            }
            case HARD_SIGMOID -> {
                for (int i = 0; i < n; i++) {
                    y[yo + i] = Math.min(Math.max(Math.fma(a, x[xo + i], b), 0), 1);
                }
            }
            case HARD_TANH -> {
                for (int i = 0; i < n; i++) {
                    y[yo + i] = Math.min(Math.max(x[xo + i], a), b);
                }
            }
            case HARD_SWISH -> {
                for (int i = 0; i < n; i++) {
                    float v = x[xo + i];
                    y[yo + i] = v * Math.min(Math.max(Math.fma(1 / 6f, v, HALF), 0), 1);
                }
            }
        }
    }

    /// `eˣ − 1 = 2t / (1 − t)` with `t = tanh(x/2)`, which loses no digits near 0.
    private static void elu(
            FloatKernels kernels, float a, float b, int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = HALF * Math.min(x[xo + i], 0);
        }
        kernels.activate(Activation.TANH, n, y, yo, y, yo);
        float twice = 2 * a;
        for (int i = 0; i < n; i++) {
            float t = y[yo + i];
            y[yo + i] = b * (Math.max(x[xo + i], 0) + twice * t / (1 - t));
        }
    }

    /// `max(x, 0) + ln(1 + e)` with `e = exp(−|x|)`; what `u = 1 + e` loses of e is added by
    /// `ln(1 + e) ≈ ln u + (e − (u − 1)) / u`.
    private static void softplus(
            FloatKernels kernels, int n, float[] x, int xo, float[] y, int yo, float[] scratch) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = -Math.abs(x[xo + i]);
        }
        kernels.exp(n, y, yo, y, yo);
        for (int i = 0; i < n; i++) {
            scratch[i] = 1 + y[yo + i];
        }
        kernels.log(n, scratch, 0, scratch, 0);
        for (int i = 0; i < n; i++) {
            float e = y[yo + i];
            float u = 1 + e;
            y[yo + i] = Math.max(x[xo + i], 0) + (scratch[i] + (e - (u - 1)) / u);
        }
    }

    private static void halfOfOnePlus(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = HALF * x[xo + i] * (1 + y[yo + i]);
        }
    }

    private static void innerOfGelu(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            float v = x[xo + i];
            y[yo + i] = SQRT_2_OVER_PI * Math.fma(CUBIC * v * v, v, v);
        }
    }

    private static void expOfAtMost(
            FloatKernels kernels, float most, int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = Math.min(x[xo + i], most);
        }
        kernels.exp(n, y, yo, y, yo);
    }

    /// `dx = dy·f′(x)`; dx is neither.
    ///
    /// @param scratch at least [#PIECE] elements
    public static void gradient(
            FloatKernels kernels,
            Nonlinearity f,
            int n,
            float[] x,
            int xo,
            float[] dy,
            int dyo,
            float[] dx,
            int dxo,
            float[] scratch) {
        for (int from = 0; from < n; from += PIECE) {
            int count = Math.min(PIECE, n - from);
            slopesOfPiece(kernels, f, count, x, xo + from, dx, dxo + from, scratch);
            kernels.multiply(count, dy, dyo + from, dx, dxo + from, dx, dxo + from);
        }
    }

    private static void slopesOfPiece(
            FloatKernels kernels,
            Nonlinearity f,
            int n,
            float[] x,
            int xo,
            float[] d,
            int to,
            float[] scratch) {
        float a = (float) f.a();
        float b = (float) f.b();
        switch (f.kind()) {
            case LEAKY_RELU -> {
                for (int i = 0; i < n; i++) {
                    float step = step(x[xo + i]);
                    d[to + i] = step + a * (1 - step);
                }
            }
            case ELU -> {
                expOfAtMost(kernels, 0, n, x, xo, d, to);
                for (int i = 0; i < n; i++) {
                    float step = step(x[xo + i]);
                    d[to + i] = b * (step + a * d[to + i] * (1 - step));
                }
            }
            case GELU -> {
                for (int i = 0; i < n; i++) {
                    float v = x[xo + i];
                    d[to + i] = -HALF * v * v;
                }
                kernels.exp(n, d, to, d, to);
                kernels.scale(n, INVERSE_SQRT_2, x, xo, scratch, 0);
                kernels.erf(n, scratch, 0, scratch, 0);
                for (int i = 0; i < n; i++) {
                    float density = NORMAL_DENSITY_AT_0 * d[to + i];
                    d[to + i] = Math.fma(x[xo + i], density, HALF * (1 + scratch[i]));
                }
            }
            case GELU_TANH -> {
                innerOfGelu(n, x, xo, d, to);
                kernels.activate(Activation.TANH, n, d, to, d, to);
                for (int i = 0; i < n; i++) {
                    float v = x[xo + i];
                    float t = d[to + i];
                    float inner = SQRT_2_OVER_PI * Math.fma(3 * CUBIC * v, v, 1);
                    d[to + i] = HALF * (1 + t) + HALF * v * Math.fma(-t, t, 1) * inner;
                }
            }
            case SILU -> {
                kernels.activate(Activation.SIGMOID, n, x, xo, d, to);
                for (int i = 0; i < n; i++) {
                    float s = d[to + i];
                    d[to + i] = Math.fma(x[xo + i], s * (1 - s), s);
                }
            }
            case MISH -> {
                expOfAtMost(kernels, MISH_LINEAR, n, x, xo, d, to);
                for (int i = 0; i < n; i++) {
                    float e = d[to + i];
                    float m = e * (e + 2);
                    float t = m / (m + 2);
                    float slope = e / (1 + e) * (2 / (m + 2)) * (1 + t); // σ(x)·(1 − t²)
                    d[to + i] = Math.fma(x[xo + i], slope, t);
                }
            }
            case SOFTPLUS -> kernels.activate(Activation.SIGMOID, n, x, xo, d, to);
            case SOFTSIGN -> {
                for (int i = 0; i < n; i++) {
                    float u = 1 + Math.abs(x[xo + i]);
                    d[to + i] = 1 / (u * u);
                }
            }
            case HARD_SIGMOID -> {
                for (int i = 0; i < n; i++) {
                    float y = Math.fma(a, x[xo + i], b);
                    d[to + i] = a * (step(y) * step(1 - y));
                }
            }
            case HARD_TANH -> {
                for (int i = 0; i < n; i++) {
                    d[to + i] = step(x[xo + i] - a) * step(b - x[xo + i]);
                }
            }
            case HARD_SWISH -> {
                for (int i = 0; i < n; i++) {
                    float v = x[xo + i];
                    float above = 1 - step(3 - v);
                    float between = step(v + 3) * (1 - above);
                    d[to + i] = Math.fma(between, Math.fma(1 / 3f, v, HALF), above);
                }
            }
        }
    }

    /// 1 where x > 0, else 0; NaN stays.
    private static float step(float x) {
        return Math.max(Math.signum(x), 0);
    }
}
