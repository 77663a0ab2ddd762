package org.manabi.board.draw;

/// Brings a drawing into the form that MNIST's digits have: its ink fits a box of 20 × 20, and its
/// center of mass lies in the middle of 28 × 28.
///
/// Source: LeCun, Cortes, Burges, *The MNIST Database*: "the images were centered in a 28x28 image
/// by computing the center of mass of the pixels, and translating the image so as to position this
/// point at the center".
final class Centering {

    static final int SIDE = 28;

    private static final int BOX = 20;
    private static final int LEAST_INK = 16;

    private final byte[] ink;
    private final int width;
    private final int height;
    private int left;
    private int right = -1;
    private int top;
    private int bottom = -1;
    private double x;
    private double y;

    private Centering(int width, byte... ink) {
        this.ink = ink;
        this.width = width;
        this.height = ink.length / width;
        this.left = width;
        this.top = height;
    }

    /// The centered picture, 28 × 28 numbers 0 … 255; zeros if there is no ink.
    ///
    /// @param width of the drawing
    /// @param ink row by row, as unsigned bytes: 255 is ink, 0 is paper
    static double[] of(int width, byte... ink) {
        Centering drawing = new Centering(width, ink);
        drawing.measure();
        return drawing.right < 0 ? new double[SIDE * SIDE] : drawing.resample();
    }

    private int at(int column, int row) {
        int value = ink[row * width + column] & 0xFF;
        return value < LEAST_INK ? 0 : value;
    }

    /// Finds the box around the ink and its center of mass.
    private void measure() {
        double mass = 0;
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int value = at(column, row);
                if (value > 0) {
                    left = Math.min(left, column);
                    right = Math.max(right, column);
                    top = Math.min(top, row);
                    bottom = Math.max(bottom, row);
                    mass += value;
                    x += value * (column + 0.5);
                    y += value * (row + 0.5);
                }
            }
        }
        x /= mass;
        y /= mass;
    }

    /// Each pixel is the mean of the drawing over the area that it covers.
    private double[] resample() {
        double scale = Math.max(right - left + 1, bottom - top + 1) / (double) BOX;
        double[] picture = new double[SIDE * SIDE];
        for (int row = 0; row < SIDE; row++) {
            double from = y + (row - SIDE / 2.0) * scale;
            for (int column = 0; column < SIDE; column++) {
                double begin = x + (column - SIDE / 2.0) * scale;
                picture[row * SIDE + column] = mean(begin, begin + scale, from, from + scale);
            }
        }
        return picture;
    }

    private double mean(double x0, double x1, double y0, double y1) {
        double sum = 0;
        int lastRow = (int) Math.min(height - 1, Math.ceil(y1) - 1);
        int lastColumn = (int) Math.min(width - 1, Math.ceil(x1) - 1);
        for (int row = (int) Math.max(0, Math.floor(y0)); row <= lastRow; row++) {
            double tall = Math.min(y1, row + 1) - Math.max(y0, row);
            for (int column = (int) Math.max(0, Math.floor(x0)); column <= lastColumn; column++) {
                double wide = Math.min(x1, column + 1) - Math.max(x0, column);
                sum += at(column, row) * wide * tall;
            }
        }
        return sum / ((x1 - x0) * (y1 - y0));
    }
}
