package org.manabi.formats.onnx.run;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.array.ElementType;
import org.manabi.formats.array.NumericArray;
import org.manabi.tensor.ShapeException;

/// An array while a graph is computed: floats for the types up to 32 bits, doubles, or whole numbers
/// as longs. It is not changed once it is a node's output.
final class Value {

    /// The most elements of one array; a graph can ask for any number.
    static final int MAX_SIZE = 1 << 28;

    private static final int MAX_RANK = 64;

    private final ElementType type;
    private final int[] dims;
    private final int size;
    private final float @Nullable [] floats;
    private final double @Nullable [] doubles;
    private final long @Nullable [] longs;

    private Value(
            ElementType type,
            int[] dims,
            float @Nullable [] floats,
            double @Nullable [] doubles,
            long @Nullable [] longs) {
        this.type = type;
        this.dims = dims;
        this.size = size(dims);
        this.floats = floats;
        this.doubles = doubles;
        this.longs = longs;
    }

    /// The number of elements of a shape.
    ///
    /// @throws ShapeException if an axis is negative, or there are more than 64, or more elements
    ///     than [#MAX_SIZE], not counting axes of length 0: whoever goes along the others comes to an
    ///     end
    static int size(int... dims) {
        if (dims.length > MAX_RANK) {
            throw new ShapeException(
                    "a shape has %d axes, more than %d".formatted(dims.length, MAX_RANK));
        }
        long size = 1;
        boolean empty = false;
        for (int dim : dims) {
            if (dim < 0) {
                throw new ShapeException(
                        "the shape %s is negative".formatted(Arrays.toString(dims)));
            }
            empty |= dim == 0;
            size *= Math.max(1, dim);
            if (size > MAX_SIZE) {
                throw new ShapeException(
                        "an array of the shape %s has more than %d elements"
                                .formatted(Arrays.toString(dims), MAX_SIZE));
            }
        }
        return empty ? 0 : (int) size;
    }

    /// Zeros.
    ///
    /// @throws ShapeException if it would take a quarter of the memory there is, or more
    static Value zeros(ElementType type, int... dims) {
        int size = size(dims);
        long bytes = (long) size * (isFloat(type) ? Float.BYTES : Long.BYTES);
        if (bytes > Runtime.getRuntime().maxMemory() / 4) {
            throw new ShapeException(
                    "an array of the shape %s takes %d MiB, too much of the %d MiB of memory"
                            .formatted(
                                    Arrays.toString(dims),
                                    bytes >> 20,
                                    Runtime.getRuntime().maxMemory() >> 20));
        }
        return switch (type) {
            case FLOAT64 -> new Value(type, dims.clone(), null, new double[size], null);
            case FLOAT16, BFLOAT16, FLOAT32 ->
                    new Value(type, dims.clone(), new float[size], null, null);
            default -> new Value(type, dims.clone(), null, null, new long[size]);
        };
    }

    private static boolean isFloat(ElementType type) {
        return type == ElementType.FLOAT32
                || type == ElementType.FLOAT16
                || type == ElementType.BFLOAT16;
    }

    static Value ofFloats(int[] dims, float... values) {
        return new Value(ElementType.FLOAT32, dims.clone(), values, null, null);
    }

    static Value ofLongs(ElementType type, int[] dims, long... values) {
        return new Value(type, dims.clone(), null, null, values);
    }

    static Value scalar(ElementType type, double number) {
        Value value = zeros(type);
        value.set(0, number);
        return value;
    }

    /// A vector of 64-bit whole numbers, such as a shape.
    static Value vector(long... values) {
        return ofLongs(ElementType.INT64, new int[] {values.length}, values);
    }

