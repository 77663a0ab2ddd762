package org.manabi.formats.safetensors;

import java.nio.ByteBuffer;
import org.manabi.tensor.ByteTensor;
import org.manabi.tensor.DoubleTensor;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Tensor;

/// Turns little-endian bytes into elements of a tensor and back, a buffer at a time.
final class Elements {

    private Elements() {}

    /// Puts what the buffer holds into `target` from element `first` on; returns how many.
    static int decode(StoredType type, ByteBuffer bytes, Tensor target, int first) {
        int count = bytes.remaining() * 8 / type.bits();
        int at = target.offset() + first;
        switch (target) {
            case FloatTensor floats -> decodeFloats(type, bytes, floats.array(), at, count);
            case DoubleTensor doubles -> bytes.asDoubleBuffer().get(doubles.array(), at, count);
            case IntTensor ints -> decodeInts(type, bytes, ints.array(), at, count);
            case ByteTensor raw -> bytes.get(raw.array(), at, count);
        }
        return count;
    }

    private static void decodeFloats(
            StoredType type, ByteBuffer bytes, float[] array, int at, int count) {
        switch (type) {
            case F16 -> {
                for (int i = 0; i < count; i++) {
                    array[at + i] = Float.float16ToFloat(bytes.getShort(2 * i));
                }
            }
            case BF16 -> {
                for (int i = 0; i < count; i++) {
                    array[at + i] = Float.intBitsToFloat(bytes.getShort(2 * i) << 16);
                }
            }
            default -> bytes.asFloatBuffer().get(array, at, count);
        }
    }

    private static void decodeInts(
            StoredType type, ByteBuffer bytes, int[] array, int at, int count) {
        switch (type) {
            case I8 -> {
                for (int i = 0; i < count; i++) {
                    array[at + i] = bytes.get(i);
                }
            }
            case I16 -> {
                for (int i = 0; i < count; i++) {
                    array[at + i] = bytes.getShort(2 * i);
                }
            }
            case U16 -> {
                for (int i = 0; i < count; i++) {
                    array[at + i] = Short.toUnsignedInt(bytes.getShort(2 * i));
                }
            }
            default -> bytes.asIntBuffer().get(array, at, count);
        }
    }

    /// Fills the buffer from its beginning with elements of `source` from `first` on, as many as go
    /// in, makes it ready to be read, and returns how many.
    static int encode(Tensor source, int first, ByteBuffer bytes) {
        bytes.clear();
        int width = source.dtype().bytes();
        int count = Math.min(source.size() - first, bytes.capacity() / width);
        int at = source.offset() + first;
        switch (source) {
            case FloatTensor floats -> bytes.asFloatBuffer().put(floats.array(), at, count);
            case DoubleTensor doubles -> bytes.asDoubleBuffer().put(doubles.array(), at, count);
            case IntTensor ints -> bytes.asIntBuffer().put(ints.array(), at, count);
            case ByteTensor raw -> bytes.put(0, raw.array(), at, count);
        }
        bytes.position(0).limit(count * width);
        return count;
    }
}
