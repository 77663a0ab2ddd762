package org.manabi.formats.onnx.run;

/// The error function.
final class Erf {

    private static final double TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);

    private Erf() {}

    /// By its Taylor series up to 3, and by the continued fraction of its complement beyond; the
    /// error is below 1e-13.
    static double erf(double x) {
        double size = Math.abs(x);
        if (Double.isNaN(x)) {
            return x;
        }
        return Math.copySign(size < 3 ? series(size) : 1 - complement(size), x);
    }

    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > 1e-17 * sum && n < 200; n++) {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }
        return TWO_OVER_ROOT_PI * sum;
    }

    private static double complement(double x) {
        if (x > 7) {
            return 0;
        }
        double fraction = x;
        for (int k = 60; k >= 1; k--) {
            fraction = x + k / 2.0 / fraction;
        }
        return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
    }
}
