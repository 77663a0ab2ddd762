package org.manabi.formats.png;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.manabi.formats.png.Canvas.Anchor;
import org.manabi.formats.png.Ruler.Ends;
import org.manabi.formats.png.Ruler.Tick;

/// Draws one chart within its part of a canvas.
final class ChartPainter {

    private static final double PADDING = 22;
    private static final double TITLE_SIZE = 17;
    private static final double TEXT_SIZE = 12.5;
    private static final double LINE = 2.2;
    private static final double LABEL_DISTANCE = 16;

    private final Chart chart;
    private final Canvas canvas;
    private final Ruler rulerX;
    private final Ruler rulerY;
    private final double left;
    private final double right;
    private final double top;
    private final double bottom;

    private ChartPainter(Chart chart, Canvas canvas, double offset, double left, double right) {
        this.chart = chart;
        this.canvas = canvas;
        this.left = left;
        this.right = right;
        top = offset + header(chart);
        bottom = offset + chart.height() - PADDING - 16 - (chart.x().label().isEmpty() ? 0 : 20);
        rulerX = ruler(chart, chart.x(), Series::xs, Ends.TIGHT, (int) ((right - left) / 90));
        rulerY = rulerY(chart);
    }

    static Picture paint(List<Chart> charts) {
        double width = charts.stream().mapToInt(Chart::width).max().orElse(1);
        double height = charts.stream().mapToInt(Chart::height).sum();
        Canvas canvas = new Canvas(width, height);
        double left = charts.stream().mapToDouble(ChartPainter::leftMargin).max().orElse(0);
        double right = charts.stream().mapToDouble(ChartPainter::rightMargin).max().orElse(0);
        double offset = 0;
        for (Chart chart : charts) {
            new ChartPainter(chart, canvas, offset, left, width - right).paint(offset);
            offset += chart.height();
        }
        return canvas.picture();
    }

    private static double header(Chart chart) {
        return PADDING
                + (chart.title().isEmpty() ? 0 : TITLE_SIZE + 4)
                + (chart.subtitle().isEmpty() ? 0 : TEXT_SIZE + 7)
                + (chart.y().label().isEmpty() ? 10 : TEXT_SIZE + 24);
    }

    private static double leftMargin(Chart chart) {
        double widest =
                rulerY(chart).ticks().stream()
                        .mapToDouble(tick -> Font.REGULAR.width(tick.label(), TEXT_SIZE))
                        .max()
                        .orElse(0);
        return PADDING + widest + 10;
    }

    private static double rightMargin(Chart chart) {
        double widest =
                chart.series().stream()
                        .mapToDouble(series -> Font.MEDIUM.width(series.name(), TEXT_SIZE))
                        .max()
                        .orElse(0);
        return PADDING + (widest > 0 ? widest + 12 : 0);
    }

    private static Ruler rulerY(Chart chart) {
        return ruler(chart, chart.y(), Series::ys, Ends.ROUND, Math.max(2, chart.height() / 75));
    }

    private static Ruler ruler(
            Chart chart, Axis axis, Function<Series, double[]> values, Ends ends, int wanted) {
        double[] drawn =
                chart.series().stream()
                        .flatMapToDouble(series -> DoubleStream.of(values.apply(series)))
                        .filter(Double::isFinite)
                        .filter(value -> axis.scale() == Axis.Scale.LINEAR || value > 0)
                        .toArray();
        double smallest = Arrays.stream(drawn).min().orElse(axis.low().orElse(1));
        double largest = Arrays.stream(drawn).max().orElse(axis.high().orElse(10));
        return Ruler.of(axis, smallest, largest, ends, wanted);
    }

    private double x(double value) {
        return left + rulerX.place(value) * (right - left);
    }

    /// Values outside the axis are drawn at its end.
    private double y(double value) {
        double place = rulerY.place(value);
        return Double.isFinite(place)
                ? bottom - Math.clamp(place, -0.02, 1.02) * (bottom - top)
                : Double.NaN;
    }

    private void paint(double offset) {
        titles(offset + PADDING);
        axes();
        markers();
        for (int i = 0; i < chart.series().size(); i++) {
            series(chart.series().get(i), Ink.ofSeries(i));
        }
        names();
    }

    private void titles(double offset) {
        double y = offset;
        if (!chart.title().isEmpty()) {
            y += TITLE_SIZE - 2;
            text(chart.title(), PADDING, y, Anchor.LEFT, Font.MEDIUM, TITLE_SIZE, Ink.TEXT);
            y += 6;
        }
        if (!chart.subtitle().isEmpty()) {
            y += TEXT_SIZE + 3;
            label(chart.subtitle(), PADDING, y, Anchor.LEFT, Ink.FAINT_TEXT);
        }
    }

