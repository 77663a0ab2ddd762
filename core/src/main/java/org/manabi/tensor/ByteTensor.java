package org.manabi.tensor;

import java.util.Arrays;

/// A tensor of unsigned bytes 0 … 255, such as pixels.
public final class ByteTensor implements Tensor {

    private final byte[] array;
    private final int offset;
    private final Shape shape;

    private ByteTensor(byte[] array, int offset, Shape shape) {
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
    public static ByteTensor of(Shape shape, byte... values) {
        Tensor.requireLength(shape, values.length);
        return new ByteTensor(values, 0, shape);
    }

    /// The array behind this tensor, shared with its views; begin at [#offset].
    public byte[] array() {
        return array;
    }

    /// A copy of the elements in row-major order.
    public byte[] toBytes() {
        return Arrays.copyOfRange(array, offset, offset + size());
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public DType dtype() {
        return DType.UINT8;
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public double getAsDouble(int index) {
        return array[offset + index] & 0xFF;
    }

    @Override
    public void setFromDouble(int index, double value) {
        Checks.require(value > -1 && value < 256, "%s does not fit into UINT8, 0 … 255", value);
        array[offset + index] = (byte) (int) value;
    }

    @Override
    public ByteTensor reshape(Shape shape) {
        Tensor.requireLength(shape, size());
        return new ByteTensor(array, offset, shape);
    }

    @Override
    public ByteTensor rows(int first, int count) {
        Shape row = shape.tail();
        Checks.require(
                first >= 0 && count >= 0 && first <= shape.dim(0) - count,
                "rows %d … %d are outside shape %s",
                first,
                (long) first + count - 1,
                shape);
        return new ByteTensor(array, offset + first * row.size(), row.prepend(count));
    }

    @Override
    public void copyFrom(Tensor source) {
        if (!(source instanceof ByteTensor same) || same.size() != size()) {
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
