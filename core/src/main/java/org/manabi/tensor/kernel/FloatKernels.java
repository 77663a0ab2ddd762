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

    /// The width that the system property `manabi.vector.bits` asks for.
    static int vectorBits(int preferred) {
        return Integer.getInteger("manabi.vector.bits", preferred);
    }
}
