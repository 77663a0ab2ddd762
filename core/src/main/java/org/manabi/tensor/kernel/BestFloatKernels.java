package org.manabi.tensor.kernel;

/// The choice of the kernels, made once.
final class BestFloatKernels {

    static final FloatKernels INSTANCE = choose();

    private BestFloatKernels() {}

    private static FloatKernels choose() {
        if (FloatKernels.vectorBits(-1) == 0 || !isPresent() || !isOptimizing()) {
            return new ScalarFloatKernels();
        }
        return FloatKernels.vectorBits(VectorWidth.preferredBits()) == 0
                ? new ScalarFloatKernels()
                : new VectorFloatKernels();
    }

    /// Asked of the class and not of the boot layer, which a module that is loaded late never joins.
    private static boolean isPresent() {
        try {
            Class.forName(
                    "jdk.incubator.vector.FloatVector",
                    false,
                    BestFloatKernels.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /// Without the optimizing compiler, vectors are objects and hundreds of times slower than loops.
    private static boolean isOptimizing() {
        String mode = System.getProperty("java.vm.info", "");
        return !mode.contains("interpreted") && !mode.contains("emulated-client");
    }
}
