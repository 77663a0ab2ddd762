package org.manabi.tensor.kernel;

/// The choice of the kernels, made once.
final class BestFloatKernels {

    static final FloatKernels INSTANCE = choose();

    private BestFloatKernels() {}

    private static FloatKernels choose() {
        boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        if (FloatKernels.vectorBits(-1) == 0 || !present || !isOptimizing()) {
            return new ScalarFloatKernels();
        }
        return FloatKernels.vectorBits(VectorWidth.preferredBits()) == 0
                ? new ScalarFloatKernels()
                : new VectorFloatKernels();
    }

    /// Without the optimizing compiler, vectors are objects and hundreds of times slower than loops.
    private static boolean isOptimizing() {
        String mode = System.getProperty("java.vm.info", "");
        return !mode.contains("interpreted") && !mode.contains("emulated-client");
    }
}
