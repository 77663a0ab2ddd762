package org.manabi.loss;

/// `−Σ_c q_c · y_c` of two rows.
record DotRows() implements RowLosses.RowLoss {

    @Override
    public double value(double[][] rows) {
        double loss = 0;
        for (int c = 0; c < rows[0].length; c++) {
            if (rows[1][c] != 0) {
                loss -= rows[1][c] * rows[0][c];
            }
        }
        return loss;
    }

    @Override
    public void slopes(double[][] rows, int by, double[] slopes) {
        for (int c = 0; c < slopes.length; c++) {
            slopes[c] = -rows[1 - by][c];
        }
    }
}
