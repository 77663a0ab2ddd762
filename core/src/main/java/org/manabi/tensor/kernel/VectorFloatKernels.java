package org.manabi.tensor.kernel;

import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Activation;
import org.manabi.tensor.Product;

/// The kernels on vectors of the Vector API, with the same bits as the plain loops.
///
/// Only to be loaded where the module `jdk.incubator.vector` is present.
final class VectorFloatKernels implements FloatKernels {

    @Override
    public int vectorBits() {
        return VectorWidth.SPECIES.vectorBitSize();
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
        VectorProduct.multiply(
                workers,
                layout,
                m,
                n,
                k,
                a,
                ao,
                b,
                bo,
                c,
                co,
                accumulation,
                bias,
                biasOffset,
                activation);
    }
}
