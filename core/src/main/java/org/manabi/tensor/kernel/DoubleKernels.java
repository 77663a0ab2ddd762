package org.manabi.tensor.kernel;

import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Activation;
import org.manabi.tensor.Product;

/// The arithmetic in double: the truth that gradients are checked against. Plain loops in the order
/// that the float kernels keep too, with `StrictMath` for the transcendental functions.
public final class DoubleKernels {

    private DoubleKernels() {}

    /// `C[m, n] = f(op(A)·op(B) + bias)`, each element one chain of `fma` over k ascending.
    public static void product(
            Product product,
            int m,
            int n,
            int k,
            double[] a,
            int ao,
            double[] b,
            int bo,
            double[] c,
            int co,
            double @Nullable [] bias,
            int biasOffset,
            Activation activation) {
        for (int i = 0; i < m; i++) {
            int row = co + i * n;
            java.util.Arrays.fill(c, row, row + n, 0);
            switch (product) {
                case AB -> {
                    for (int p = 0; p < k; p++) {
                        axpy(n, a[ao + i * k + p], b, bo + p * n, c, row);
                    }
                }
                case ATB -> {
                    for (int p = 0; p < k; p++) {
                        axpy(n, a[ao + p * m + i], b, bo + p * n, c, row);
                    }
                }
                case ABT -> {
                    for (int j = 0; j < n; j++) {
                        c[row + j] = dot(k, a, ao + i * k, b, bo + j * k);
                    }
                }
            }
            if (bias != null) {
                for (int j = 0; j < n; j++) {
                    c[row + j] += bias[biasOffset + j];
                }
            }
        }
        activate(activation, m * n, c, co, c, co);
    }

    private static void axpy(int n, double factor, double[] x, int xo, double[] y, int yo) {
        for (int j = 0; j < n; j++) {
            y[yo + j] = Math.fma(factor, x[xo + j], y[yo + j]);
        }
    }

    private static double dot(int k, double[] a, int ao, double[] b, int bo) {
        double sum = 0;
        for (int p = 0; p < k; p++) {
            sum = Math.fma(a[ao + p], b[bo + p], sum);
        }
        return sum;
    }

    public static void activate(
            Activation activation, int n, double[] x, int xo, double[] y, int yo) {
        switch (activation) {
            case IDENTITY -> System.arraycopy(x, xo, y, yo, n);
            case RELU -> {
                for (int i = 0; i < n; i++) {
                    y[yo + i] = Math.max(x[xo + i], 0);
                }
            }
            case SIGMOID -> {
                for (int i = 0; i < n; i++) {
                    y[yo + i] = 1 / (1 + StrictMath.exp(-x[xo + i]));
                }
            }
            case TANH -> {
                for (int i = 0; i < n; i++) {
                    y[yo + i] = StrictMath.tanh(x[xo + i]);
                }
            }
        }
    }

    /// `dz = dy · f′`, f′ from y; dz may be dy.
    public static void activationGradient(
            Activation activation,
            int n,
            double[] y,
            int yo,
            double[] dy,
            int dyo,
            double[] dz,
            int dzo) {
        for (int i = 0; i < n; i++) {
            double out = y[yo + i];
            double slope =
                    switch (activation) {
                        case IDENTITY -> 1;
                        case RELU -> out > 0 ? 1 : 0;
                        case SIGMOID -> out * (1 - out);
                        case TANH -> 1 - out * out;
                    };
            dz[dzo + i] = dy[dyo + i] * slope;
        }
    }

