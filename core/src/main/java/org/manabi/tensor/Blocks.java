package org.manabi.tensor;

/// Brings elements of tensors to [Elementwise] work and back, a block at a time. A block lies in the
/// first-level cache, so that memory is passed over once, however much is done with an element.
final class Blocks {

    /// Elements in a block: with six tensors 24 KiB, less than a first-level cache.
    private static final int SIZE = 512;

    /// Each thread's arrays, kept so that a training step allocates nothing.
    private static final ThreadLocal<double[][]> ARRAYS =
            ThreadLocal.withInitial(() -> new double[0][]);

    private Blocks() {}

    /// Runs `work` on the elements `first … first + count − 1`; the first `changed` tensors are
    /// written back.
    static void run(Elementwise work, Tensor[] tensors, int changed, int first, int count) {
        double[][] blocks = arrays(tensors.length);
        for (int from = first; from < first + count; from += SIZE) {
            int size = Math.min(SIZE, first + count - from);
            for (int t = 0; t < tensors.length; t++) {
                read(tensors[t], from, size, blocks[t]);
            }
            work.run(size, blocks);
            for (int t = 0; t < changed; t++) {
                write(blocks[t], size, tensors[t], from);
            }
        }
    }

    private static double[][] arrays(int tensors) {
        double[][] arrays = ARRAYS.get();
        if (arrays.length < tensors) {
            arrays = new double[tensors][SIZE];
            ARRAYS.set(arrays);
        }
        return arrays;
    }

    private static void read(Tensor tensor, int from, int size, double[] block) {
        switch (tensor) {
            case FloatTensor floats -> {
                float[] array = floats.array();
                int at = floats.offset() + from;
                for (int i = 0; i < size; i++) {
                    block[i] = array[at + i];
                }
            }
            case DoubleTensor doubles ->
                    System.arraycopy(doubles.array(), doubles.offset() + from, block, 0, size);
            case IntTensor _, ByteTensor _ -> {
                for (int i = 0; i < size; i++) {
                    block[i] = tensor.getAsDouble(from + i);
                }
            }
        }
    }

    private static void write(double[] block, int size, Tensor tensor, int from) {
        switch (tensor) {
            case FloatTensor floats -> {
                float[] array = floats.array();
                int at = floats.offset() + from;
                for (int i = 0; i < size; i++) {
                    array[at + i] = (float) block[i];
                }
            }
            case DoubleTensor doubles ->
                    System.arraycopy(block, 0, doubles.array(), doubles.offset() + from, size);
            case IntTensor _, ByteTensor _ -> {
                for (int i = 0; i < size; i++) {
                    tensor.setFromDouble(from + i, block[i]);
                }
            }
        }
    }
}
