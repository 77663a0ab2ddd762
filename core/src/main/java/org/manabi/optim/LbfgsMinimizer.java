package org.manabi.optim;

import org.manabi.tensor.Checks;

/// Minimizes a smooth function to the last digits by L-BFGS with a line search: for full batches, least
/// squares and convex problems of up to some thousand numbers, in double. For mini-batches see [Lbfgs].
///
/// Numbers of very different sizes, as in physical models, are brought to one size first: each is
/// measured in units of its own starting value.
///
/// Source: Liu and Nocedal, *On the limited memory BFGS method for large scale optimization* (1989).
///
/// @param memory how many steps' curvature is remembered, at least 1
/// @param iterations the most steps taken, at least 1
/// @param tolerance it ends when a step changes no number by more than this part of itself
/// @param scaling the units of the numbers
public record LbfgsMinimizer(int memory, int iterations, double tolerance, Scaling scaling) {

    /// The units in which numbers are measured.
    public enum Scaling {
        /// As they are.
        NONE,
        /// By their starting values; those that start at 0 as they are.
        BY_START
    }

    /// Twenty steps remembered, 5 000 iterations, to 1e-13 of each number, scaled by the start.
    public static final LbfgsMinimizer DEFAULTS =
            new LbfgsMinimizer(20, 5_000, 1e-13, Scaling.BY_START);

    public LbfgsMinimizer {
        Checks.require(memory >= 1, "memory %d is not at least 1", memory);
        Checks.require(iterations >= 1, "%d iterations are not at least 1", iterations);
        Settings.requirePositive("tolerance", tolerance);
    }

    /// Goes from `x` to a minimum near it, and leaves it in `x`.
    ///
    /// @throws org.manabi.tensor.ShapeException if the objective is not finite at the start
    public Minimum minimize(Objective objective, double[] x) {
        double[] units = new double[x.length];
        double[] scaled = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            units[i] = scaling == Scaling.BY_START && x[i] != 0 ? Math.abs(x[i]) : 1;
            scaled[i] = x[i] / units[i];
        }
        WolfeSearch search =
                new WolfeSearch(
                        (at, gradient) -> {
                            multiply(at, units, x);
                            double value = objective.at(x, gradient);
                            multiply(gradient, units, gradient);
                            return value;
                        },
                        scaled);
        Checks.require(
                Double.isFinite(search.value), "the objective at the start is %s", search.value);
        Minimum minimum = descend(search);
        multiply(search.x, units, x);
        return minimum;
    }

    private Minimum descend(WolfeSearch search) {
        CurvaturePairs pairs = new CurvaturePairs(memory);
        for (int iteration = 1; iteration <= iterations; iteration++) {
            double[] direction = pairs.direction(search.gradient);
            if (!pairs.isEmpty() && CurvaturePairs.dot(direction, search.gradient) >= 0) {
                pairs.clear();
                direction = pairs.direction(search.gradient);
            }
            double[] from = search.x.clone();
            double[] gradient = search.gradient.clone();
            double value = search.value;
            double firstLength = pairs.isEmpty() ? Math.min(1, 1 / sumOfSizes(gradient)) : 1;
            if (!search.go(direction, firstLength)) {
                return new Minimum(value, iteration, search.evaluations(), false);
            }
            double change = largestChange(from, search.x);
            if (change == 0 && !pairs.isEmpty()) {
                pairs.clear(); // once more, along the gradient itself
                continue;
            }
            if (change < tolerance) {
                return new Minimum(search.value, iteration, search.evaluations(), true);
            }
            pairs.add(difference(search.x, from), difference(search.gradient, gradient));
        }
        return new Minimum(search.value, iterations, search.evaluations(), false);
    }

    private static void multiply(double[] a, double[] b, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = a[i] * b[i];
        }
    }

    private static double[] difference(double[] a, double[] b) {
        double[] difference = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            difference[i] = a[i] - b[i];
        }
        return difference;
    }

    private static double sumOfSizes(double[] x) {
        double sum = 0;
        for (double value : x) {
            sum += Math.abs(value);
        }
        return sum;
    }

    private static double largestChange(double[] from, double[] to) {
        double largest = 0;
        for (int i = 0; i < to.length; i++) {
            double size = Math.max(Math.abs(to[i]), Double.MIN_NORMAL);
            largest = Math.max(largest, Math.abs(to[i] - from[i]) / size);
        }
        return largest;
    }
}
