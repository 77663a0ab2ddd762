package org.manabi.formats.csv;

/// Numbers as people and programs write them into tables: `-12`, `3.5`, `6.02e23`.
public final class DecimalNumber {

    /// The powers of ten that a double holds exactly.
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18, 1e19, 1e20, 1e21, 1e22
    };

    private static final long EXACT = 1L << 53;
    private static final int DIGITS = 18;

    private DecimalNumber() {}

    /// The double that is nearest to a number; NaN if the characters are none, or not finite.
    ///
    /// @param from the first character's place
    /// @param to one after the last character's place
    public static double parse(char[] text, int from, int to) {
        int at = from;
        boolean negative = at < to && text[at] == '-';
        if (negative) {
            at++;
        }
        long digits = 0;
        int count = 0;
        int decimals = 0;
        boolean point = false;
        for (; at < to && count <= DIGITS; at++) {
            char c = text[at];
            if (c >= '0' && c <= '9') {
                digits = 10 * digits + (c - '0');
                count++;
                decimals += point ? 1 : 0;
            } else if (c == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        // Digits and a power of ten that are both exact are rounded once, as they should be
        // (Clinger, How to Read Floating Point Numbers Accurately, 1990).
        if (at == to && count > 0 && count <= DIGITS && digits <= EXACT) {
            double value = digits / POWERS[decimals];
            return negative ? -value : value;
        }
        return slowly(text, from, to);
    }

    private static double slowly(char[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text[i];
            boolean belongs =
                    (c >= '0' && c <= '9')
                            || c == '.'
                            || c == '-'
                            || c == '+'
                            || ((c == 'e' || c == 'E') && i > from && i < to - 1);
            if (!belongs) {
                return Double.NaN; // Java would read 1d, 0x1p3 and blanks, too.
            }
        }
        try {
            double value = Double.parseDouble(new String(text, from, to - from));
            return Double.isFinite(value) ? value : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
