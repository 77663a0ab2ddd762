package org.manabi.formats.png;

/// How much of each pixel a shape covers, 0 … 1, in a rectangle around it.
///
/// Filled shapes are exact: each edge adds, to every pixel that it crosses, the area to its right
/// within the pixel's row, and a running sum along the row makes that the covered area. Strokes use
/// the distance from the pixel's center to the nearest line.
///
/// Source: the accumulation buffer of R. Levien, *font-rs* (2016).
final class Coverage {

    final int left;
    final int top;
    final int width;
    final int height;
    private final float[] values;

    private Coverage(int left, int top, int width, int height) {
        this.left = left;
        this.top = top;
        this.width = width;
        this.height = height;
        values = new float[(width + 2) * height];
    }

    /// An empty coverage of the pixels that a rectangle touches, within a canvas.
    static Coverage around(
            double left,
            double top,
            double right,
            double bottom,
            int canvasWidth,
            int canvasHeight) {
        int x = (int) Math.max(0, Math.floor(left));
        int y = (int) Math.max(0, Math.floor(top));
        int width = (int) Math.min(canvasWidth, Math.ceil(right)) - x;
        int height = (int) Math.min(canvasHeight, Math.ceil(bottom)) - y;
        return new Coverage(x, y, Math.max(0, width), Math.max(0, height));
    }

    float at(int x, int y) {
        return values[y * (width + 2) + x];
    }

    /// Adds one edge of a contour; [#sumUp] is called once, after all of them.
    void edge(double fromX, double fromY, double toX, double toY) {
        if (fromY == toY || width == 0) {
            return;
        }
        double sign = fromY < toY ? 1 : -1;
        double upperX = (sign > 0 ? fromX : toX) - left;
        double upperY = Math.min(fromY, toY) - top;
        double lowerY = Math.max(fromY, toY) - top;
        double slope = (toX - fromX) / (toY - fromY);
        int last = (int) Math.min(height, Math.ceil(lowerY));
        for (int row = (int) Math.max(0, Math.floor(upperY)); row < last; row++) {
            double y0 = Math.max(row, upperY);
            double y1 = Math.min(row + 1, lowerY);
            if (y1 > y0) {
                double x0 = Math.clamp(upperX + (y0 - upperY) * slope, 0, width);
                double x1 = Math.clamp(upperX + (y1 - upperY) * slope, 0, width);
                span(row, Math.min(x0, x1), Math.max(x0, x1), sign * (y1 - y0));
            }
        }
    }

    /// Spreads an edge that crosses part of a row, from `x0` to `x1`, over the pixels it crosses.
    private void span(int row, double x0, double x1, double area) {
        int base = row * (width + 2);
        int first = (int) x0;
        int last = (int) Math.max(first, Math.ceil(x1) - 1);
        double before = 0; // the covered part of the area at the right end of the last pixel
        for (int pixel = first; pixel <= last; pixel++) {
            double covered = area * averageRight(pixel, x0, x1);
            values[base + pixel] += (float) (covered - before);
            before = covered;
        }
        values[base + last + 1] += (float) (area - before);
    }

    /// The average over the edge of the pixel's part that lies right of it.
    private static double averageRight(int pixel, double x0, double x1) {
        double end = pixel + 1;
        if (x1 - x0 < 1e-9) {
            return end - x0;
        }
        double a = Math.clamp(x0, pixel, end);
        double b = Math.clamp(x1, pixel, end);
        double inside = (b - a) * (end - (a + b) / 2); // crossing this pixel
        double before = a - x0; // to the left of it, where all of the pixel lies to the right
        return (inside + before) / (x1 - x0);
    }

    void sumUp() {
        for (int row = 0; row < height; row++) {
            float sum = 0;
            for (int i = row * (width + 2); i < (row + 1) * (width + 2); i++) {
                sum += values[i];
                values[i] = Math.min(1, Math.abs(sum));
            }
        }
    }

    /// Adds a line with round ends; lines of one coverage that overlap are not painted twice.
    void stroke(double x0, double y0, double x1, double y1, double thickness) {
        double reach = thickness / 2 + 0.5;
        int firstRow = (int) Math.max(0, Math.floor(Math.min(y0, y1) - reach - top));
        int lastRow = (int) Math.min(height - 1, Math.ceil(Math.max(y0, y1) + reach - top));
        double dx = x1 - x0;
        double dy = y1 - y0;
        double square = dx * dx + dy * dy;
        for (int row = firstRow; row <= lastRow; row++) {
            double y = top + row + 0.5;
            double[] ends = crossing(x0, y0, x1, y1, y - reach - 0.5, y + reach + 0.5);
            int first = (int) Math.max(0, Math.floor(ends[0] - reach - left));
            int last = (int) Math.min(width - 1, Math.ceil(ends[1] + reach - left));
            for (int column = first; column <= last; column++) {
                double x = left + column + 0.5;
                double along =
                        square == 0
                                ? 0
                                : Math.clamp(((x - x0) * dx + (y - y0) * dy) / square, 0, 1);
                double distance = Math.hypot(x - x0 - along * dx, y - y0 - along * dy);
                float value = (float) Math.clamp(reach - distance, 0, 1);
                int at = row * (width + 2) + column;
                values[at] = Math.max(values[at], value);
            }
        }
    }

    /// The smallest and the largest x of a line between two heights.
    private static double[] crossing(
            double x0, double y0, double x1, double y1, double above, double below) {
        if (y0 == y1) {
            return new double[] {Math.min(x0, x1), Math.max(x0, x1)};
        }
        double slope = (x1 - x0) / (y1 - y0);
        double low = Math.min(y0, y1);
        double high = Math.max(y0, y1);
        double a = x0 + (Math.clamp(above, low, high) - y0) * slope;
        double b = x0 + (Math.clamp(below, low, high) - y0) * slope;
        return new double[] {Math.min(a, b), Math.max(a, b)};
    }
}
