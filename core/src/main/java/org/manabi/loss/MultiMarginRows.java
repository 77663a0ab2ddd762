package org.manabi.loss;

/// `(1/K) Σ_{c≠t} max(0, m − z_t + z_c)^p` of a row of scores and a row whose greatest number is at t.
record MultiMarginRows(double margin, int power) implements RowLosses.RowLoss {

    @Override
    public double value(double[][] rows) {
        int right = right(rows[1]);
        double loss = 0;
        for (int c = 0; c < rows[0].length; c++) {
            double below = Math.max(0, margin - rows[0][right] + rows[0][c]);
            loss += c == right ? 0 : power == 1 ? below : below * below;
        }
        return loss * rows[1][right] / rows[0].length;
    }

    private static int right(double[] row) {
        int best = 0;
        for (int c = 1; c < row.length; c++) {
            if (row[c] > row[best]) {
                best = c;
            }
        }
        return best;
    }

    @Override
    public void slopes(double[][] rows, int by, double[] slopes) {
        int right = right(rows[1]);
        double weight = rows[1][right] / rows[0].length;
        double sum = 0;
        for (int c = 0; c < slopes.length; c++) {
            double below = Math.max(0, margin - rows[0][right] + rows[0][c]);
            double slope = below == 0 ? 0 : power == 1 ? 1 : 2 * below;
            slopes[c] = c == right ? 0 : weight * slope;
            sum += slopes[c];
        }
        slopes[right] = -sum;
    }
}
