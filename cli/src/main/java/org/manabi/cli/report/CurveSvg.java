package org.manabi.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/// Lines over a number, drawn as SVG within a page.
final class CurveSvg {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 240;
    private static final int LEFT = 56;
    private static final int BOTTOM = 30;
    private static final int TOP = 12;
    private static final int RIGHT = 12;
    private static final int TICKS = 4;

    private final String title;
    private final List<Line> lines = new ArrayList<>();

    /// One line.
    private record Line(String name, String style, List<Point> points) {}

    /// A point of a line.
    record Point(double x, double y) {}

    CurveSvg(String title) {
        this.title = title;
    }

    /// Adds a line; points that are not finite are left out.
    ///
    /// @param style a class of the page's style sheet
    CurveSvg with(String name, String style, List<Point> points) {
        List<Point> finite =
                points.stream()
                        .filter(point -> Double.isFinite(point.x()) && Double.isFinite(point.y()))
                        .toList();
        if (!finite.isEmpty()) {
            lines.add(new Line(name, style, finite));
        }
        return this;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    String draw() {
        double minX = values(Point::x).min().orElse(0);
        double maxX = Math.max(values(Point::x).max().orElse(0), minX + 1e-9);
        double minY = values(Point::y).min().orElse(0);
        double maxY = Math.max(values(Point::y).max().orElse(0), minY + 1e-9);
        StringBuilder svg = new StringBuilder();
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<figure><figcaption>%s</figcaption><svg viewBox=\"0 0 %d %d\" role=\"img\""
                                + " aria-label=\"%s\">%n",
                        Html.text(title),
                        WIDTH,
                        HEIGHT,
                        Html.text(title)));
        for (int i = 0; i <= TICKS; i++) {
            double value = minY + (maxY - minY) * i / TICKS;
            double y = y(value, minY, maxY);
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<path class=\"grid\" d=\"M%d %.1fH%d\"/><text class=\"y\" x=\"%d\""
                                    + " y=\"%.1f\">%.4g</text>%n",
                            LEFT,
                            y,
                            WIDTH - RIGHT,
                            LEFT - 6,
                            y + 4,
                            value));
            double at = minX + (maxX - minX) * i / TICKS;
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<text class=\"x\" x=\"%.1f\" y=\"%d\">%.4g</text>%n",
                            x(at, minX, maxX),
                            HEIGHT - BOTTOM + 18,
                            at));
        }
        for (Line line : lines) {
            StringBuilder path = new StringBuilder();
            for (Point point : line.points()) {
                path.append(path.isEmpty() ? 'M' : 'L')
                        .append(
                                String.format(
                                        Locale.ROOT,
                                        "%.1f %.1f",
                                        x(point.x(), minX, maxX),
                                        y(point.y(), minY, maxY)));
            }
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<path class=\"line %s\" d=\"%s\"><title>%s</title></path>%n",
                            line.style(),
                            path,
                            Html.text(line.name())));
        }
        svg.append("</svg><p class=\"legend\">");
        for (Line line : lines) {
            svg.append("<span class=\"")
                    .append(line.style())
                    .append("\">")
                    .append(Html.text(line.name()))
                    .append("</span> ");
        }
        return svg.append("</p></figure>\n").toString();
    }

    private DoubleStream values(ToDoubleFunction<Point> coordinate) {
        return lines.stream().flatMap(line -> line.points().stream()).mapToDouble(coordinate);
    }

    private static double x(double value, double min, double max) {
        return LEFT + (value - min) / (max - min) * (WIDTH - LEFT - RIGHT);
    }

    private static double y(double value, double min, double max) {
        return HEIGHT - BOTTOM - (value - min) / (max - min) * (HEIGHT - TOP - BOTTOM);
    }
}
