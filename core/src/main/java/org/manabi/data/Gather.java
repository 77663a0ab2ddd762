package org.manabi.data;

import org.manabi.tensor.ByteTensor;
import org.manabi.tensor.DoubleTensor;
import org.manabi.tensor.Engine;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Tensor;

/// Copies rows of a dataset into a batch, converting on the way.
final class Gather {

    private Gather() {}

    static void rows(
            Engine engine,
            Tensor source,
            double divisor,
            int[] rows,
            int first,
            int count,
            Tensor batch) {
        int width = source.shape().tail().size();
        if (source instanceof ByteTensor bytes && batch instanceof FloatTensor floats) {
            engine.gather(bytes, divisor, rows, first, floats);
        } else if (divisor == 1 && source.dtype() == batch.dtype()) {
            Object from = arrayOf(source);
            Object to = arrayOf(batch);
            for (int i = 0; i < count; i++) {
                System.arraycopy(
                        from,
                        source.offset() + rows[first + i] * width,
                        to,
                        batch.offset() + i * width,
                        width);
            }
        } else {
            for (int i = 0; i < count; i++) {
                int start = rows[first + i] * width;
                for (int j = 0; j < width; j++) {
                    batch.setFromDouble(i * width + j, source.getAsDouble(start + j) / divisor);
                }
            }
        }
    }

    /// A copy of these rows.
    static Tensor select(Tensor all, int[] rows) {
        Tensor chosen = Tensor.zeros(all.dtype(), all.shape().tail().prepend(rows.length));
        int width = all.shape().tail().size();
        Object from = arrayOf(all);
        Object to = arrayOf(chosen);
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(from, all.offset() + rows[i] * width, to, i * width, width);
        }
        return chosen;
    }

    private static Object arrayOf(Tensor tensor) {
        return switch (tensor) {
            case FloatTensor floats -> floats.array();
            case DoubleTensor doubles -> doubles.array();
            case IntTensor ints -> ints.array();
            case ByteTensor bytes -> bytes.array();
        };
    }
}
