package org.manabi.tensor.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Activation;
import org.manabi.tensor.Product;

/// The kernels as plain loops: the specification of the vector kernels, and what runs where the
/// vector module is absent. Inner loops have the form that the JIT compiler vectorizes by itself.
final class ScalarFloatKernels implements FloatKernels {

    @Override
    public int vectorBits() {
        return 0;
    }

    @Override
    public void product(
            Workers workers,
            Product layout,
            int m,
            int n,
            int k,
            float[] a,
            int ao,
            float[] b,
            int bo,
            float[] c,
            int co,
            Accumulation accumulation,
            float @Nullable [] bias,
            int biasOffset,
            Activation activation) {
        if (accumulation == Accumulation.OVERWRITE) {
            Arrays.fill(c, co, co + m * n, 0);
        }
        ScalarProduct.add(workers, layout, m, n, k, a, ao, b, bo, c, co);
        if (bias != null) {
            addRow(m, n, bias, biasOffset, c, co);
        }
        activate(activation, m * n, c, co, c, co);
    }

    @Override
    public void addScaled(int n, float factor, float[] x, int xo, float[] y, int yo) {
        ScalarProduct.addScaled(n, factor, x, xo, y, yo);
    }

    @Override
    public void activate(Activation activation, int n, float[] x, int xo, float[] y, int yo) {
        switch (activation) {
            case IDENTITY -> System.arraycopy(x, xo, y, yo, n);
            case RELU -> {
                for (int i = 0; i < n; i++) {
                    float value = x[xo + i];
                    y[yo + i] = value <= 0 ? 0 : value;
                }
            }
            case SIGMOID -> {
                for (int i = 0; i < n; i++) {
                    y[yo + i] = FloatMath.sigmoid(x[xo + i]);
                }
            }
            case TANH -> {
                for (int i = 0; i < n; i++) {
                    y[yo + i] = FloatMath.tanh(x[xo + i]);
                }
            }
        }
    }

    @Override
    public void activationGradient(
            Activation activation,
            int n,
            float[] y,
            int yo,
            float[] dy,
            int dyo,
            float[] dz,
            int dzo) {
        switch (activation) {
            case IDENTITY -> System.arraycopy(dy, dyo, dz, dzo, n);
            case RELU -> {
                for (int i = 0; i < n; i++) {
                    dz[dzo + i] = y[yo + i] > 0 ? dy[dyo + i] : 0;
                }
            }
            case SIGMOID -> {
                for (int i = 0; i < n; i++) {
                    float out = y[yo + i];
                    dz[dzo + i] = dy[dyo + i] * (out * (1 - out));
                }
            }
            case TANH -> {
                for (int i = 0; i < n; i++) {
                    float out = y[yo + i];
                    dz[dzo + i] = dy[dyo + i] * Math.fma(-out, out, 1);
                }
            }
        }
    }

