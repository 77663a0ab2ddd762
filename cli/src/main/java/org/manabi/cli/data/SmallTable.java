package org.manabi.cli.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.manabi.datasets.BreastCancer;
import org.manabi.datasets.Digits;
import org.manabi.datasets.Iris;
import org.manabi.datasets.Table;
import org.manabi.datasets.Wine;

/// The small tables that come with Manabi.
enum SmallTable {
    IRIS("R. A. Fisher, 1936"),
    WINE("M. Forina et al., PARVUS; UCI, CC BY 4.0"),
    BREAST_CANCER("W. H. Wolberg et al., 1995; UCI, CC BY 4.0"),
    DIGITS("E. Alpaydin, C. Kaynak, 1998; UCI, CC BY 4.0");

    private final String origin;

    SmallTable(String origin) {
        this.origin = origin;
    }

    static Optional<SmallTable> named(String name) {
        return Arrays.stream(values()).filter(table -> table.toString().equals(name)).findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(SmallTable::toString).toList();
    }

    String origin() {
        return origin;
    }

    Table table() {
        return switch (this) {
            case IRIS -> Iris.load();
            case WINE -> Wine.load();
            case BREAST_CANCER -> BreastCancer.load();
            case DIGITS -> Digits.load();
        };
    }

    /// Whether its features are amounts in units of their own, to be standardized; pixels are not.
    boolean hasUnits() {
        return this != DIGITS;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
