package org.manabi.loss;

/// `−Σ_c q_c · log(y_c + δ)` of a row of probabilities and a row of shares.
record LogRows(double delta) implements RowLosses.RowLoss {

    @Override
    public double value(double[][] rows) {
        double loss = 0;
        for (int c = 0; c < rows[0].length; c++) {
            if (rows[1][c] != 0) {
                loss -= rows[1][c] * StrictMath.log(rows[0][c] + delta);
            }
        }
        return loss;
    }

    @Override
    public void slopes(double[][] rows, int by, double[] slopes) {
        for (int c = 0; c < slopes.length; c++) {
            if (by == 1) {
                slopes[c] = -StrictMath.log(rows[0][c] + delta);
            } else {
                slopes[c] = rows[1][c] == 0 ? 0 : -rows[1][c] / (rows[0][c] + delta);
            }
        }
    }
}
