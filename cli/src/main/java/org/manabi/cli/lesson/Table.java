package org.manabi.cli.lesson;

import java.util.ArrayList;
import java.util.List;

/// Rows of cells in columns that are as wide as their widest cell. Cells are set to the right, as
/// numbers are, but for the first column and those that are asked to be left.
final class Table {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final List<Integer> left = new ArrayList<>(List.of(0));
    private boolean headed;

    /// Heads the columns.
    Table head(String... cells) {
        rows.addFirst(List.of(cells));
        headed = true;
        return this;
    }

    /// Sets a column, counted from 0, to the left.
    Table leftAt(int column) {
        left.add(column);
        return this;
    }

    /// Sets a column, counted from 0, to the right.
    Table rightAt(int column) {
        left.remove(Integer.valueOf(column));
        return this;
    }

    Table row(String... cells) {
        return row(List.of(cells));
    }

    Table row(List<String> cells) {
        rows.add(List.copyOf(cells));
        return this;
    }

    /// The table, a line below its head.
    List<String> lines() {
        int[] widths = widths();
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            lines.add(line(row, widths));
            if (headed && lines.size() == 1) {
                int all = GAP.length() * (widths.length - 1);
                for (int width : widths) {
                    all += width;
                }
                lines.add("─".repeat(all));
            }
        }
        return lines;
    }

    private int[] widths() {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], DisplayWidth.of(row.get(i)));
            }
        }
        return widths;
    }

    private String line(List<String> row, int... widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(i == 0 ? "" : GAP)
                    .append(
                            left.contains(i)
                                    ? DisplayWidth.left(row.get(i), widths[i])
                                    : DisplayWidth.right(row.get(i), widths[i]));
        }
        return line.toString().stripTrailing();
    }
}