    @Override
    public void exp(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = FloatMath.exp(x[xo + i]);
        }
    }

    @Override
    public void log(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = FloatMath.log(x[xo + i]);
        }
    }

    @Override
    public void erf(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = FloatMath.erf(x[xo + i]);
        }
    }

    @Override
    public void add(int n, float[] x, int xo, float[] y, int yo, float[] z, int zo) {
        for (int i = 0; i < n; i++) {
            z[zo + i] = x[xo + i] + y[yo + i];
        }
    }

    @Override
    public void subtract(int n, float[] x, int xo, float[] y, int yo, float[] z, int zo) {
        for (int i = 0; i < n; i++) {
            z[zo + i] = x[xo + i] - y[yo + i];
        }
    }

    @Override
    public void multiply(int n, float[] x, int xo, float[] y, int yo, float[] z, int zo) {
        for (int i = 0; i < n; i++) {
            z[zo + i] = x[xo + i] * y[yo + i];
        }
    }

    @Override
    public void scale(int n, float factor, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = factor * x[xo + i];
        }
    }

    @Override
    public void addRow(int rows, int columns, float[] row, int ro, float[] x, int xo) {
        for (int i = 0; i < rows; i++) {
            add(columns, x, xo + i * columns, row, ro, x, xo + i * columns);
        }
    }

    @Override
    public void columnSums(
            int rows,
            int columns,
            float[] x,
            int xo,
            float[] sums,
            int so,
            Accumulation accumulation) {
        if (accumulation == Accumulation.OVERWRITE) {
            Arrays.fill(sums, so, so + columns, 0);
        }
        for (int i = 0; i < rows; i++) {
            add(columns, sums, so, x, xo + i * columns, sums, so);
        }
    }

    @Override
    public float sum(int n, float[] x, int xo) {
        return sum(n, x, xo, 0, 1);
    }

    /// The part of the fixed tree above lanes `lane`, `lane + step`, `lane + 2·step` …
    private static float sum(int n, float[] x, int xo, int lane, int step) {
        if (lane >= n) {
            return 0;
        }
        if (step < 16) {
            return sum(n, x, xo, lane, 2 * step) + sum(n, x, xo, lane + step, 2 * step);
        }
        float sum = 0;
        for (int i = lane; i < n; i += 16) {
            sum += x[xo + i];
        }
        return sum;
    }

    @Override
    public float dot(int n, float[] x, int xo, float[] y, int yo) {
        return dot(n, x, xo, y, yo, 0, 1);
    }

    private static float dot(int n, float[] x, int xo, float[] y, int yo, int lane, int step) {
        if (step < 16) {
            return dot(n, x, xo, y, yo, lane, 2 * step)
                    + dot(n, x, xo, y, yo, lane + step, 2 * step);
        }
        float sum = 0;
        for (int i = lane; i < n; i += 16) {
            sum = Math.fma(x[xo + i], y[yo + i], sum);
        }
        return sum;
    }

    @Override
    public void softmaxRows(int rows, int columns, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < rows; i++) {
            int to = yo + i * columns;
            subtractMax(columns, x, xo + i * columns, y, to);
            normalizeExp(columns, y, to);
        }
    }

    private static void subtractMax(int n, float[] x, int xo, float[] y, int yo) {
        float max = max(n, x, xo);
        for (int j = 0; j < n; j++) {
            y[yo + j] = x[xo + j] - max;
        }
    }

    private static float max(int n, float[] x, int xo) {
        float max = Float.NEGATIVE_INFINITY;
        for (int j = 0; j < n; j++) {
            max = Math.max(max, x[xo + j]);
        }
        return max;
    }

    /// `y = exp(y) / Σ exp(y)`; returns the sum.
    private float normalizeExp(int n, float[] y, int yo) {
        exp(n, y, yo, y, yo);
        float sum = sum(n, y, yo);
        for (int j = 0; j < n; j++) {
            y[yo + j] /= sum;
        }
        return sum;
    }

    @Override
    public void logSoftmaxRows(int rows, int columns, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < rows; i++) {
            int to = yo + i * columns;
            subtractMax(columns, x, xo + i * columns, y, to);
            float log = FloatMath.log(sumOfExp(columns, y, to, 0, 1));
            for (int j = 0; j < columns; j++) {
                y[to + j] -= log;
            }
        }
    }

    private static float sumOfExp(int n, float[] x, int xo, int lane, int step) {
        if (lane >= n) {
            return 0;
        }
        if (step < 16) {
            return sumOfExp(n, x, xo, lane, 2 * step) + sumOfExp(n, x, xo, lane + step, 2 * step);
        }
        float sum = 0;
        for (int i = lane; i < n; i += 16) {
            sum += FloatMath.exp(x[xo + i]);
        }
        return sum;
    }

    @Override
    public void softmaxRowsGradient(
            int rows, int columns, float[] y, int yo, float[] dy, int dyo, float[] dx, int dxo) {
        for (int i = 0; i < rows; i++) {
            int row = i * columns;
            float dot = dot(columns, dy, dyo + row, y, yo + row);
            for (int j = row; j < row + columns; j++) {
                dx[dxo + j] = y[yo + j] * (dy[dyo + j] - dot);
            }
        }
    }

    @Override
    public void softmaxCrossEntropyRows(
            int rows,
            int columns,
            float[] z,
            int zo,
            int[] labels,
            int lo,
            float[] losses,
            int losso,
            float[] probabilities,
            int po) {
        for (int i = 0; i < rows; i++) {
            int to = po + i * columns;
            subtractMax(columns, z, zo + i * columns, probabilities, to);
            float own = probabilities[to + labels[lo + i]];
            losses[losso + i] = FloatMath.log(normalizeExp(columns, probabilities, to)) - own;
        }
    }

    @Override
    public void softmaxCrossEntropyRowsGradient(
            int rows,
            int columns,
            float[] p,
            int po,
            int[] labels,
            int lo,
            float[] factors,
            int fo,
            float[] dz,
            int dzo) {
        for (int i = 0; i < rows; i++) {
            int row = i * columns;
            int label = row + labels[lo + i];
            float factor = factors[fo + i];
            float own = (p[po + label] - 1) * factor;
            scale(columns, factor, p, po + row, dz, dzo + row);
            dz[dzo + label] = own;
        }
    }

    @Override
    public void divide(int n, byte[] x, int xo, float divisor, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = (x[xo + i] & 0xFF) / divisor;
        }
    }

    @Override
    public void sgd(int n, float rate, float[] g, int go, float[] theta, int to) {
        addScaled(n, -rate, g, go, theta, to);
    }

    @Override
    public void momentum(
            int n,
            float rate,
            float momentum,
            float[] g,
            int go,
            float[] v,
            int vo,
            float[] theta,
            int to) {
        for (int i = 0; i < n; i++) {
            float velocity = Math.fma(momentum, v[vo + i], -(rate * g[go + i]));
            v[vo + i] = velocity;
            theta[to + i] += velocity;
        }
    }

    @Override
    public void nesterov(
            int n,
            float rate,
            float momentum,
            float[] g,
            int go,
            float[] v,
            int vo,
            float[] theta,
            int to) {
        for (int i = 0; i < n; i++) {
            float step = -(rate * g[go + i]);
            float velocity = Math.fma(momentum, v[vo + i], step);
            v[vo + i] = velocity;
            theta[to + i] += Math.fma(momentum, velocity, step);
        }
    }

    @Override
    public void adam(
            int n,
            float rate,
            double beta1,
            double beta2,
            float scale,
            float epsilon,
            float[] g,
            int go,
            float[] m,
            int mo,
            float[] v,
            int vo,
            float[] theta,
            int to) {
        float keepFirst = (float) beta1;
        float addFirst = (float) (1 - beta1);
        float keepSecond = (float) beta2;
        float addSecond = (float) (1 - beta2);
        for (int i = 0; i < n; i++) {
            float gradient = g[go + i];
            float first = Math.fma(keepFirst, m[mo + i], addFirst * gradient);
            float second = Math.fma(keepSecond, v[vo + i], addSecond * gradient * gradient);
            m[mo + i] = first;
            v[vo + i] = second;
            float root = (float) Math.sqrt(second);
            theta[to + i] -= rate * first / Math.fma(root, scale, epsilon);
        }
    }
}