    private void axes() {
        for (Tick tick : rulerY.ticks()) {
            double y = y(tick.value());
            canvas.line(left, y, right, y, 1, Ink.GRID);
            label(tick.label(), left - 9, y + 4.3, Anchor.RIGHT, Ink.FAINT_TEXT);
        }
        canvas.line(left, bottom, right, bottom, 1, Ink.AXIS);
        for (Tick tick : rulerX.ticks()) {
            double x = x(tick.value());
            canvas.line(x, bottom, x, bottom + 5, 1, Ink.AXIS);
            label(tick.label(), x, bottom + 19, Anchor.MIDDLE, Ink.FAINT_TEXT);
        }
        label(chart.y().label(), PADDING, top - 15, Anchor.LEFT, Ink.FAINT_TEXT);
        label(chart.x().label(), (left + right) / 2, bottom + 39, Anchor.MIDDLE, Ink.FAINT_TEXT);
    }

    private void markers() {
        for (Chart.Marker marker : chart.markers()) {
            double x = x(marker.x());
            canvas.dashed(x, top, bottom, 1.2, Ink.FAINT_TEXT);
            double width = Font.REGULAR.width(marker.label(), TEXT_SIZE);
            double start = x + 8 + width < right ? x + 8 : x - 8 - width;
            canvas.rectangle(start - 3, top + 3, width + 6, TEXT_SIZE + 5, Ink.WHITE);
            label(marker.label(), start, top + 15, Anchor.LEFT, Ink.TEXT);
        }
    }

    private void series(Series series, Ink ink) {
        double[] xs = DoubleStream.of(series.xs()).map(this::x).toArray();
        double[] ys = DoubleStream.of(series.ys()).map(this::y).toArray();
        switch (series.style()) {
            case LINE -> canvas.polyline(xs, ys, LINE, ink);
            case STEPS -> steps(xs, ys, ink);
            case POINTS -> {
                for (int i = 0; i < xs.length; i++) {
                    if (!Double.isNaN(ys[i])) {
                        canvas.disc(xs[i], ys[i], 2.5, ink, 0.6);
                    }
                }
            }
        }
    }

    private void steps(double[] xs, double[] ys, Ink ink) {
        double[] cornersX = new double[2 * xs.length - 1];
        double[] cornersY = new double[2 * xs.length - 1];
        for (int i = 0; i < cornersX.length; i++) {
            cornersX[i] = xs[(i + 1) / 2];
            cornersY[i] = ys[i / 2];
        }
        canvas.polyline(cornersX, cornersY, LINE, ink);
    }

    /// A series' name and the height at which it stands.
    private record Name(String text, double y, Ink ink) {}

    /// Names the series at the right, each at the height of its last point but clear of the others.
    private void names() {
        List<Name> names = new ArrayList<>();
        for (int i = 0; i < chart.series().size(); i++) {
            Series series = chart.series().get(i);
            if (!series.name().isEmpty()) {
                names.add(new Name(series.name(), lastHeight(series), Ink.ofSeries(i)));
            }
        }
        names.sort(Comparator.comparingDouble(Name::y));
        double[] heights = above(apart(names.stream().mapToDouble(Name::y).toArray()), bottom);
        for (int i = 0; i < heights.length; i++) {
            Name name = names.get(i);
            text(
                    name.text(),
                    right + 10,
                    heights[i] + 4.3,
                    Anchor.LEFT,
                    Font.MEDIUM,
                    TEXT_SIZE,
                    name.ink());
        }
    }

    private double lastHeight(Series series) {
        for (int i = series.ys().length - 1; i >= 0; i--) {
            double y = y(series.ys()[i]);
            if (!Double.isNaN(y)) {
                return y;
            }
        }
        return bottom;
    }

    /// Moves ascending heights apart until neighbors have the distance that labels need.
    private static double[] apart(double[] heights) {
        for (int round = 0; round < 100; round++) {
            for (int i = 1; i < heights.length; i++) {
                double lack = LABEL_DISTANCE - (heights[i] - heights[i - 1]);
                if (lack > 0) {
                    heights[i - 1] -= lack / 2;
                    heights[i] += lack / 2;
                }
            }
        }
        return heights;
    }

    /// Moves ascending heights up until none lies below the axis, where its numbers stand.
    private static double[] above(double[] heights, double axis) {
        double limit = axis;
        for (int i = heights.length - 1; i >= 0; i--) {
            heights[i] = Math.min(heights[i], limit);
            limit = heights[i] - LABEL_DISTANCE;
        }
        return heights;
    }

    private void label(String text, double x, double y, Anchor anchor, Ink ink) {
        text(text, x, y, anchor, Font.REGULAR, TEXT_SIZE, ink);
    }

    private void text(
            String text, double x, double y, Anchor anchor, Font font, double size, Ink ink) {
        canvas.text(text, x, y, anchor, font, size, ink);
    }
}
