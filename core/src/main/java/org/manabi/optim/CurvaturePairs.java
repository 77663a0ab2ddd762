package org.manabi.optim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/// What L-BFGS knows of the curvature: the last few steps s and changes of the gradient y.
final class CurvaturePairs {

    private final int memory;
    private final Deque<double[]> steps = new ArrayDeque<>();
    private final Deque<double[]> changes = new ArrayDeque<>();

    CurvaturePairs(int memory) {
        this.memory = memory;
    }

    boolean isEmpty() {
        return steps.isEmpty();
    }

    void clear() {
        steps.clear();
        changes.clear();
    }

    /// Remembers a pair if the curvature along the step is positive beyond rounding.
    void add(double[] step, double[] change) {
        double lengths = Math.sqrt(dot(step, step)) * Math.sqrt(dot(change, change));
        if (dot(step, change) <= 1e-16 * lengths) {
            return;
        }
        steps.addLast(step);
        changes.addLast(change);
        if (steps.size() > memory) {
            steps.removeFirst();
            changes.removeFirst();
        }
    }

    /// `−H·g`, with H the inverse curvature: the two-loop recursion.
    ///
    /// Source: Nocedal and Wright, *Numerical Optimization* (2006), algorithm 7.4.
    double[] direction(double[] gradient) {
        double[] q = gradient.clone();
        double[] alphas = new double[steps.size()];
        Iterator<double[]> step = steps.descendingIterator();
        Iterator<double[]> change = changes.descendingIterator();
        for (int i = alphas.length - 1; i >= 0; i--) {
            double[] s = step.next();
            double[] y = change.next();
            alphas[i] = dot(s, q) / dot(s, y);
            addScaled(-alphas[i], y, q);
        }
        double scale =
                isEmpty()
                        ? 1
                        : dot(steps.getLast(), changes.getLast())
                                / dot(changes.getLast(), changes.getLast());
        for (int i = 0; i < q.length; i++) {
            q[i] *= scale;
        }
        step = steps.iterator();
        change = changes.iterator();
        for (double alpha : alphas) {
            double[] s = step.next();
            double[] y = change.next();
            addScaled(alpha - dot(y, q) / dot(s, y), s, q);
        }
        for (int i = 0; i < q.length; i++) {
            q[i] = -q[i];
        }
        return q;
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void addScaled(double factor, double[] x, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * x[i];
        }
    }
}
