package org.manabi.loss;

/// `max(0, 1 + maxₖ (1 − tₖ)zₖ − Σₖ tₖzₖ)` of a row.
record CategoricalHingeRows() implements RowLosses.RowLoss {

    @Override
    public double value(double[][] rows) {
        double right = 0;
        for (int k = 0; k < rows[0].length; k++) {
            right += rows[0][k] * rows[1][k];
        }
        int rival = rival(rows);
        return Math.max(0, 1 + (1 - rows[1][rival]) * rows[0][rival] - right);
    }

    private static int rival(double[][] rows) {
        int best = 0;
        for (int k = 1; k < rows[0].length; k++) {
            if ((1 - rows[1][k]) * rows[0][k] > (1 - rows[1][best]) * rows[0][best]) {
                best = k;
            }
        }
        return best;
    }

    @Override
    public void slopes(double[][] rows, int by, double[] slopes) {
        boolean within = value(rows) > 0;
        int rival = rival(rows);
        for (int k = 0; k < slopes.length; k++) {
            slopes[k] = within ? -rows[1 - by][k] : 0;
        }
        if (within) {
            slopes[rival] += by == 0 ? 1 - rows[1][rival] : -rows[0][rival];
        }
    }
}
