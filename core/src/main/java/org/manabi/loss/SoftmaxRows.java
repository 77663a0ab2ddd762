package org.manabi.loss;

/// `Σ_c q_c · (1 − p_c)^γ · (−log p_c)` of a row of logits z and a row of shares q, p = softmax(z):
/// cross-entropy for γ = 0, focal loss beyond.
record SoftmaxRows(double gamma) implements RowLosses.RowLoss {

    @Override
    public double value(double[][] rows) {
        double[] z = rows[0];
        double[] q = rows[1];
        double all = logSumExp(z);
        double loss = 0;
        for (int c = 0; c < z.length; c++) {
            if (q[c] != 0) {
                loss += q[c] * modulation(z[c] - all) * (all - z[c]);
            }
        }
        return loss;
    }

    /// `(1 − p)^γ`.
    private double modulation(double logP) {
        return gamma == 0 ? 1 : StrictMath.pow(-StrictMath.expm1(logP), gamma);
    }

    @Override
    public void slopes(double[][] rows, int by, double[] slopes) {
        double[] z = rows[0];
        double[] q = rows[1];
        double all = logSumExp(z);
        if (by == 1) {
            for (int c = 0; c < z.length; c++) {
                slopes[c] = modulation(z[c] - all) * (all - z[c]);
            }
            return;
        }
        double sum = 0;
        for (int c = 0; c < z.length; c++) {
            slopes[c] = q[c] == 0 ? 0 : q[c] * slopeByLog(z[c] - all);
            sum += slopes[c];
        }
        for (int c = 0; c < z.length; c++) {
            slopes[c] -= StrictMath.exp(z[c] - all) * sum;
        }
    }

    /// The derivative of `−(1 − p)^γ · log p` by log p.
    private double slopeByLog(double logP) {
        if (gamma == 0) {
            return -1;
        }
        double rest = -StrictMath.expm1(logP);
        if (rest == 0) {
            return 0;
        }
        double p = StrictMath.exp(logP);
        return StrictMath.pow(rest, gamma) * (gamma * p * logP / rest - 1);
    }

    /// `log Σ exp z`, with the maximum taken off first.
    static double logSumExp(double[] z) {
        double max = z[0];
        for (double value : z) {
            max = Math.max(max, value);
        }
        double sum = 0;
        for (double value : z) {
            sum += StrictMath.exp(value - max);
        }
        return max + StrictMath.log(sum);
    }
}
