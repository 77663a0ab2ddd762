package org.manabi.tensor.kernel;

/// The gradient of [FloatKernels#logSoftmaxRows].
public final class FloatLogSoftmax {

    private FloatLogSoftmax() {}

    /// `dx = fma(−eʸ, Σ dy, dy)` for each row, the sum by the fixed tree; dx is neither.
    public static void gradient(
            FloatKernels kernels,
            int rows,
            int columns,
            float[] y,
            int yo,
            float[] dy,
            int dyo,
            float[] dx,
            int dxo) {
        kernels.exp(rows * columns, y, yo, dx, dxo);
        for (int i = 0; i < rows; i++) {
            int row = i * columns;
            float sum = kernels.sum(columns, dy, dyo + row);
            for (int j = row; j < row + columns; j++) {
                dx[dxo + j] = Math.fma(-dx[dxo + j], sum, dy[dyo + j]);
            }
        }
    }
}
