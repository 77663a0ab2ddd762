package org.manabi.formats.array;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.manabi.tensor.ByteTensor;
import org.manabi.tensor.DoubleTensor;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;

/// An array of numbers as it lies in a file: a type, a shape, and little-endian bytes in row-major
/// order. It knows more types than a [Tensor], and keeps their bits.
public final class NumericArray {

    private final ElementType type;
    private final long[] dims;
    private final int size;
    private final ByteBuffer bytes;

    private NumericArray(ElementType type, long[] dims, int size, ByteBuffer bytes) {
        this.type = type;
        this.dims = dims;
        this.size = size;
        this.bytes = bytes;
    }

    /// A view of bytes, which are not copied.
    ///
    /// @param bytes little-endian, from the buffer's position to its limit
    /// @throws ShapeException if they are not as many as the shape has
    public static NumericArray of(ElementType type, long[] dims, ByteBuffer bytes) {
        long size = count(dims);
        if (size < 0
                || Math.multiplyHigh(size, type.bytes()) != 0
                || size * type.bytes() != bytes.remaining()) {
            throw new ShapeException(
                    "%s%s does not have %d bytes"
                            .formatted(type, Arrays.toString(dims), bytes.remaining()));
        }
        return new NumericArray(
                type, dims.clone(), (int) size, bytes.slice().order(ByteOrder.LITTLE_ENDIAN));
    }

    /// The number of elements of a shape; −1 if an axis is negative or 63 bits cannot count them.
    public static long count(long... dims) {
        long count = 1;
        boolean overflow = false;
        for (long dim : dims) {
            if (dim < 0) {
                return -1;
            }
            if (dim == 0) {
                return allNonNegative(dims) ? 0 : -1;
            }
            overflow |= Math.multiplyHigh(count, dim) != 0 || count * dim < 0;
            count *= dim;
        }
        return overflow ? -1 : count;
    }

    private static boolean allNonNegative(long... dims) {
        return Arrays.stream(dims).allMatch(dim -> dim >= 0);
    }

    /// Zeros.
    ///
    /// @throws ShapeException if they take 2 GiB or more
    public static NumericArray zeros(ElementType type, long... dims) {
        long size = count(dims);
        if (size < 0 || size > (Integer.MAX_VALUE - 8) / type.bytes()) {
            throw new ShapeException(
                    "an array holds less than 2 GiB, got %s%s"
                            .formatted(type, Arrays.toString(dims)));
        }
        return of(type, dims, ByteBuffer.allocate((int) size * type.bytes()));
    }

    public static NumericArray ofFloats(long[] dims, float... values) {
        NumericArray array = zeros(ElementType.FLOAT32, dims);
        requireLength(array, values.length);
        array.bytes.asFloatBuffer().put(values);
        return array;
    }

    public static NumericArray ofDoubles(long[] dims, double... values) {
        NumericArray array = zeros(ElementType.FLOAT64, dims);
        requireLength(array, values.length);
        array.bytes.asDoubleBuffer().put(values);
        return array;
    }

    /// Whole numbers, each wrapped into the type.
    public static NumericArray ofLongs(ElementType type, long[] dims, long... values) {
        NumericArray array = zeros(type, dims);
        requireLength(array, values.length);
        for (int i = 0; i < values.length; i++) {
            array.set(i, values[i]);
        }
        return array;
    }

    private static void requireLength(NumericArray array, int length) {
        if (array.size != length) {
            throw new ShapeException("%s does not have %d elements".formatted(array, length));
        }
    }

    /// The numbers of a tensor, copied.
    public static NumericArray from(Tensor tensor) {
        long[] dims = Arrays.stream(tensor.shape().toArray()).asLongStream().toArray();
        NumericArray array = zeros(type(tensor), dims);
        int at = tensor.offset();
        switch (tensor) {
            case FloatTensor floats ->
                    array.bytes.asFloatBuffer().put(floats.array(), at, array.size);
            case DoubleTensor doubles ->
                    array.bytes.asDoubleBuffer().put(doubles.array(), at, array.size);
            case IntTensor ints -> array.bytes.asIntBuffer().put(ints.array(), at, array.size);
            case ByteTensor raw -> array.bytes.put(0, raw.array(), at, array.size);
        }
        return array;
    }

    private static ElementType type(Tensor tensor) {
        return switch (tensor.dtype()) {
            case FLOAT32 -> ElementType.FLOAT32;
            case FLOAT64 -> ElementType.FLOAT64;
            case INT32 -> ElementType.INT32;
            case UINT8 -> ElementType.UINT8;
        };
    }

    /// The numbers as a tensor, copied: floating types as `float32` or `float64`, bytes and truth
    /// values as `uint8`, other whole numbers as `int32`.
    ///
    /// @throws ShapeException if a number or an axis is larger than a tensor can hold
    public Tensor toTensor() {
        int[] axes = new int[dims.length];
        for (int i = 0; i < axes.length; i++) {
            if (dims[i] > Integer.MAX_VALUE) {
                throw new ShapeException("%s has too long an axis for a tensor".formatted(this));
            }
            axes[i] = (int) dims[i];
        }
        Shape shape = Shape.of(axes);
        return switch (type) {
            case FLOAT16, BFLOAT16, FLOAT32 -> FloatTensor.of(shape, toFloats());
            case FLOAT64 -> DoubleTensor.of(shape, toDoubles());
            case BOOL, UINT8 -> {
                byte[] raw = new byte[size];
                bytes.get(0, raw);
                yield ByteTensor.of(shape, raw);
            }
            default -> {
                int[] ints = new int[size];
                for (int i = 0; i < size; i++) {
                    long value = getLong(i);
                    if (value != (int) value) {
                        throw new ShapeException(
                                "%s: element %d, %s, is no 32-bit integer"
                                        .formatted(this, i, Long.toString(value)));
                    }
                    ints[i] = (int) value;
                }
                yield IntTensor.of(shape, ints);
            }
        };
    }

