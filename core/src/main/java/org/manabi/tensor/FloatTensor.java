package org.manabi.tensor;

import java.util.Arrays;

/// A tensor of 32-bit floats.
public final class FloatTensor implements Tensor {

    private final float[] array;
    private final int offset;
    private final Shape shape;

    private FloatTensor(float[] array, int offset, Shape shape) {
        if (offset < 0 || (long) offset + shape.size() > array.length) {
            throw new ShapeException(
                    "shape %s from offset %d does not fit an array of length %d"
                            .formatted(shape, offset, array.length));
        }
        this.array = array;
        this.offset = offset;
        this.shape = shape;
    }

    /// A view of `values`, without a copy.
    public static FloatTensor of(Shape shape, float... values) {
        Tensor.requireLength(shape, values.length);
        return new FloatTensor(values, 0, shape);
    }

    /// Zeros on an array of its own, with 16 elements of slack at its end.
    public static FloatTensor zeros(Shape shape) {
        return new FloatTensor(new float[shape.size() + 16], 0, shape);
    }

    /// The array behind this tensor, shared with its views; begin at [#offset].
    public float[] array() {
        return array;
    }

    /// A copy of the elements in row-major order.
    public float[] toFloats() {
        return Arrays.copyOfRange(array, offset, offset + size());
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public DType dtype() {
        return DType.FLOAT32;
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public double getAsDouble(int index) {
        return array[offset + index];
    }

    @Override
    public void setFromDouble(int index, double value) {
        array[offset + index] = (float) value;
    }

    @Override
    public FloatTensor reshape(Shape shape) {
        Tensor.requireLength(shape, size());
        return new FloatTensor(array, offset, shape);
    }

    @Override
    public FloatTensor rows(int first, int count) {
        Shape row = shape.tail();
        Checks.require(
                first >= 0 && count >= 0 && first <= shape.dim(0) - count,
                "rows %d … %d are outside shape %s",
                first,
                (long) first + count - 1,
                shape);
        return new FloatTensor(array, offset + first * row.size(), row.prepend(count));
    }

    @Override
    public void copyFrom(Tensor source) {
        if (!(source instanceof FloatTensor same) || same.size() != size()) {
            throw new ShapeException(
                    "cannot copy %s %s into %s %s"
                            .formatted(source.dtype(), source.shape(), dtype(), shape));
        }
        System.arraycopy(same.array, same.offset, array, offset, size());
    }

    @Override
    public String toString() {
        return dtype() + shape.toString();
    }
}
