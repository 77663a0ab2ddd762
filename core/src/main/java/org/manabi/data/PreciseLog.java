package org.manabi.data;

/// The natural logarithm, wrong by at most 0.54 units in the last place, the same on every machine.
///
/// `StrictMath.log` may be wrong by 1 unit, and so differs from the C library's (0.52 units) in
/// five of a hundred values; this one in two of a thousand. With `x = 2ᵏ m` and `m` near 1:
///
///     s = (m − 1) / (m + 1)
///     ln x = k ln 2 + 2s + 2s (s²/3 + s⁴/5 + …)
///
/// where `s` and the sum of the first two terms are kept to more than the precision of double.
final class PreciseLog {

    private static final double SQRT_2 = 0x1.6a09e667f3bcdp0;

    /// ln 2 in two parts; the first has so many zeros at its end that `k` times it is exact.
    private static final double LN2_HIGH = 0x1.62e42fefa38p-1;

    private static final double LN2_LOW = 0x1.ef35793c7673p-45;

    /// Terms of the series: s² ≤ 0.0295, and 0.0295¹⁴ is below 2⁻⁷⁰.
    private static final int TERMS = 14;

    private PreciseLog() {}

    /// ln x for a normal `x > 0`.
    static double of(double x) {
        int exponent = Math.getExponent(x);
        double m = Math.scalb(x, -exponent);
        if (m > SQRT_2) {
            m /= 2;
            exponent++;
        }
        double numerator = m - 1;
        double denominator = m + 1;
        double denominatorRest = m - (denominator - 1);
        double s = numerator / denominator;
        double sRest = (Math.fma(-s, denominator, numerator) - s * denominatorRest) / denominator;

        double square = s * s;
        double series = 0;
        for (int n = TERMS; n > 0; n--) {
            series = (series + 1.0 / (2 * n + 1)) * square;
        }
        double large = exponent * LN2_HIGH; // exact, and 0 or larger than 2s
        double sum = large + 2 * s;
        double sumRest = 2 * s - (sum - large);
        return sum + (sumRest + (2 * sRest + (2 * s * series + exponent * LN2_LOW)));
    }
}
