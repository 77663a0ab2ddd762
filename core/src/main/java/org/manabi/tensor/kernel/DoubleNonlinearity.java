package org.manabi.tensor.kernel;

import org.manabi.tensor.Nonlinearity;

/// The formulas of [Nonlinearity] in double, as they are written.
public final class DoubleNonlinearity {

    private static final double INVERSE_SQRT_2 = 1 / StrictMath.sqrt(2);
    private static final double TWO_OVER_SQRT_PI = 2 / StrictMath.sqrt(StrictMath.PI);
    private static final double SQRT_2_OVER_PI = StrictMath.sqrt(2 / StrictMath.PI);
    private static final double CUBIC = 0.044715;

    private DoubleNonlinearity() {}

    /// `y = f(x)`; y may be x.
    public static void apply(Nonlinearity f, int n, double[] x, int xo, double[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = value(f, x[xo + i]);
        }
    }

    /// `dx = dy·f′(x)`; dx may be either.
    public static void gradient(
            Nonlinearity f, int n, double[] x, int xo, double[] dy, int dyo, double[] dx, int dxo) {
        for (int i = 0; i < n; i++) {
            dx[dxo + i] = dy[dyo + i] * slope(f, x[xo + i]);
        }
    }

    static double value(Nonlinearity f, double x) {
        double a = f.a();
        double b = f.b();
        return switch (f.kind()) {
            case LEAKY_RELU -> x > 0 ? x : a * x;
            case ELU -> x > 0 ? b * x : b * a * StrictMath.expm1(x);
            case GELU -> x * normalDistribution(x);
            case GELU_TANH -> 0.5 * x * (1 + tanhOfGelu(x));
            case SILU -> x * sigmoid(x);
            case MISH -> x * StrictMath.tanh(softplus(x));
            case SOFTPLUS -> softplus(x);
            case SOFTSIGN -> x / (1 + Math.abs(x));
            case HARD_SIGMOID -> Math.min(Math.max(a * x + b, 0), 1);
            case HARD_TANH -> Math.min(Math.max(x, a), b);
            case HARD_SWISH -> x * Math.min(Math.max(x / 6 + 0.5, 0), 1);
        };
    }

    static double slope(Nonlinearity f, double x) {
        double a = f.a();
        double b = f.b();
        return switch (f.kind()) {
            case LEAKY_RELU -> x > 0 ? 1 : a;
            case ELU -> x > 0 ? b : b * a * StrictMath.exp(x);
            case GELU -> normalDistribution(x) + x * normalDensity(x);
            case GELU_TANH -> {
                double t = tanhOfGelu(x);
                double inner = SQRT_2_OVER_PI * (1 + 3 * CUBIC * x * x);
                yield 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * inner;
            }
            case SILU -> {
                double s = sigmoid(x);
                yield s + x * s * (1 - s);
            }
            case MISH -> {
                double t = StrictMath.tanh(softplus(x));
                yield t + x * sigmoid(x) * (1 - t * t);
            }
            case SOFTPLUS -> sigmoid(x);
            case SOFTSIGN -> 1 / ((1 + Math.abs(x)) * (1 + Math.abs(x)));
            case HARD_SIGMOID -> {
                double y = a * x + b;
                yield y > 0 && y < 1 ? a : 0;
            }
            case HARD_TANH -> x > a && x < b ? 1 : 0;
            case HARD_SWISH -> x <= -3 ? 0 : x >= 3 ? 1 : x / 3 + 0.5;
        };
    }

    private static double sigmoid(double x) {
        return 1 / (1 + StrictMath.exp(-x));
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    }

    private static double tanhOfGelu(double x) {
        return StrictMath.tanh(SQRT_2_OVER_PI * (x + CUBIC * x * x * x));
    }

    private static double normalDistribution(double x) {
        return 0.5 * (1 + erf(x * INVERSE_SQRT_2));
    }

    private static double normalDensity(double x) {
        return 0.5 * INVERSE_SQRT_2 * TWO_OVER_SQRT_PI * StrictMath.exp(-0.5 * x * x);
    }

    /// The error function by its series, whose terms are all of one sign:
    ///
    ///     erf x = 2/√π · exp(−x²) · Σₙ 2ⁿ x²ⁿ⁺¹ / (1·3·…·(2n + 1))
    ///
    /// Source: *NIST Digital Library of Mathematical Functions*, 7.6.2.
    static double erf(double x) {
        double t = Math.abs(x);
        if (t >= 6) { // erfc(6) < 2⁻⁵⁴
            return Math.signum(x);
        }
        double term = t;
        double sum = t;
        for (int n = 1; term > sum * 0x1p-54; n++) {
            term *= 2 * t * t / (2 * n + 1);
            sum += term;
        }
        return Double.isNaN(x)
                ? x
                : Math.copySign(TWO_OVER_SQRT_PI * StrictMath.exp(-t * t) * sum, x);
    }
}
