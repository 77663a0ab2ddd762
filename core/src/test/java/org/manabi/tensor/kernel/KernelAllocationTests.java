package org.manabi.tensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.manabi.Allocation;
import org.manabi.tensor.Activation;
import org.manabi.tensor.Product;
import org.manabi.tensor.Window;

/// What the kernels leave to the garbage collector in a JVM that has run nothing else: after many
/// shapes and all errors the JIT compiler compiles the same code differently.
class KernelAllocationTests {

    private static final FloatKernels KERNELS = FloatKernels.best();
    private static final Window SAME =
            new Window(new Window.Axis(3, 1, 1, 1, 1), new Window.Axis(3, 1, 1, 1, 1));

    @Test
    void aSteadyProductAllocatesNothing() {
        float[] a = numbers(128 * 256, 1);
        float[] b = numbers(256 * 128, 2);
        float[] c = new float[128 * 128];
        Workers workers = Workers.of(2);
        Runnable product =
                () ->
                        KERNELS.product(
                                workers,
                                Product.ATB,
                                128,
                                128,
                                256,
                                a,
                                0,
                                b,
                                0,
                                c,
                                0,
                                Accumulation.OVERWRITE,
                                a,
                                0,
                                Activation.RELU);
        assumeTrue(KERNELS.vectorBits() > 0, "the plain loops make a small object per product");
        assertThat(Allocation.onceCompiled(0, product)).isZero();
    }

    /// A vector that the JIT compiler makes an object would show here, and cost most of the speed.
    @Test
    void steadyPassesAllocateNextToNothing() {
        assumeTrue(KERNELS.vectorBits() > 0, "needs --add-modules jdk.incubator.vector");
        var shape = new ConvolutionShape(8, 1, 8, 14, 14, 16, SAME);
        float[] x = numbers(shape.samples() * shape.inSample(), 1);
        float[] w = numbers(shape.filters() * shape.taps(), 2);
        float[] y = numbers(shape.samples() * shape.outSample(), 3);
        float[] dw = w.clone();
        float[] dx = x.clone();
        var kernels = FloatConvolution.of(shape);
        var workers = Workers.of(1);
        Runnable passes =
                () -> {
                    kernels.forward(workers, x, 0, w, 0, null, 0, Activation.RELU, y, 0);
                    kernels.inputGradient(workers, y, 0, y, 0, w, 0, dx, 0);
                    kernels.weightGradient(workers, x, 0, y, 0, y, 0, dw, 0, null, 0);
                };
        assertThat(Allocation.onceCompiled(600, passes)).isLessThanOrEqualTo(600);
    }

    private static float[] numbers(int n, int seed) {
        Random random = new Random(seed);
        float[] numbers = new float[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }
}
