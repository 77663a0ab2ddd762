package org.manabi.tensor;

import java.util.Arrays;

/// A tensor of 32-bit integers, such as class labels.
public final class IntTensor implements Tensor {

    private final int[] array;
    private final int offset;
    private final Shape shape;

    private IntTensor(int[] array, int offset, Shape shape) {
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
    public static IntTensor of(Shape shape, int... values) {
        Tensor.requireLength(shape, values.length);
        return new IntTensor(values, 0, shape);
    }

    /// The array behind this tensor, shared with its views; begin at [#offset].
    public int[] array() {
        return array;
    }

    /// A copy of the elements in row-major order.
    public int[] toInts() {
        return Arrays.copyOfRange(array, offset, offset + size());
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public DType dtype() {
        return DType.INT32;
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
        Checks.require(
                value > Integer.MIN_VALUE - 1.0 && value < Integer.MAX_VALUE + 1.0,
                "%s does not fit into INT32, -2147483648 … 2147483647",
                value);
        array[offset + index] = (int) value;
    }

    @Override
    public IntTensor reshape(Shape shape) {
        Tensor.requireLength(shape, size());
        return new IntTensor(array, offset, shape);
    }

    @Override
    public IntTensor rows(int first, int count) {
        Shape row = shape.tail();
        Checks.require(
                first >= 0 && count >= 0 && first <= shape.dim(0) - count,
                "rows %d … %d are outside shape %s",
                first,
                (long) first + count - 1,
                shape);
        return new IntTensor(array, offset + first * row.size(), row.prepend(count));
    }

    @Override
    public void copyFrom(Tensor source) {
        if (!(source instanceof IntTensor same) || same.size() != size()) {
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
