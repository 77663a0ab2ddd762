package org.manabi.loss;

/// `1 − (I + s) / (I + αF + βM + s)` of a row, with I = Σ yt, F = Σ y(1 − t), M = Σ (1 − y)t.
record TverskyRows(double alpha, double beta, double smooth) implements RowLosses.RowLoss {

    @Override
    public double value(double[][] rows) {
        return 1 - (overlap(rows) + smooth) / divisor(rows);
    }

    private static double overlap(double[][] rows) {
        double sum = 0;
        for (int k = 0; k < rows[0].length; k++) {
            sum += rows[0][k] * rows[1][k];
        }
        return sum;
    }

    private double divisor(double[][] rows) {
        double falsely = 0;
        double missed = 0;
        for (int k = 0; k < rows[0].length; k++) {
            falsely += rows[0][k] * (1 - rows[1][k]);
            missed += (1 - rows[0][k]) * rows[1][k];
        }
        return overlap(rows) + alpha * falsely + beta * missed + smooth;
    }

    @Override
    public void slopes(double[][] rows, int by, double[] slopes) {
        double above = overlap(rows) + smooth;
        double below = divisor(rows);
        double[] other = rows[1 - by];
        double own = by == 0 ? alpha : beta; // what this input's excess costs
        double others = by == 0 ? beta : alpha;
        for (int k = 0; k < slopes.length; k++) {
            double slopeBelow = other[k] + own * (1 - other[k]) - others * other[k];
            slopes[k] = (above * slopeBelow - below * other[k]) / (below * below);
        }
    }
}
