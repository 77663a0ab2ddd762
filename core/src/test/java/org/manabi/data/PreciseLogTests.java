package org.manabi.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PreciseLogTests {

    private static final MathContext DIGITS = new MathContext(40);

    /// 40 digits, by the series of the inverse hyperbolic tangent after taking out powers of two.
    private static BigDecimal exact(double x) {
        int exponent = Math.getExponent(x);
        BigDecimal m = new BigDecimal(Math.scalb(x, -exponent));
        return atanhSeries(m)
                .add(atanhSeries(BigDecimal.TWO).multiply(BigDecimal.valueOf(exponent)), DIGITS);
    }

    private static BigDecimal atanhSeries(BigDecimal m) {
        BigDecimal s = m.subtract(BigDecimal.ONE).divide(m.add(BigDecimal.ONE), DIGITS);
        BigDecimal power = s;
        BigDecimal sum = BigDecimal.ZERO;
        for (int n = 1; n < 90; n += 2) {
            sum = sum.add(power.divide(BigDecimal.valueOf(n), DIGITS));
            power = power.multiply(s, DIGITS).multiply(s, DIGITS);
        }
        return sum.multiply(BigDecimal.TWO);
    }

    @Test
    void isWrongByAtMostTheStatedPartOfAnUlp() {
        SplittableRandom random = new SplittableRandom(2026);
        for (int i = 0; i < 4000; i++) {
            double x = i % 2 == 0 ? random.nextDouble() : 1 - 1e-3 * random.nextDouble();
            double actual = PreciseLog.of(x);
            double error = new BigDecimal(actual).subtract(exact(x)).doubleValue();
            assertThat(error / Math.ulp(actual)).as("error at %s", x).isCloseTo(0, within(0.54));
        }
    }

    @Test
    void agreesWithStrictMathOverAllNormalNumbers() {
        for (int exponent = -1022; exponent <= 1023; exponent++) {
            double x = Math.scalb(1.37, exponent);
            double expected = StrictMath.log(x);
            assertThat(PreciseLog.of(x)).isCloseTo(expected, within(2 * Math.ulp(expected)));
        }
        assertThat(PreciseLog.of(1)).isZero();
    }
}