    /// `out[j] = Σᵢ x[i, j]`, i ascending.
    public static void columnSums(int rows, int columns, double[] x, int xo, double[] out, int oo) {
        java.util.Arrays.fill(out, oo, oo + columns, 0);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                out[oo + j] += x[xo + i * columns + j];
            }
        }
    }

    /// `y += x`.
    public static void add(int n, double[] x, int xo, double[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] += x[xo + i];
        }
    }

    /// Softmax of each row; y may be x.
    public static void softmax(int rows, int columns, double[] x, int xo, double[] y, int yo) {
        for (int i = 0; i < rows; i++) {
            int from = xo + i * columns;
            int to = yo + i * columns;
            double max = max(columns, x, from);
            double sum = 0;
            for (int j = 0; j < columns; j++) {
                double e = StrictMath.exp(x[from + j] - max);
                y[to + j] = e;
                sum += e;
            }
            for (int j = 0; j < columns; j++) {
                y[to + j] /= sum;
            }
        }
    }

    /// `dx = y ⊙ (dy − Σ dy ⊙ y)` for each row.
    public static void softmaxGradient(
            int rows, int columns, double[] y, int yo, double[] dy, int dyo, double[] dx, int dxo) {
        for (int i = 0; i < rows; i++) {
            int row = i * columns;
            double dot = dot(columns, dy, dyo + row, y, yo + row);
            for (int j = 0; j < columns; j++) {
                dx[dxo + row + j] = y[yo + row + j] * (dy[dyo + row + j] - dot);
            }
        }
    }

    /// The logarithm of the softmax of each row; y may be x.
    public static void logSoftmax(int rows, int columns, double[] x, int xo, double[] y, int yo) {
        for (int i = 0; i < rows; i++) {
            int from = xo + i * columns;
            double max = max(columns, x, from);
            double sum = 0;
            for (int j = 0; j < columns; j++) {
                sum += StrictMath.exp(x[from + j] - max);
            }
            double log = StrictMath.log(sum);
            for (int j = 0; j < columns; j++) {
                y[yo + i * columns + j] = x[from + j] - max - log;
            }
        }
    }

    /// `dx = dy − exp(y) · Σ dy` for each row; dx may be dy.
    public static void logSoftmaxGradient(
            int rows, int columns, double[] y, int yo, double[] dy, int dyo, double[] dx, int dxo) {
        for (int i = 0; i < rows; i++) {
            int row = i * columns;
            double sum = 0;
            for (int j = 0; j < columns; j++) {
                sum += dy[dyo + row + j];
            }
            for (int j = 0; j < columns; j++) {
                dx[dxo + row + j] = dy[dyo + row + j] - StrictMath.exp(y[yo + row + j]) * sum;
            }
        }
    }

    /// For each row: `losses[i] = log Σ exp z − z[label]`, and the softmax into `probabilities`.
    public static void softmaxCrossEntropy(
            int rows,
            int columns,
            double[] z,
            int zo,
            int[] labels,
            int lo,
            double[] losses,
            int losso,
            double[] probabilities,
            int po) {
        for (int i = 0; i < rows; i++) {
            int from = zo + i * columns;
            double max = max(columns, z, from);
            double sum = 0;
            for (int j = 0; j < columns; j++) {
                double e = StrictMath.exp(z[from + j] - max);
                probabilities[po + i * columns + j] = e;
                sum += e;
            }
            for (int j = 0; j < columns; j++) {
                probabilities[po + i * columns + j] /= sum;
            }
            losses[losso + i] = StrictMath.log(sum) - (z[from + labels[lo + i]] - max);
        }
    }

    /// `dz = (p − 1{label}) · upstream` for each row.
    public static void softmaxCrossEntropyGradient(
            int rows,
            int columns,
            double[] probabilities,
            int po,
            int[] labels,
            int lo,
            double[] upstream,
            int uo,
            double[] dz,
            int dzo) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double p = probabilities[po + i * columns + j];
                double error = j == labels[lo + i] ? p - 1 : p;
                dz[dzo + i * columns + j] = error * upstream[uo + i];
            }
        }
    }

    private static double max(int n, double[] x, int xo) {
        double max = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < n; j++) {
            max = Math.max(max, x[xo + j]);
        }
        return max;
    }

    /// `θ −= η g`.
    public static void sgd(int n, double[] theta, int to, double[] g, int go, double rate) {
        for (int i = 0; i < n; i++) {
            theta[to + i] = Math.fma(-rate, g[go + i], theta[to + i]);
        }
    }

    /// `v = μ v − η g`, `θ += v`.
    public static void momentum(
            int n,
            double[] theta,
            int to,
            double[] g,
            int go,
            double[] v,
            int vo,
            double rate,
            double momentum) {
        for (int i = 0; i < n; i++) {
            double velocity = momentum * v[vo + i] - rate * g[go + i];
            v[vo + i] = velocity;
            theta[to + i] += velocity;
        }
    }

    /// `s = η·g`, `v = μ·v − s`, `θ += μ·v − s`.
    public static void nesterov(
            int n,
            double[] theta,
            int to,
            double[] g,
            int go,
            double[] v,
            int vo,
            double rate,
            double momentum) {
        for (int i = 0; i < n; i++) {
            double step = rate * g[go + i];
            double velocity = momentum * v[vo + i] - step;
            v[vo + i] = velocity;
            theta[to + i] += momentum * velocity - step;
        }
    }

    /// `m = β₁m + (1−β₁)g`, `v = β₂v + (1−β₂)g²`, `θ −= rate · m / (√v · scale + ε)`, where the
    /// caller puts the bias corrections into `rate = η/(1−β₁ᵗ)` and `scale = 1/√(1−β₂ᵗ)`.
    public static void adam(
            int n,
            double[] theta,
            int to,
            double[] g,
            int go,
            double[] m,
            int mo,
            double[] v,
            int vo,
            double rate,
            double beta1,
            double beta2,
            double scale,
            double epsilon) {
        for (int i = 0; i < n; i++) {
            double gradient = g[go + i];
            double first = beta1 * m[mo + i] + (1 - beta1) * gradient;
            double second = beta2 * v[vo + i] + (1 - beta2) * gradient * gradient;
            m[mo + i] = first;
            v[vo + i] = second;
            theta[to + i] -= rate * first / (Math.sqrt(second) * scale + epsilon);
        }
    }
}
