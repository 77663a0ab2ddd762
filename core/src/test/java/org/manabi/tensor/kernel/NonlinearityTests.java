package org.manabi.tensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.manabi.tensor.Nonlinearity;
import org.manabi.tensor.Nonlinearity.Kind;

class NonlinearityTests {

    /// Digits by mpmath with 30 digits.
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1e-10, 1.1283791670955126e-10",
        "-0.5, -0.5204998778130465",
        "1, 0.8427007929497149",
        "-2.5, -0.9995930479825550",
        "4, 0.9999999845827421",
        "7, 1"
    })
    void theErrorFunctionIsRightToFourteenDigits(double x, double expected) {
        assertThat(DoubleNonlinearity.erf(x))
                .isCloseTo(expected, within(1e-14 * Math.abs(expected)));
    }

    /// A few roundings of the result, and what the rounding of a number near 1 costs that is then
    /// multiplied by x: `x·(1 + erf …)` for a negative x.
    @ParameterizedTest
    @EnumSource
    void floatIsNearDouble(Kind kind) {
        Nonlinearity f =
                kind == Kind.HARD_TANH
                        ? Nonlinearity.hardTanh(-0.4, 1.7)
                        : new Nonlinearity(kind, 0.3, 0.45);
        float[] x = new float[4001];
        float[] ones = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            double t = (i - 2000) / 2000.0;
            x[i] = (float) (t * t * t * 100);
            ones[i] = 1;
        }
        float[] y = new float[x.length];
        float[] slope = new float[x.length];
        float[] scratch = new float[FloatNonlinearity.PIECE];

        FloatNonlinearity.apply(FloatKernels.best(), f, x.length, x, 0, y, 0, scratch);
        FloatNonlinearity.gradient(
                FloatKernels.best(), f, x.length, x, 0, ones, 0, slope, 0, scratch);

        for (int i = 0; i < x.length; i++) {
            double value = DoubleNonlinearity.value(f, x[i]);
            assertThat((double) y[i])
                    .as("%s at %s", kind, x[i])
                    .isCloseTo(
                            value,
                            within(
                                    1e-6 * Math.max(1e-2, Math.abs(value))
                                            + 0x1p-23 * Math.abs(x[i])));
            assertThat((double) slope[i])
                    .as("slope of %s at %s", kind, x[i])
                    .isCloseTo(DoubleNonlinearity.slope(f, x[i]), within(1e-6));
        }
    }

    @ParameterizedTest
    @EnumSource
    void notANumberStays(Kind kind) {
        Nonlinearity f = new Nonlinearity(kind, 0.3, 0.45);
        float[] y = new float[1];
        float[] nan = {Float.NaN};

        FloatNonlinearity.apply(
                FloatKernels.best(), f, 1, nan, 0, y, 0, new float[FloatNonlinearity.PIECE]);

        assertThat(y[0]).isNaN();
        assertThat(DoubleNonlinearity.value(f, Double.NaN)).isNaN();
    }
}
