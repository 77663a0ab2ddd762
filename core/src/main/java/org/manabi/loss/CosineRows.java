package org.manabi.loss;

/// `offset − cos(y, t)` of two rows; a row shorter than 1e-6 counts as that long.
record CosineRows(double offset) implements RowLosses.RowLoss {

    private static final double SHORTEST = 1e-6;

    @Override
    public double value(double[][] rows) {
        return offset - dot(rows[0], rows[1]) / (length(rows[0]) * length(rows[1]));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    private static double length(double[] a) {
        return Math.max(Math.sqrt(dot(a, a)), SHORTEST);
    }

    @Override
    public void slopes(double[][] rows, int by, double[] slopes) {
        double[] own = rows[by];
        double[] other = rows[1 - by];
        double product = length(own) * length(other);
        double cosine = dot(own, other) / product;
        boolean fixed = length(own) == SHORTEST;
        double square = length(own) * length(own);
        for (int k = 0; k < slopes.length; k++) {
            slopes[k] = (fixed ? 0 : cosine * own[k] / square) - other[k] / product;
        }
    }
}