    static Value of(NumericArray array) {
        int[] dims = new int[array.rank()];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = Math.toIntExact(array.dim(i));
        }
        size(dims);
        return switch (array.type()) {
            case FLOAT64 -> new Value(array.type(), dims, null, array.toDoubles(), null);
            case FLOAT16, BFLOAT16, FLOAT32 ->
                    new Value(array.type(), dims, array.toFloats(), null, null);
            default -> new Value(array.type(), dims, null, null, array.toLongs());
        };
    }

    NumericArray toArray() {
        long[] axes = Arrays.stream(dims).asLongStream().toArray();
        if (longs != null) {
            return NumericArray.ofLongs(type, axes, longs);
        }
        return doubles != null
                ? NumericArray.ofDoubles(axes, doubles)
                : NumericArray.ofFloats(axes, floats()).to(type);
    }

    ElementType type() {
        return type;
    }

    boolean isFloating() {
        return longs == null;
    }

    int[] dims() {
        return dims.clone();
    }

    int rank() {
        return dims.length;
    }

    /// The length of an axis; negative ones count from the end.
    int dim(int axis) {
        return dims[axis < 0 ? axis + dims.length : axis];
    }

    int size() {
        return size;
    }

    double get(int i) {
        return floats != null ? floats[i] : doubles != null ? doubles[i] : unsigned(longs()[i]);
    }

    private double unsigned(long value) {
        return value >= 0 || type != ElementType.UINT64
                ? (double) value
                : 2.0 * (double) ((value >>> 1) | (value & 1));
    }

    long getLong(int i) {
        return longs != null ? longs[i] : (long) get(i);
    }

    /// Sets an element of a fresh value, rounded to its type.
    void set(int i, double number) {
        if (floats != null) {
            floats[i] = round((float) number);
        } else if (doubles != null) {
            doubles[i] = number;
        } else {
            longs()[i] = type.wrap(type == ElementType.BOOL ? number == 0 ? 0 : 1 : (long) number);
        }
    }

    /// Sets an element of a fresh value, wrapped to its type.
    void setLong(int i, long number) {
        if (longs != null) {
            longs[i] = type.wrap(number);
        } else {
            set(i, (double) number);
        }
    }

    /// Copies one element of a value of the same type.
    void copy(int to, Value source, int from) {
        if (floats != null) {
            floats[to] = source.floats()[from];
        } else if (doubles != null) {
            doubles[to] = source.doubles()[from];
        } else {
            longs()[to] = source.longs()[from];
        }
    }

    /// Copies elements that lie side by side in both.
    void copy(int to, Value source, int from, int count) {
        if (floats != null) {
            System.arraycopy(source.floats(), from, floats, to, count);
        } else if (doubles != null) {
            System.arraycopy(source.doubles(), from, doubles, to, count);
        } else {
            System.arraycopy(source.longs(), from, longs(), to, count);
        }
    }

    private float round(float number) {
        return switch (type) {
            case FLOAT16 -> Float.float16ToFloat(Float.floatToFloat16(number));
            case BFLOAT16 ->
                    (float)
                            NumericArray.ofFloats(new long[0], number)
                                    .to(ElementType.BFLOAT16)
                                    .getDouble(0);
            default -> number;
        };
    }

    /// The array itself; only for types that are held as floats.
    float[] floats() {
        if (floats == null) {
            throw new ShapeException("floats are needed, got " + this);
        }
        return floats;
    }

    private double[] doubles() {
        if (doubles == null) {
            throw new ShapeException("64-bit floats are needed, got " + this);
        }
        return doubles;
    }

    /// The array itself; only for whole numbers.
    long[] longs() {
        if (longs == null) {
            throw new ShapeException("whole numbers are needed, got " + this);
        }
        return longs;
    }

    /// The same elements as floats, shared where they are.
    float[] asFloats() {
        if (floats != null) {
            return floats;
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) get(i);
        }
        return values;
    }

    /// The whole numbers as an array of `int`, clamped to its range.
    int[] asInts() {
        int[] ints = new int[size];
        for (int i = 0; i < size; i++) {
            ints[i] = Math.clamp(longs()[i], Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        return ints;
    }

    /// The same elements under another shape.
    Value reshape(int... shape) {
        if (size(shape) != size) {
            throw new ShapeException(
                    "%s cannot take the shape %s".formatted(this, Arrays.toString(shape)));
        }
        return new Value(type, shape.clone(), floats, doubles, longs);
    }

    /// The elements in another type.
    Value to(ElementType other) {
        if (other == type) {
            return this;
        }
        Value out = zeros(other, dims);
        for (int i = 0; i < size; i++) {
            if (longs != null && out.longs != null) {
                out.setLong(i, longs[i]);
            } else {
                out.set(i, get(i));
            }
        }
        return out;
    }

    /// How far apart neighbors of each axis lie.
    int[] strides() {
        return strides(dims);
    }

    static int[] strides(int... dims) {
        int[] strides = new int[dims.length];
        int stride = 1;
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= dims[axis];
        }
        return strides;
    }

    @Override
    public String toString() {
        return type + Arrays.toString(dims);
    }
}
