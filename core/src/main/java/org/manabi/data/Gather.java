package org.manabi.data;

import org.manabi.tensor.ByteTensor;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.Tensor;

/// Copies rows of a dataset into a batch, converting on the way.
final class Gather {

    private Gather() {}

    static void rows(Tensor source, double divisor, int[] rows, int from, int count, Tensor batch) {
        int width = source.shape().tail().size();
        if (source instanceof ByteTensor bytes && batch instanceof FloatTensor floats) {
            pixels(bytes, (float) divisor, width, rows, from, count, floats);
        } else if (divisor == 1 && source.dtype() == batch.dtype()) {
            for (int i = 0; i < count; i++) {
                batch.rows(i, 1).copyFrom(source.rows(rows[from + i], 1));
            }
        } else {
            for (int i = 0; i < count; i++) {
                int start = rows[from + i] * width;
                for (int j = 0; j < width; j++) {
                    batch.setFromDouble(i * width + j, source.getAsDouble(start + j) / divisor);
                }
            }
        }
    }

    private static void pixels(
            ByteTensor source,
            float divisor,
            int width,
            int[] rows,
            int from,
            int count,
            FloatTensor batch) {
        byte[] bytes = source.array();
        float[] floats = batch.array();
        for (int i = 0; i < count; i++) {
            int in = source.offset() + rows[from + i] * width;
            int out = batch.offset() + i * width;
            for (int j = 0; j < width; j++) {
                floats[out + j] = (bytes[in + j] & 0xFF) / divisor;
            }
        }
    }
}
