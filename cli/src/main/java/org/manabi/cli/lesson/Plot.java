package org.manabi.cli.lesson;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// A small plot for the terminal: lines over a common x axis. The first line is drawn solid, the
/// second dotted, so that they differ without colors too.
final class Plot {

    private static final int ROWS = 10;
    private static final int NAME_WIDTH = 10;

    /// What lies between two points.
    private enum Style {
        /// A straight line.
        SLOPED,
        /// The value of the former, then a step.
        STEPPED
    }

    private static final class Line {
        final String name;
        final double[] xs;
        final double[] ys;
        final Style style;

        Line(String name, double[] xs, double[] ys, Style style) {
            this.style = style;
            this.name = name;
            this.xs = xs.clone();
            this.ys = ys.clone();
        }

        double end() {
            return ys[ys.length - 1];
        }
    }

    private final int columns;
    private final String xLabel;
    private final String format;
    private final List<Line> lines = new ArrayList<>();
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;

    /// @param columns how many columns of the terminal it may take
    /// @param xLabel what the x axis shows
    /// @param format how numbers at the y axis are written, such as `%.2f`
    Plot(int columns, String xLabel, String format) {
        this.columns = columns;
        this.xLabel = xLabel;
        this.format = format;
    }

    /// Adds a line, x ascending.
    Plot with(String name, double[] xs, double[] ys) {
        return with(new Line(name, xs, ys, Style.SLOPED));
    }

    /// Adds a line whose values hold until the next point.
    Plot withSteps(String name, double[] xs, double[] ys) {
        return with(new Line(name, xs, ys, Style.STEPPED));
    }

    private Plot with(Line line) {
        lines.add(line);
        for (double y : line.ys) {
            low = Math.min(low, y);
            high = Math.max(high, y);
        }
        return this;
    }

    /// Widens the y axis so that these values lie on it.
    Plot showing(double from, double to) {
        low = Math.min(low, from);
        high = Math.max(high, to);
        return this;
    }

    /// The plot's lines of text.
    ///
    /// @param colors whether the terminal can show them
    List<String> lines(boolean colors) {
        int labelWidth =
                IntStream.range(0, ROWS).map(row -> number(valueAt(row)).length()).max().orElse(0);
        Braille dots = new Braille(2 * (columns - labelWidth - 2 - NAME_WIDTH), 4 * ROWS);
        for (int i = 0; i < lines.size(); i++) {
            draw(lines.get(i), i, dots);
        }
        List<String> drawn = dots.lines(colors);
        List<String> text = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            boolean labeled = row == 0 || row == ROWS - 1 || row == ROWS / 2;
            String label = labeled ? number(valueAt(row)) : "";
            text.add(
                    DisplayWidth.right(label, labelWidth)
                            + (labeled ? " ┤" : " │")
                            + drawn.get(row)
                            + names(row, colors));
        }
        text.add(" ".repeat(labelWidth + 1) + "└" + "─".repeat(dots.width() / 2));
        text.add(" ".repeat(labelWidth + 2) + axis(dots.width() / 2));
        return text;
    }

    /// The value at a row of letters: the highest in the first, the lowest in the last.
    private double valueAt(int row) {
        return high - (high - low) * row / (ROWS - 1);
    }

    private String number(double value) {
        return String.format(Locale.ROOT, format, value).replaceFirst("^-(?=[0.]+$)", "");
    }

    private void draw(Line line, int ink, Braille dots) {
        int before = -1;
        for (int x = 0; x < dots.width(); x++) {
            double value = interpolated(line, x / (double) (dots.width() - 1));
            int y = dotY(value, dots);
            int from = before < 0 ? y : before < y ? before + 1 : before > y ? before - 1 : y;
            for (int at = Math.min(from, y); at <= Math.max(from, y); at++) {
                if (ink == 0 || (x + at) % 3 == 0) {
                    dots.dot(x, at, ink);
                }
            }
            before = y;
        }
    }

    private int dotY(double value, Braille dots) {
        double share = high > low ? (high - value) / (high - low) : 0.5;
        return (int) Math.round(share * (dots.height() - 1));
    }

    private double interpolated(Line line, double share) {
        double x = first() + share * (last() - first());
        double[] xs = line.xs;
        double[] ys = line.ys;
        int i = 0;
        while (i < xs.length - 2 && xs[i + 1] < x) {
            i++;
        }
        if (xs.length == 1 || x <= xs[i]) {
            return ys[i];
        }
        if (line.style == Style.STEPPED) {
            return x >= xs[i + 1] ? ys[i + 1] : ys[i];
        }
        double part = Math.min(1, (x - xs[i]) / (xs[i + 1] - xs[i]));
        return ys[i] + part * (ys[i + 1] - ys[i]);
    }

    private double first() {
        return lines.getFirst().xs[0];
    }

    private double last() {
        double[] xs = lines.getFirst().xs;
        return xs[xs.length - 1];
    }

    /// The names of the lines that end in a row of letters.
    private String names(int row, boolean colors) {
        StringBuilder names = new StringBuilder();
        int[] rows = rowsOfNames();
        for (int i = 0; i < lines.size(); i++) {
            if (rows[i] == row) {
                names.append(' ').append(Braille.named(lines.get(i).name, i, colors));
            }
        }
        return names.toString();
    }

    /// Each line's name stands where the line ends, the second one clear of the first.
    private int[] rowsOfNames() {
        int[] rows = new int[lines.size()];
        for (int i = 0; i < rows.length; i++) {
            double share = high > low ? (high - lines.get(i).end()) / (high - low) : 0.5;
            rows[i] = (int) Math.min(ROWS - 1, share * ROWS);
        }
        if (rows.length == 2 && rows[0] == rows[1]) {
            boolean firstAbove = lines.get(0).end() >= lines.get(1).end();
            int lower = firstAbove ? 1 : 0;
            if (rows[lower] == ROWS - 1) {
                rows[1 - lower]--;
            } else {
                rows[lower]++;
            }
        }
        return rows;
    }

    private String axis(int width) {
        String begin = trimmed(first());
        String end = trimmed(last());
        int gap = width - DisplayWidth.of(begin) - DisplayWidth.of(end) - DisplayWidth.of(xLabel);
        int before = Math.max(1, gap / 2);
        return begin + " ".repeat(before) + xLabel + " ".repeat(Math.max(1, gap - before)) + end;
    }

    private static String trimmed(double value) {
        return value == Math.rint(value)
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
