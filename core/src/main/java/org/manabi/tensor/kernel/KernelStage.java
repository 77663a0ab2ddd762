package org.manabi.tensor.kernel;

/// Plain loops first, vectors once there is enough to do.
///
/// The JIT compiler has plain loops ready in some hundredths of a second. Vector kernels take a second
/// or two, and until then each vector is an object and they run a hundred times slower. So a process
/// computes with the plain loops until it has spent about as much on them as the vectors' compilation
/// costs: a short run never pays it, and a long one pays at most twice what it would have had to. The
/// results are the same bits, so that it does not matter when the change comes.
///
/// Where the property `manabi.vector.bits` names a width, that one runs from the start.
public final class KernelStage {

    /// Multiply-adds of plain loops, of the length of a second on a fast core.
    private static final long PLAIN_WORK = 8_000_000_000L;

    /// An element costs a plain loop of other operations as much as these many multiply-adds.
    private static final int ELEMENT = 8;

    /// A product of few rows costs so many times more for each of its multiply-adds.
    private static final int THIN = 4;

    private static final FloatKernels PLAIN = new ScalarFloatKernels();

    // Compilation is the process's, and so is this. Threads may overwrite each other's additions:
    // then
    // the change comes a little later.
    private static long work = FloatKernels.vectorBits(-1) < 0 ? 0 : PLAIN_WORK;

    private KernelStage() {}

    /// The kernels for a product of these sizes.
    public static FloatKernels forProduct(int m, int n, int k) {
        return after((long) m * n * k * (m < ScalarProduct.FEW ? THIN : 1));
    }

    /// The kernels for an operation on so many elements.
    public static FloatKernels forElements(int count) {
        return after((long) count * ELEMENT);
    }

    private static FloatKernels after(long more) {
        if (work < PLAIN_WORK) {
            work += more;
            return PLAIN;
        }
        return FloatKernels.best();
    }
}
