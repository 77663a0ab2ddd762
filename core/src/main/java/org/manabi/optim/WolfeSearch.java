package org.manabi.optim;

/// Looks along a direction for a point that is enough lower and enough flatter: the strong Wolfe
/// conditions with c₁ = 1e-4 and c₂ = 0.9, by doubling and then halving an interval.
///
/// Source: Nocedal and Wright, *Numerical Optimization* (2006), section 3.1 and algorithm 3.5.
final class WolfeSearch {

    private static final double LOWER = 1e-4;
    private static final double FLATTER = 0.9;
    private static final double GROWTH = 2.5;
    private static final int TRIALS = 60;

    /// Near the minimum values differ by rounding alone.
    private static final double ROUNDING = 2e-15;

    private final Objective objective;
    private int evaluations;

    /// The point, its gradient, and its value.
    final double[] x;

    final double[] gradient;
    double value;

    WolfeSearch(Objective objective, double[] start) {
        this.objective = objective;
        x = start.clone();
        gradient = new double[start.length];
        value = objective.at(x, gradient);
        evaluations = 1;
    }

    int evaluations() {
        return evaluations;
    }

    /// Goes to such a point, the last that was tried if there is none; `false` if the objective has no
    /// finite value anywhere near.
    boolean go(double[] direction, double firstLength) {
        double[] from = x.clone();
        double valueBefore = value;
        double slopeBefore = CurvaturePairs.dot(gradient, direction);
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double length = firstLength;
        for (int trial = 0; trial < TRIALS; trial++) {
            for (int i = 0; i < x.length; i++) {
                x[i] = from[i] + length * direction[i];
            }
            value = objective.at(x, gradient);
            evaluations++;
            double slope = CurvaturePairs.dot(gradient, direction);
            double bound =
                    valueBefore + LOWER * length * slopeBefore + ROUNDING * Math.abs(valueBefore);
            boolean finite = Double.isFinite(value) && Double.isFinite(slope);
            if (!finite || value > bound || slope > -FLATTER * slopeBefore) {
                high = length;
            } else if (slope < FLATTER * slopeBefore) {
                low = length;
            } else {
                return true;
            }
            if (Double.isInfinite(high)) {
                length *= GROWTH;
            } else {
                length = (low + high) / 2;
                if (high - low < 1e-16 * Math.max(1, high)) {
                    break;
                }
            }
        }
        return Double.isFinite(value);
    }
}
