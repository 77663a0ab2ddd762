package org.manabi.tensor.kernel;

/// A rectifier whose slope below 0 is learned, on the rows of a matrix; row i has the slope
/// `a[i mod slopes]`.
///
///     y = max(x, 0) + a·min(x, 0)
///     dx = dy where x > 0, else a·dy,   da = Σ dy·min(x, 0)
public final class PreluRows {

    private PreluRows() {}

    public static void apply(
            int rows,
            int columns,
            int slopes,
            float[] x,
            int xo,
            float[] a,
            int ao,
            float[] y,
            int yo) {
        for (int i = 0; i < rows; i++) {
            float slope = a[ao + i % slopes];
            for (int j = i * columns; j < (i + 1) * columns; j++) {
                float v = x[xo + j];
                y[yo + j] = Math.max(v, 0) + slope * Math.min(v, 0);
            }
        }
    }

    public static void inputGradient(
            int rows,
            int columns,
            int slopes,
            float[] x,
            int xo,
            float[] a,
            int ao,
            float[] dy,
            int dyo,
            float[] dx,
            int dxo) {
        for (int i = 0; i < rows; i++) {
            float slope = a[ao + i % slopes];
            for (int j = i * columns; j < (i + 1) * columns; j++) {
                float step = Math.max(Math.signum(x[xo + j]), 0);
                dx[dxo + j] = dy[dyo + j] * (step + slope * (1 - step));
            }
        }
    }

    /// Sums are kept in double, row after row.
    public static void slopeGradient(
            int rows,
            int columns,
            int slopes,
            float[] x,
            int xo,
            float[] dy,
            int dyo,
            float[] da,
            int dao) {
        for (int s = 0; s < slopes; s++) {
            double sum = 0;
            for (int i = s; i < rows; i += slopes) {
                for (int j = i * columns; j < (i + 1) * columns; j++) {
                    sum = Math.fma(dy[dyo + j], (double) Math.min(x[xo + j], 0), sum);
                }
            }
            da[dao + s] = (float) sum;
        }
    }

    public static void apply(
            int rows,
            int columns,
            int slopes,
            double[] x,
            int xo,
            double[] a,
            int ao,
            double[] y,
            int yo) {
        for (int i = 0; i < rows; i++) {
            double slope = a[ao + i % slopes];
            for (int j = i * columns; j < (i + 1) * columns; j++) {
                double v = x[xo + j];
                y[yo + j] = v > 0 ? v : slope * v;
            }
        }
    }

    public static void inputGradient(
            int rows,
            int columns,
            int slopes,
            double[] x,
            int xo,
            double[] a,
            int ao,
            double[] dy,
            int dyo,
            double[] dx,
            int dxo) {
        for (int i = 0; i < rows; i++) {
            double slope = a[ao + i % slopes];
            for (int j = i * columns; j < (i + 1) * columns; j++) {
                dx[dxo + j] = dy[dyo + j] * (x[xo + j] > 0 ? 1 : slope);
            }
        }
    }

    public static void slopeGradient(
            int rows,
            int columns,
            int slopes,
            double[] x,
            int xo,
            double[] dy,
            int dyo,
            double[] da,
            int dao) {
        for (int s = 0; s < slopes; s++) {
            double sum = 0;
            for (int i = s; i < rows; i += slopes) {
                for (int j = i * columns; j < (i + 1) * columns; j++) {
                    sum = Math.fma(dy[dyo + j], Math.min(x[xo + j], 0), sum);
                }
            }
            da[dao + s] = sum;
        }
    }
}
