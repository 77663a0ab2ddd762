package org.manabi.formats.table;

import java.util.SortedMap;
import java.util.TreeMap;

/// What the cells of one column are, found out row by row.
public final class ColumnSurvey {

    /// Words beyond so many are not counted one by one; such a column names its rows.
    static final int MAX_LEVELS = 1_000;

    private final String name;
    private final TreeMap<String, Integer> levels = new TreeMap<>();
    private long rows;
    private long missing;
    private long numbers;
    private boolean whole = true;
    private boolean overflow;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    ColumnSurvey(String name) {
        this.name = name;
    }

    void add(String cell) {
        rows++;
        if (Cells.isMissing(cell)) {
            missing++;
            return;
        }
        double value = Cells.number(cell);
        if (!Double.isNaN(value)) {
            numbers++;
            whole &= value == Math.rint(value);
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        if (!overflow) {
            levels.merge(cell, 1, Integer::sum);
            if (levels.size() > MAX_LEVELS) {
                overflow = true;
                levels.clear();
            }
        }
    }

    public String name() {
        return name;
    }

    public long missing() {
        return missing;
    }

    /// Whether all cells that are not missing are numbers.
    public boolean isNumeric() {
        return numbers > 0 && numbers == rows - missing;
    }

    /// Whether it holds whole numbers only.
    boolean isWhole() {
        return isNumeric() && whole;
    }

    /// Whether nothing is known of any row.
    boolean isEmpty() {
        return missing == rows;
    }

    public double min() {
        return min;
    }

    public double max() {
        return max;
    }

    /// The different words and how often they come, in the order of the alphabet; empty if they are
    /// too many.
    public SortedMap<String, Integer> levels() {
        return new TreeMap<>(levels);
    }

    /// Whether it has more words than are counted.
    public boolean hasTooManyLevels() {
        return overflow;
    }
}
