package org.manabi.tensor.kernel;

import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Activation;
import org.manabi.tensor.Product;

/// The arithmetic of float32 arrays.
///
/// Results are the same bits whichever implementation runs, on however many threads: each method's
/// documentation fixes the order of its operations.
public sealed interface FloatKernels permits ScalarFloatKernels, VectorFloatKernels {

    /// The fastest kernels that this process can run.
    static FloatKernels best() {
        return BestFloatKernels.INSTANCE;
    }

    /// The width of the vectors in bits, 0 for plain loops.
    int vectorBits();

    /// `C[m, n] = f(A·B + bias)`, with the operand named in `layout` transposed, all row-major and
    /// dense.
    ///
    /// Each element is one chain of `fma(a, b, sum)` over k ascending that begins with 0 or with
    /// C's value, then `+ bias[j]` if there is a bias, then the activation.
    void product(
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
            Activation activation);

    /// `y = f(x)`; y may be x.
    ///
    /// RELU is `x ≤ 0 ? 0 : x`, so that NaN stays; sigmoid and tanh are those of [FloatMath].
    void activate(Activation activation, int n, float[] x, int xo, float[] y, int yo);

    /// `dz = dy·f′`, with f′ told from y; dz may be dy.
    ///
    /// RELU `y > 0 ? dy : 0`; SIGMOID `dy·(y·(1 − y))`; TANH `dy·fma(−y, y, 1)`.
    void activationGradient(
            Activation activation,
            int n,
            float[] y,
            int yo,
            float[] dy,
            int dyo,
            float[] dz,
            int dzo);

    /// `y = eˣ`, at most 0.89 ulp off; y may be x.
    void exp(int n, float[] x, int xo, float[] y, int yo);

    /// `y = ln x`, at most 0.80 ulp off; y may be x.
    void log(int n, float[] x, int xo, float[] y, int yo);

    /// `y = erf x`, at most 1.0 ulp off; y may be x.
    void erf(int n, float[] x, int xo, float[] y, int yo);

    /// `z = x + y`; z may be either.
    void add(int n, float[] x, int xo, float[] y, int yo, float[] z, int zo);

    /// `z = x − y`; z may be either.
    void subtract(int n, float[] x, int xo, float[] y, int yo, float[] z, int zo);

    /// `z = x·y`; z may be either.
    void multiply(int n, float[] x, int xo, float[] y, int yo, float[] z, int zo);

    /// `y = factor·x`; y may be x.
    void scale(int n, float factor, float[] x, int xo, float[] y, int yo);

    /// `y = fma(factor, x, y)`.
    void addScaled(int n, float factor, float[] x, int xo, float[] y, int yo);

    /// `x[i, j] += row[j]`.
    void addRow(int rows, int columns, float[] row, int ro, float[] x, int xo);

    /// `sums[j] = Σᵢ x[i, j]`, i ascending, beginning with 0 or with what is there.
    void columnSums(
            int rows,
            int columns,
            float[] x,
            int xo,
            float[] sums,
            int so,
            Accumulation accumulation);

    /// `Σ x` in the order of the fixed tree: 16 lanes begin with 0, lane i adds elements i, i + 16,
    /// i + 32 …; then lane i adds lane i + 8 (i < 8), i + 4 (i < 4), i + 2 (i < 2) and i + 1.
    float sum(int n, float[] x, int xo);

    /// `Σ x·y` in the order of the fixed tree, whose lanes add by `fma(x, y, lane)`.
    float dot(int n, float[] x, int xo, float[] y, int yo);

    /// The softmax of each row: `e = exp(x − max)`, `y = e / Σ e`, the sum by the fixed tree;
    /// y may be x.
    void softmaxRows(int rows, int columns, float[] x, int xo, float[] y, int yo);

    /// The logarithm of the softmax of each row: `d = x − max`, `y = d − ln Σ exp d`, the sum by
    /// the fixed tree; y is not x.
    void logSoftmaxRows(int rows, int columns, float[] x, int xo, float[] y, int yo);

    /// `dx = y·(dy − Σ dy·y)` for each row, the sum as [#dot]; dx may be dy.
    void softmaxRowsGradient(
            int rows, int columns, float[] y, int yo, float[] dy, int dyo, float[] dx, int dxo);

    /// Softmax and cross-entropy of each row of logits z with a label in 0 … columns − 1:
    /// `losses[i] = ln Σ exp(z − max) − (z[label] − max)`, and the softmax as [#softmaxRows] gives
    /// it; `probabilities` may be z.
    void softmaxCrossEntropyRows(
            int rows,
            int columns,
            float[] z,
            int zo,
            int[] labels,
            int lo,
            float[] losses,
            int losso,
            float[] probabilities,
            int po);

    /// `dz[i, j] = (p[i, j] − 1{j = label})·factors[i]`; dz may be p.
    void softmaxCrossEntropyRowsGradient(
            int rows,
            int columns,
            float[] p,
            int po,
            int[] labels,
            int lo,
            float[] factors,
            int fo,
            float[] dz,
            int dzo);

    /// `y = x / divisor`, with x unsigned.
    void divide(int n, byte[] x, int xo, float divisor, float[] y, int yo);

    /// `θ = fma(−rate, g, θ)`.
    void sgd(int n, float rate, float[] g, int go, float[] theta, int to);

    /// `v = fma(momentum, v, −(rate·g))`, `θ += v`.
    void momentum(
            int n,
            float rate,
            float momentum,
            float[] g,
            int go,
            float[] v,
            int vo,
            float[] theta,
            int to);

    /// `s = rate·g`, `v = fma(momentum, v, −s)`, `θ += fma(momentum, v, −s)`.
    void nesterov(
            int n,
            float rate,
            float momentum,
            float[] g,
            int go,
            float[] v,
            int vo,
            float[] theta,
            int to);

    /// Adam, with the bias corrections in `rate = η/(1 − β₁ᵗ)` and `scale = 1/√(1 − β₂ᵗ)`:
    ///
    ///     m = fma(β₁, m, (1 − β₁)·g)
    ///     v = fma(β₂, v, ((1 − β₂)·g)·g)
    ///     θ = θ − (rate·m) / fma(√v, scale, ε)
    ///
    /// where 1 − β is taken in double before it is rounded.
    void adam(
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
            int to);

    /// The width that the system property `manabi.vector.bits` asks for.
    static int vectorBits(int preferred) {
        return Integer.getInteger("manabi.vector.bits", preferred);
    }
}
