package org.manabi.board.lesson;

/// A digit in black and white, straightened, within the smallest box that holds its ink.
///
/// Handwriting leans; the picture is sheared back by the slope of its ink, so that rules may speak
/// of left and right.
final class Glyph {

    /// From this much ink on, a pixel counts as black.
    private static final double BLACK = 0.4;

    private final boolean[][] black;
    private final int left;
    private final int top;
    private final int width;
    private final int height;

    private Glyph(boolean[][] black) {
        this.black = black;
        int side = black.length;
        int right = 0;
        int bottom = 0;
        int minX = side - 1;
        int minY = side - 1;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                if (black[y][x]) {
                    minX = Math.min(minX, x);
                    minY = Math.min(minY, y);
                    right = Math.max(right, x);
                    bottom = Math.max(bottom, y);
                }
            }
        }
        left = Math.min(minX, right);
        top = Math.min(minY, bottom);
        width = right - left + 1;
        height = bottom - top + 1;
    }

    static Glyph of(GrayImage image) {
        int side = image.side();
        double slope = slope(image);
        boolean[][] black = new boolean[side][side];
        for (int y = 0; y < side; y++) {
            double shift = slope * (y - side / 2.0);
            for (int x = 0; x < side; x++) {
                black[y][x] = image.at(x + shift, y) >= BLACK;
            }
        }
        return new Glyph(black);
    }

    /// By how much the ink moves to the side from one row to the next: `Σ dx·dy / Σ dy²`.
    private static double slope(GrayImage image) {
        double ink = 0;
        double sumX = 0;
        double sumY = 0;
        double sumXY = 0;
        double sumYY = 0;
        for (int y = 0; y < image.side(); y++) {
            for (int x = 0; x < image.side(); x++) {
                double v = image.at(x, y);
                ink += v;
                sumX += v * x;
                sumY += v * y;
                sumXY += v * x * y;
                sumYY += v * y * y;
            }
        }
        double spread = ink * sumYY - sumY * sumY;
        return spread > 0 ? (ink * sumXY - sumX * sumY) / spread : 0;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /// Whether a pixel of the box is black, counted from its left upper corner; outside none is.
    boolean black(int x, int y) {
        int column = left + x;
        int row = top + y;
        return column >= 0
                && row >= 0
                && row < black.length
                && column < black.length
                && black[row][column];
    }
}
