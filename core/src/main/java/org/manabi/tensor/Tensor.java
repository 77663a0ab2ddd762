package org.manabi.tensor;

/// An n-dimensional array in row-major order: a plain Java array, an offset into it, and a shape.
///
/// A tensor is contiguous. [#reshape] and [#rows] give views of the same array, so a write through
/// one is seen through the other. Elements are numbered 0 … size − 1 in row-major order.
public sealed interface Tensor permits FloatTensor, DoubleTensor, IntTensor, ByteTensor {

    Shape shape();

    DType dtype();

    /// The place of element 0 in the array.
    int offset();

    /// Element `index` of the row-major order.
    double getAsDouble(int index);

    /// Sets element `index` of the row-major order, rounded to this tensor's type: floating types to
    /// the nearest, whole numbers toward zero, as NumPy converts.
    ///
    /// @throws ShapeException if a whole number's type does not reach so far, or it is NaN
    void setFromDouble(int index, double value);

    /// The same elements under another shape of equal size.
    Tensor reshape(Shape shape);

    /// The `count` outermost rows from `first` on, as a view.
    Tensor rows(int first, int count);

    /// Copies all elements of `source`, which has the same type and number of elements.
    void copyFrom(Tensor source);

    default int size() {
        return shape().size();
    }

    /// The element at one index per axis.
    default double get(int... indices) {
        return getAsDouble(flat(indices));
    }

    private int flat(int... indices) {
        Shape shape = shape();
        Checks.require(
                indices.length == shape.rank(),
                "%d indices given for shape %s",
                indices.length,
                shape);
        int flat = 0;
        for (int axis = 0; axis < indices.length; axis++) {
            Checks.require(
                    indices[axis] >= 0 && indices[axis] < shape.dim(axis),
                    "index %d of axis %d is outside shape %s",
                    indices[axis],
                    axis,
                    shape);
            flat = flat * shape.dim(axis) + indices[axis];
        }
        return flat;
    }

    /// The only element of a tensor of size 1.
    default double item() {
        Checks.require(size() == 1, "item() needs exactly one element, shape is %s", shape());
        return getAsDouble(0);
    }

    /// A copy of the elements in row-major order.
    default double[] toDoubles() {
        double[] values = new double[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = getAsDouble(i);
        }
        return values;
    }

    /// A tensor of zeros on an array of its own, with the slack that the fast kernels like.
    static Tensor zeros(DType dtype, Shape shape) {
        return switch (dtype) {
            case FLOAT32 -> FloatTensor.zeros(shape);
            case FLOAT64 -> DoubleTensor.zeros(shape);
            case INT32 -> IntTensor.of(shape, new int[shape.size()]);
            case UINT8 -> ByteTensor.of(shape, new byte[shape.size()]);
        };
    }

    /// The given numbers, rounded to `dtype`, under a shape.
    static Tensor of(DType dtype, Shape shape, double... values) {
        requireLength(shape, values.length);
        Tensor tensor = zeros(dtype, shape);
        for (int i = 0; i < values.length; i++) {
            tensor.setFromDouble(i, values[i]);
        }
        return tensor;
    }

    /// A copy of this tensor on an array of its own.
    default Tensor copy() {
        Tensor copy = zeros(dtype(), shape());
        copy.copyFrom(this);
        return copy;
    }

    /// A copy of this tensor's elements, rounded to another type.
    default Tensor to(DType dtype) {
        Tensor converted = zeros(dtype, shape());
        for (int i = 0; i < size(); i++) {
            converted.setFromDouble(i, getAsDouble(i));
        }
        return converted;
    }

    /// Checks that `length` elements fill `shape`.
    static void requireLength(Shape shape, int length) {
        Checks.require(
                shape.size() == length,
                "shape %s has %d elements, got %d",
                shape,
                shape.size(),
                length);
    }
}
