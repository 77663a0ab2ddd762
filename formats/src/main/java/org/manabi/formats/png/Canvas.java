package org.manabi.formats.png;

import java.util.Arrays;

/// A white sheet to draw on, in units of which `scale` pixels make one; y points downwards.
final class Canvas {

    /// Where a text lies relative to the given point.
    enum Anchor {
        LEFT,
        MIDDLE,
        RIGHT
    }

    /// Pixels per unit: pictures are sharp on dense screens.
    static final double SCALE = 2;

    private final int width;
    private final int height;
    private final byte[] rgb;

    Canvas(double width, double height) {
        this.width = (int) Math.round(width * SCALE);
        this.height = (int) Math.round(height * SCALE);
        rgb = new byte[3 * this.width * this.height];
        Arrays.fill(rgb, (byte) 255);
    }

    Picture picture() {
        return Picture.ofRgb(width, height, rgb);
    }

    void rectangle(double x, double y, double w, double h, Ink ink) {
        Outline outline = new Outline();
        outline.moveTo(x * SCALE, y * SCALE)
                .lineTo((x + w) * SCALE, y * SCALE)
                .lineTo((x + w) * SCALE, (y + h) * SCALE)
                .lineTo(x * SCALE, (y + h) * SCALE);
        paint(outline.coverage(width, height), ink, 1);
    }

    /// A line through points with round joins; NaN breaks it.
    void polyline(double[] xs, double[] ys, double thickness, Ink ink) {
        double margin = thickness + 1;
        Coverage coverage =
                Coverage.around(
                        (min(xs) - margin) * SCALE,
                        (min(ys) - margin) * SCALE,
                        (max(xs) + margin) * SCALE,
                        (max(ys) + margin) * SCALE,
                        width,
                        height);
        for (int i = 0; i < xs.length; i++) {
            int next = Math.min(i + 1, xs.length - 1);
            if (Double.isNaN(ys[i])) {
                continue;
            }
            int to = Double.isNaN(ys[next]) ? i : next;
            coverage.stroke(
                    xs[i] * SCALE,
                    ys[i] * SCALE,
                    xs[to] * SCALE,
                    ys[to] * SCALE,
                    thickness * SCALE);
        }
        paint(coverage, ink, 1);
    }

    void line(double x0, double y0, double x1, double y1, double thickness, Ink ink) {
        polyline(new double[] {x0, x1}, new double[] {y0, y1}, thickness, ink);
    }

    void dashed(double x, double y0, double y1, double thickness, Ink ink) {
        for (double y = y0; y < y1; y += 6) {
            line(x, y, x, Math.min(y + 2.5, y1), thickness, ink);
        }
    }

    void disc(double x, double y, double radius, Ink ink, double opacity) {
        double reach = radius + 1;
        Coverage coverage =
                Coverage.around(
                        (x - reach) * SCALE,
                        (y - reach) * SCALE,
                        (x + reach) * SCALE,
                        (y + reach) * SCALE,
                        width,
                        height);
        coverage.stroke(x * SCALE, y * SCALE, x * SCALE, y * SCALE, 2 * radius * SCALE);
        paint(coverage, ink, opacity);
    }

    void text(String text, double x, double y, Anchor anchor, Font font, double size, Ink ink) {
        double shift =
                switch (anchor) {
                    case LEFT -> 0;
                    case MIDDLE -> font.width(text, size) / 2;
                    case RIGHT -> font.width(text, size);
                };
        Outline outline = font.outline(text, (x - shift) * SCALE, y * SCALE, size * SCALE);
        paint(outline.coverage(width, height), ink, 1);
    }

    /// Copies grey pixels, each as a square of `side` pixels of this canvas.
    void pixels(byte[] grey, int columns, int rows, double x, double y, int side) {
        int left = (int) Math.round(x * SCALE);
        int top = (int) Math.round(y * SCALE);
        for (int row = 0; row < rows * side; row++) {
            for (int column = 0; column < columns * side; column++) {
                byte value = grey[row / side * columns + column / side];
                int at = 3 * ((top + row) * width + left + column);
                Arrays.fill(rgb, at, at + 3, value);
            }
        }
    }

    private void paint(Coverage coverage, Ink ink, double opacity) {
        for (int y = 0; y < coverage.height; y++) {
            for (int x = 0; x < coverage.width; x++) {
                double part = coverage.at(x, y) * opacity;
                if (part > 0) {
                    int at = 3 * ((coverage.top + y) * width + coverage.left + x);
                    blend(at, ink.red(), part);
                    blend(at + 1, ink.green(), part);
                    blend(at + 2, ink.blue(), part);
                }
            }
        }
    }

    private void blend(int at, int value, double part) {
        int old = rgb[at] & 0xFF;
        rgb[at] = (byte) Math.round(old + (value - old) * part);
    }

    private static double min(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).min().orElse(0);
    }

    private static double max(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).max().orElse(0);
    }
}
