package org.manabi.tensor.kernel;

/// Each row of a matrix brought to one number, and its gradient.
public final class RowPooling {

    private RowPooling() {}

    /// The means, their sums by the fixed tree.
    public static void means(
            FloatKernels kernels, int rows, int columns, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < rows; i++) {
            y[yo + i] = kernels.sum(columns, x, xo + i * columns) / columns;
        }
    }

    /// The means.
    public static void means(int rows, int columns, double[] x, int xo, double[] y, int yo) {
        for (int i = 0; i < rows; i++) {
            double sum = 0;
            for (int j = 0; j < columns; j++) {
                sum += x[xo + i * columns + j];
            }
            y[yo + i] = sum / columns;
        }
    }

    public static void meansGradient(
            int rows, int columns, float[] dy, int dyo, float[] dx, int dxo) {
        for (int i = 0; i < rows; i++) {
            int from = dxo + i * columns;
            java.util.Arrays.fill(dx, from, from + columns, dy[dyo + i] / columns);
        }
    }

    public static void meansGradient(
            int rows, int columns, double[] dy, int dyo, double[] dx, int dxo) {
        for (int i = 0; i < rows; i++) {
            int from = dxo + i * columns;
            java.util.Arrays.fill(dx, from, from + columns, dy[dyo + i] / columns);
        }
    }

    /// The first of the largest of each row, a NaN before any number, and where it is.
    public static void maxima(
            int rows, int columns, float[] x, int xo, float[] y, int yo, int[] winners, int wo) {
        for (int i = 0; i < rows; i++) {
            int row = xo + i * columns;
            int winner = 0;
            for (int j = 1; j < columns; j++) {
                float most = x[row + winner];
                if (!(x[row + j] <= most) && !Float.isNaN(most)) {
                    winner = j;
                }
            }
            winners[wo + i] = winner;
            y[yo + i] = x[row + winner];
        }
    }

    /// The first of the largest of each row, a NaN before any number, and where it is.
    public static void maxima(
            int rows, int columns, double[] x, int xo, double[] y, int yo, int[] winners, int wo) {
        for (int i = 0; i < rows; i++) {
            int row = xo + i * columns;
            int winner = 0;
            for (int j = 1; j < columns; j++) {
                double most = x[row + winner];
                if (!(x[row + j] <= most) && !Double.isNaN(most)) {
                    winner = j;
                }
            }
            winners[wo + i] = winner;
            y[yo + i] = x[row + winner];
        }
    }

    public static void maximaGradient(
            int rows,
            int columns,
            int[] winners,
            int wo,
            float[] dy,
            int dyo,
            float[] dx,
            int dxo) {
        java.util.Arrays.fill(dx, dxo, dxo + rows * columns, 0);
        for (int i = 0; i < rows; i++) {
            dx[dxo + i * columns + winners[wo + i]] = dy[dyo + i];
        }
    }

    public static void maximaGradient(
            int rows,
            int columns,
            int[] winners,
            int wo,
            double[] dy,
            int dyo,
            double[] dx,
            int dxo) {
        java.util.Arrays.fill(dx, dxo, dxo + rows * columns, 0);
        for (int i = 0; i < rows; i++) {
            dx[dxo + i * columns + winners[wo + i]] = dy[dyo + i];
        }
    }
}
