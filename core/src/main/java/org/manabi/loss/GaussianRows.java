package org.manabi.loss;

/// `(1/K) Σₖ ½(log v + (μ − t)²/v)` of a row of K means and K variances and a row of K targets.
record GaussianRows(double leastVariance) implements RowLosses.RowLoss {

    @Override
    public double value(double[][] rows) {
        int columns = rows[1].length;
        double loss = 0;
        for (int k = 0; k < columns; k++) {
            double v = Math.max(rows[0][columns + k], leastVariance);
            double error = rows[0][k] - rows[1][k];
            loss += 0.5 * (StrictMath.log(v) + error * error / v);
        }
        return loss / columns;
    }

    @Override
    public void slopes(double[][] rows, int by, double[] slopes) {
        int columns = rows[1].length;
        for (int k = 0; k < columns; k++) {
            double v = Math.max(rows[0][columns + k], leastVariance);
            double error = rows[0][k] - rows[1][k];
            if (by == 1) {
                slopes[k] = -error / v / columns;
            } else {
                slopes[k] = error / v / columns;
                slopes[columns + k] = 0.5 * (1 / v - error * error / (v * v)) / columns;
            }
        }
    }
}
