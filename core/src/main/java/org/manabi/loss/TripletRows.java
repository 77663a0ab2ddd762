package org.manabi.loss;

/// `max(0, |a − p| − |a − n| + m)` of three rows; 1e-6 is added to every difference.
record TripletRows(double margin) implements RowLosses.RowLoss {

    private static final double APART = 1e-6;

    @Override
    public double value(double[][] rows) {
        return Math.max(0, distance(rows[0], rows[1]) - distance(rows[0], rows[2]) + margin);
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            double difference = a[k] - b[k] + APART;
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    @Override
    public void slopes(double[][] rows, int by, double[] slopes) {
        boolean within = value(rows) > 0;
        double near = distance(rows[0], rows[1]);
        double far = distance(rows[0], rows[2]);
        for (int k = 0; k < slopes.length; k++) {
            double toNear = (rows[0][k] - rows[1][k] + APART) / near;
            double toFar = (rows[0][k] - rows[2][k] + APART) / far;
            double slope = by == 0 ? toNear - toFar : by == 1 ? -toNear : toFar;
            slopes[k] = within ? slope : 0;
        }
    }
}