    public ElementType type() {
        return type;
    }

    /// The axes, outermost first.
    public long[] dims() {
        return dims.clone();
    }

    public int rank() {
        return dims.length;
    }

    public long dim(int axis) {
        return dims[axis];
    }

    /// The number of elements; 1 for `[]`.
    public int size() {
        return size;
    }

    /// The bytes, little-endian, in row-major order, for reading only.
    public ByteBuffer bytes() {
        return bytes.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Element `i` of the row-major order as a whole number: floating ones are cut toward zero; a
    /// `uint64` beyond 2⁶³ − 1 comes out negative, with the same bits.
    public long getLong(int i) {
        return switch (type) {
            case BOOL, UINT8 -> bytes.get(i) & 0xFF;
            case INT8 -> bytes.get(i);
            case INT16 -> bytes.getShort(2 * i);
            case UINT16 -> bytes.getShort(2 * i) & 0xFFFF;
            case INT32 -> bytes.getInt(4 * i);
            case UINT32 -> bytes.getInt(4 * i) & 0xFFFF_FFFFL;
            case INT64, UINT64 -> bytes.getLong(8 * i);
            case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> (long) getDouble(i);
        };
    }

    /// Element `i` of the row-major order.
    public double getDouble(int i) {
        return switch (type) {
            case FLOAT16 -> Float.float16ToFloat(bytes.getShort(2 * i));
            case BFLOAT16 -> Float.intBitsToFloat(bytes.getShort(2 * i) << 16);
            case FLOAT32 -> bytes.getFloat(4 * i);
            case FLOAT64 -> bytes.getDouble(8 * i);
            case UINT64 -> unsigned(bytes.getLong(8 * i));
            default -> (double) getLong(i);
        };
    }

    private static double unsigned(long value) {
        return value >= 0 ? (double) value : 2.0 * (double) ((value >>> 1) | (value & 1));
    }

    private void set(int i, long value) {
        switch (type) {
            case BOOL -> bytes.put(i, (byte) (value == 0 ? 0 : 1));
            case UINT8, INT8 -> bytes.put(i, (byte) value);
            case INT16, UINT16 -> bytes.putShort(2 * i, (short) value);
            case INT32, UINT32 -> bytes.putInt(4 * i, (int) value);
            case INT64, UINT64 -> bytes.putLong(8 * i, value);
            case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> set(i, (double) value);
        }
    }

    private void set(int i, double value) {
        switch (type) {
            case FLOAT16 -> bytes.putShort(2 * i, Float.floatToFloat16((float) value));
            case BFLOAT16 -> bytes.putShort(2 * i, bfloat16((float) value));
            case FLOAT32 -> bytes.putFloat(4 * i, (float) value);
            case FLOAT64 -> bytes.putDouble(8 * i, value);
            case BOOL -> bytes.put(i, (byte) (value == 0 ? 0 : 1));
            default -> set(i, (long) value);
        }
    }

    /// Rounded to the nearest, ties to even.
    private static short bfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) ((bits >>> 16) | 0x40);
        }
        return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
    }

    /// The elements as 32-bit floats, copied.
    public float[] toFloats() {
        float[] values = new float[size];
        if (type == ElementType.FLOAT32) {
            bytes.asFloatBuffer().get(values);
        } else {
            for (int i = 0; i < size; i++) {
                values[i] = (float) getDouble(i);
            }
        }
        return values;
    }

    /// The elements as 64-bit floats, copied.
    public double[] toDoubles() {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = getDouble(i);
        }
        return values;
    }

    /// The elements as whole numbers, copied; see [#getLong].
    public long[] toLongs() {
        long[] values = new long[size];
        for (int i = 0; i < size; i++) {
            values[i] = getLong(i);
        }
        return values;
    }

    /// The same numbers in another type: floating ones are rounded to the nearest, whole numbers
    /// wrap, fractions are cut toward zero.
    public NumericArray to(ElementType other) {
        if (other == type) {
            return this;
        }
        NumericArray converted = zeros(other, dims);
        for (int i = 0; i < size; i++) {
            if (type.isFloating()) {
                converted.set(i, getDouble(i));
            } else if (other.isFloating()) {
                converted.set(i, getDouble(i));
            } else {
                converted.set(i, getLong(i));
            }
        }
        return converted;
    }

    /// Whether type, shape and all bits are equal.
    @Override
    public boolean equals(Object other) {
        return other instanceof NumericArray array
                && array.type == type
                && Arrays.equals(array.dims, dims)
                && array.bytes.equals(bytes);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(dims) + bytes.hashCode();
    }

    /// The type and the shape, such as `FLOAT32[2, 3]`.
    @Override
    public String toString() {
        return type + Arrays.toString(dims);
    }
}
