package org.manabi.formats.table;

import java.util.Locale;
import java.util.Set;

/// What the text of a cell means.
final class Cells {

    private static final Set<String> MISSING = Set.of("", "na", "n/a", "nan", "null", "none", "?");

    private Cells() {}

    /// Whether nothing is known.
    static boolean isMissing(String cell) {
        return cell.length() <= 4 && MISSING.contains(cell.toLowerCase(Locale.ROOT));
    }

    /// The number of a cell; NaN if it is none, or not finite.
    static double number(String cell) {
        if (cell.isEmpty() || Character.isLetter(cell.charAt(cell.length() - 1))) {
            return Double.NaN; // Java would read 1d and 0x1p3
        }
        try {
            double value = Double.parseDouble(cell);
            return Double.isFinite(value) ? value : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
