package org.manabi.tensor.kernel;

/// Elementary functions in float, the same bits on every machine: range reduction, a minimax
/// polynomial, and `fma` throughout. `VectorMath` computes the same operations on vectors.
///
/// The errors stated were measured on every 11th float, against double. Zeros keep their sign where the
/// function does; NaN gives NaN; results may be subnormal.
final class FloatMath {

    /// Added to a small float, leaves it rounded to a whole number in the lowest bits.
    static final float ROUNDER = 0x1.8p23f;

    static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);

    static final float LOG2_E = 0x1.715476p0f;

    /// ln 2, of which [#LN2_HIGH] has so few bits that its product with an exponent is exact.
    static final float LN2_HIGH = 0x1.62e4p-1f;

    static final float LN2_LOW = 0x1.7f7d1cp-20f;

    static final float EXP_MIN = -104;
    static final float EXP_MAX = 89;
    static final float EXP_2 = 0x1.fffffcp-2f;
    static final float EXP_3 = 0x1.555492p-3f;
    static final float EXP_4 = 0x1.5558bp-5f;
    static final float EXP_5 = 0x1.12398ep-7f;
    static final float EXP_6 = 0x1.6a4d6p-10f;

    static final float EXPM1_MIN = -20;
    static final float EXPM1_2 = 0x1.fffffep-2f;
    static final float EXPM1_3 = 0x1.5554b4p-3f;
    static final float EXPM1_4 = 0x1.5556f2p-5f;
    static final float EXPM1_5 = 0x1.12254ap-7f;
    static final float EXPM1_6 = 0x1.6b9c68p-10f;

    static final int SQRT_HALF_BITS = 0x3f3504f3;
    static final float LOG_3 = 0x1.555548p-2f;
    static final float LOG_4 = -0x1.000006p-2f;
    static final float LOG_5 = 0x1.99a476p-3f;
    static final float LOG_6 = -0x1.555c44p-3f;
    static final float LOG_7 = 0x1.233ba2p-3f;
    static final float LOG_8 = -0x1.fc28cap-4f;
    static final float LOG_9 = 0x1.e6c00ap-4f;
    static final float LOG_10 = -0x1.de01d8p-4f;
    static final float LOG_11 = 0x1.147334p-4f;

    static final float TANH_SMALL = 0.625f;
    static final float TANH_3 = -0x1.555532p-2f;
    static final float TANH_5 = 0x1.1106f6p-3f;
    static final float TANH_7 = -0x1.b835a4p-5f;
    static final float TANH_9 = 0x1.51f8cep-6f;
    static final float TANH_11 = -0x1.750ce2p-8f;

    static final float ERF_SMALL = 0.9375f;
    static final float ERF_1 = 0x1.06eba8p-3f;
    static final float ERF_3 = -0x1.812740p-2f;
    static final float ERF_5 = 0x1.ce2d64p-4f;
    static final float ERF_7 = -0x1.b80120p-6f;
    static final float ERF_9 = 0x1.544aa8p-8f;
    static final float ERF_11 = -0x1.a6126ep-11f;
    static final float ERF_13 = 0x1.4f8e58p-14f;

    static final float ERFC_MAX = 4;
    static final float ERFC_1 = -0x1.077e1ep-3f;
    static final float ERFC_2 = -0x1.452d3ep-1f;
    static final float ERFC_3 = -0x1.b36b60p-4f;
    static final float ERFC_4 = 0x1.86412ep-6f;
    static final float ERFC_5 = -0x1.e0f410p-9f;
    static final float ERFC_6 = 0x1.59666ap-12f;
    static final float ERFC_7 = -0x1.8ee336p-17f;

    private FloatMath() {}

    /// `eˣ`, at most 0.89 ulp off.
    static float exp(float x) {
        float t = x < EXP_MIN ? EXP_MIN : x > EXP_MAX ? EXP_MAX : x;
        float shifted = Math.fma(t, LOG2_E, ROUNDER);
        float n = shifted - ROUNDER;
        float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, t));
        float p = Math.fma(EXP_6, r, EXP_5);
        p = Math.fma(p, r, EXP_4);
        p = Math.fma(p, r, EXP_3);
        p = Math.fma(p, r, EXP_2);
        p = Math.fma(p, r, 1);
        p = Math.fma(p, r, 1);
        int exponent = Float.floatToRawIntBits(shifted) - ROUNDER_BITS;
        int half = exponent >> 1; // in two steps, for results that are subnormal or nearly infinite
        return p * powerOfTwo(half) * powerOfTwo(exponent - half);
    }

    /// `eˣ − 1`, at most 1.52 ulp off.
    static float expm1(float x) {
        float t = x < EXPM1_MIN ? EXPM1_MIN : x > EXP_MAX ? EXP_MAX : x;
        float shifted = Math.fma(t, LOG2_E, ROUNDER);
        float n = shifted - ROUNDER;
        float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, t));
        float p = Math.fma(EXPM1_6, r, EXPM1_5);
        p = Math.fma(p, r, EXPM1_4);
        p = Math.fma(p, r, EXPM1_3);
        p = Math.fma(p, r, EXPM1_2);
        p = Math.fma(p, r * r, r);
        int exponent = Float.floatToRawIntBits(shifted) - ROUNDER_BITS;
        float half = powerOfTwo(exponent - 1);
        float y = exponent == 0 ? p : 2 * Math.fma(half, p, half - 0.5f);
        return Math.copySign(y, x);
    }

    /// The natural logarithm, at most 0.80 ulp off.
    static float log(float x) {
        boolean small = x < Float.MIN_NORMAL;
        int bits = Float.floatToRawIntBits(small ? x * 0x1p23f : x);
        int exponent = (bits - SQRT_HALF_BITS) >> 23;
        float f = Float.intBitsToFloat(bits - (exponent << 23)) - 1;
        float y = logOf(f, small ? exponent - 23 : exponent);
        y = x < Float.POSITIVE_INFINITY ? y : x;
        y = x == 0 ? Float.NEGATIVE_INFINITY : y;
        return x < 0 ? Float.NaN : y;
    }

    /// `ln(1 + x)`, at most 1.38 ulp off.
    static float log1p(float x) {
        float u = 1 + x;
        float lost = x < 1 ? x - (u - 1) : 1 - (u - x);
        int bits = Float.floatToRawIntBits(u);
        int exponent = (bits - SQRT_HALF_BITS) >> 23;
        float f = Float.intBitsToFloat(bits - (exponent << 23)) - 1;
        f += exponent < 26 ? lost * powerOfTwo(-exponent) : 0;
        float y = logOf(f, exponent);
        y = x < Float.POSITIVE_INFINITY ? y : x;
        y = x == 0 ? x : y;
        y = x == -1 ? Float.NEGATIVE_INFINITY : y;
        return x < -1 ? Float.NaN : y;
    }

    /// `ln((1 + f)·2ⁿ)`, for 1 + f between √½ and √2.
    private static float logOf(float f, float n) {
        float p = Math.fma(LOG_11, f, LOG_10);
        p = Math.fma(p, f, LOG_9);
        p = Math.fma(p, f, LOG_8);
        p = Math.fma(p, f, LOG_7);
        p = Math.fma(p, f, LOG_6);
        p = Math.fma(p, f, LOG_5);
        p = Math.fma(p, f, LOG_4);
        p = Math.fma(p, f, LOG_3);
        float square = f * f;
        float y = p * f * square;
        y = Math.fma(n, LN2_LOW, y);
        y = Math.fma(-0.5f, square, y);
        y = f + y;
        return Math.fma(n, LN2_HIGH, y);
    }

    /// The hyperbolic tangent, at most 1.37 ulp off.
    static float tanh(float x) {
        float t = Math.abs(x);
        float s = t * t;
        float p = Math.fma(TANH_11, s, TANH_9);
        p = Math.fma(p, s, TANH_7);
        p = Math.fma(p, s, TANH_5);
        p = Math.fma(p, s, TANH_3);
        float y = t < TANH_SMALL ? Math.fma(p, t * s, t) : 1 - 2 / (exp(t + t) + 1);
        return Math.copySign(y, x);
    }

    /// `1 / (1 + e⁻ˣ)`, at most 2.4 ulp off.
    static float sigmoid(float x) {
        float e = exp(-Math.abs(x));
        return (x < 0 ? e : 1) / (1 + e);
    }

    /// The error function, `2/√π ∫₀ˣ exp(−t²) dt`, at most 1.0 ulp off.
    static float erf(float x) {
        float t = Math.abs(x);
        return Math.copySign(t < ERF_SMALL ? smallErf(t) : 1 - largeErfc(t), x);
    }

    private static float smallErf(float t) {
        float s = t * t;
        float p = Math.fma(ERF_13, s, ERF_11);
        p = Math.fma(p, s, ERF_9);
        p = Math.fma(p, s, ERF_7);
        p = Math.fma(p, s, ERF_5);
        p = Math.fma(p, s, ERF_3);
        p = Math.fma(p, s, ERF_1);
        return Math.fma(p, t, t);
    }

    private static float largeErfc(float x) {
        float t = x > ERFC_MAX ? ERFC_MAX : x;
        float p = Math.fma(ERFC_7, t, ERFC_6);
        p = Math.fma(p, t, ERFC_5);
        p = Math.fma(p, t, ERFC_4);
        p = Math.fma(p, t, ERFC_3);
        p = Math.fma(p, t, ERFC_2);
        p = Math.fma(p, t, ERFC_1);
        return exp(Math.fma(p, t, -t));
    }

    private static float powerOfTwo(int exponent) {
        return Float.intBitsToFloat((exponent + 127) << 23);
    }
}
