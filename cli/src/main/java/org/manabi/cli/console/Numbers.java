package org.manabi.cli.console;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/// Numbers for people, alike in every language.
public final class Numbers {

    private Numbers() {}

    /// A loss: four digits after the point, or three significant ones if it is smaller than that.
    public static String loss(double loss) {
        boolean small = loss != 0 && Math.abs(loss) < 0.001;
        return String.format(Locale.ROOT, small ? "%.2e" : "%.4f", loss);
    }

    /// A share as a percentage, such as `97.84%`.
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f%%", 100 * share);
    }

    /// A whole number with its thousands set apart, such as `60,000`.
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// A number with so many digits after the point.
    public static String fixed(double number, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", number);
    }

    /// A number that people choose, such as a learning rate, to three digits: `0.001`, `1E+30`.
    public static String brief(double number) {
        return Double.isFinite(number)
                ? new BigDecimal(number, new MathContext(3)).stripTrailingZeros().toString()
                : Double.toString(number);
    }

    /// A number from data or for it, to six digits and without an exponent: `166000`, `0.05`.
    public static String value(double number) {
        return Double.isFinite(number)
                ? new BigDecimal(number, new MathContext(6)).stripTrailingZeros().toPlainString()
                : Double.toString(number);
    }

    /// A time as on a clock, such as `0:07` or `1:02:03`.
    public static String clock(double seconds) {
        long whole = Math.max(0, Math.round(seconds));
        long minutes = whole / 60;
        return minutes < 60
                ? String.format(Locale.ROOT, "%d:%02d", minutes, whole % 60)
                : String.format(
                        Locale.ROOT, "%d:%02d:%02d", minutes / 60, minutes % 60, whole % 60);
    }
}
