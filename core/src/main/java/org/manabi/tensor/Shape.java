package org.manabi.tensor;

import java.util.Arrays;

/// The lengths of a tensor's axes, outermost first; `[]` is the shape of a single number.
public final class Shape {

    /// The shape of a single number, `[]`.
    public static final Shape SCALAR = new Shape(new int[0]);

    /// The longest array that every JVM can make, less the slack of [FloatTensor#zeros].
    private static final int MAX_SIZE = Integer.MAX_VALUE - 64;

    private final int[] dims;
    private final int size;

    private Shape(int[] dims) {
        this.dims = dims;
        this.size = checkedSize(dims);
    }

    /// The shape with these axes.
    ///
    /// @throws ShapeException if an axis is negative or there are more than 2³¹ − 65 elements
    public static Shape of(int... dims) {
        return new Shape(dims.clone());
    }

    private static int checkedSize(int[] dims) {
        boolean empty = false;
        for (int dim : dims) {
            if (dim < 0) {
                throw new ShapeException(
                        "a shape's axes are at least 0, got " + Arrays.toString(dims));
            }
            empty |= dim == 0;
        }
        long size = empty ? 0 : 1;
        for (int dim : dims) {
            size *= dim;
            if (size > MAX_SIZE) {
                throw new ShapeException(
                        "a tensor holds at most %d elements, got shape %s"
                                .formatted(MAX_SIZE, Arrays.toString(dims)));
            }
        }
        return (int) size;
    }

    public int rank() {
        return dims.length;
    }

    /// The length of one axis; negative axes count from the end, so `dim(-1)` is the innermost.
    public int dim(int axis) {
        int index = axis < 0 ? axis + dims.length : axis;
        if (index < 0 || index >= dims.length) {
            throw new ShapeException("axis " + axis + " does not exist in shape " + this);
        }
        return dims[index];
    }

    /// The number of elements; 1 for `[]`.
    public int size() {
        return size;
    }

    /// This shape without its outermost axis: one sample of a batch.
    public Shape tail() {
        Checks.require(dims.length > 0, "shape [] has no outermost axis");
        return new Shape(Arrays.copyOfRange(dims, 1, dims.length));
    }

    /// This shape with another axis put before it: a batch of samples.
    public Shape prepend(int length) {
        int[] longer = new int[dims.length + 1];
        longer[0] = length;
        System.arraycopy(dims, 0, longer, 1, dims.length);
        return new Shape(longer);
    }

    /// The axes as a fresh array.
    public int[] toArray() {
        return dims.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    @Override
    public String toString() {
        return Arrays.toString(dims);
    }
}
