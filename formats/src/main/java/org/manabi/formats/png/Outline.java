package org.manabi.formats.png;

import java.util.Arrays;

/// Closed contours of straight lines and quadratic curves, which are split into lines as they are
/// added.
final class Outline {

    private static final int CURVE_STEPS = 8;

    /// Lines of four numbers: from x, y, to x, y.
    private double[] lines = new double[64];

    private int count;
    private double startX;
    private double startY;
    private double x;
    private double y;

    Outline moveTo(double toX, double toY) {
        close();
        startX = toX;
        startY = toY;
        x = toX;
        y = toY;
        return this;
    }

    Outline lineTo(double toX, double toY) {
        if (count + 4 > lines.length) {
            lines = Arrays.copyOf(lines, 2 * lines.length);
        }
        lines[count++] = x;
        lines[count++] = y;
        lines[count++] = toX;
        lines[count++] = toY;
        x = toX;
        y = toY;
        return this;
    }

    Outline curveTo(double controlX, double controlY, double toX, double toY) {
        double fromX = x;
        double fromY = y;
        for (int step = 1; step <= CURVE_STEPS; step++) {
            double t = (double) step / CURVE_STEPS;
            double s = 1 - t;
            lineTo(
                    s * s * fromX + 2 * s * t * controlX + t * t * toX,
                    s * s * fromY + 2 * s * t * controlY + t * t * toY);
        }
        return this;
    }

    private void close() {
        if (x != startX || y != startY) {
            lineTo(startX, startY);
        }
    }

    /// Paints the inside of the contours; where they overlap, it is painted once.
    Coverage coverage(int width, int height) {
        close();
        double left = Double.POSITIVE_INFINITY;
        double top = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i += 2) {
            left = Math.min(left, lines[i]);
            right = Math.max(right, lines[i]);
            top = Math.min(top, lines[i + 1]);
            bottom = Math.max(bottom, lines[i + 1]);
        }
        Coverage coverage = Coverage.around(left, top, right, bottom, width, height);
        for (int i = 0; i < count; i += 4) {
            coverage.edge(lines[i], lines[i + 1], lines[i + 2], lines[i + 3]);
        }
        coverage.sumUp();
        return coverage;
    }
}
