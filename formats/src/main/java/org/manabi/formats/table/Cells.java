package org.manabi.formats.table;

import java.util.Locale;
import java.util.Set;
import org.manabi.formats.csv.DecimalNumber;

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
        return DecimalNumber.parse(cell.toCharArray(), 0, cell.length());
    }
}
