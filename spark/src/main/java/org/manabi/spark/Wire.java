package org.manabi.spark;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.manabi.tensor.DoubleTensor;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.Tensor;

/// Numbers on their way between replicas: little-endian IEEE 754, a chunk at a time.
final class Wire {

    /// The most numbers that are sent at once: what stays in a core's cache.
    static final int CHUNK = 1 << 15;

    private final ByteBuffer bytes =
            ByteBuffer.allocateDirect(CHUNK * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);

    /// The elements `first … first + count − 1`, ready to be sent.
    ByteBuffer of(Tensor tensor, int first, int count) {
        int at = tensor.offset() + first;
        bytes.clear();
        switch (tensor) {
            case FloatTensor floats -> view().asFloatBuffer().put(0, floats.array(), at, count);
            case DoubleTensor doubles -> view().asDoubleBuffer().put(0, doubles.array(), at, count);
            default -> throw new IllegalArgumentException(tensor.dtype() + " is not sent");
        }
        return bytes.limit(count * tensor.dtype().bytes());
    }

    /// Room to receive so many elements of such a tensor.
    ByteBuffer room(Tensor like, int count) {
        return bytes.clear().limit(count * like.dtype().bytes());
    }

    /// Puts what was received into the elements from `first` on.
    void into(Tensor tensor, int first, int count) {
        int at = tensor.offset() + first;
        switch (tensor) {
            case FloatTensor floats -> view().asFloatBuffer().get(0, floats.array(), at, count);
            case DoubleTensor doubles -> view().asDoubleBuffer().get(0, doubles.array(), at, count);
            default -> throw new IllegalArgumentException(tensor.dtype() + " is not sent");
        }
    }

    /// All of the bytes, wherever the buffer's position is.
    private ByteBuffer view() {
        return bytes.duplicate().clear().order(ByteOrder.LITTLE_ENDIAN);
    }

    /// A few numbers, ready to be sent.
    ByteBuffer of(double[] numbers) {
        bytes.clear();
        view().asDoubleBuffer().put(0, numbers);
        return bytes.limit(numbers.length * Double.BYTES);
    }

    /// Room to receive so many numbers.
    ByteBuffer room(int numbers) {
        return bytes.clear().limit(numbers * Double.BYTES);
    }

    /// The first numbers that were received.
    double[] numbers(int count) {
        double[] numbers = new double[count];
        view().asDoubleBuffer().get(0, numbers);
        return numbers;
    }
}
