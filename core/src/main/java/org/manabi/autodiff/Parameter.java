package org.manabi.autodiff;

import org.manabi.tensor.DType;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// A leaf whose numbers are learned. An optimizer changes them in place, in [#tensor];
/// [#value] is a copy.
public final class Parameter extends Variable {

    private final String name;
    private final Tensor value;

    private Parameter(String name, Tensor value) {
        super(value.dtype(), value.shape());
        this.name = name;
        this.value = value;
    }

    /// A parameter on these numbers; they are not copied.
    public static Parameter of(String name, Tensor value) {
        return new Parameter(name, value);
    }

    /// A single float64 number.
    public static Parameter of(String name, double value) {
        return new Parameter(name, Tensor.of(DType.FLOAT64, Shape.SCALAR, value));
    }

    /// The path of the parameter in its model, such as `0.weight`.
    public String name() {
        return name;
    }

    /// The numbers themselves, not a copy.
    public Tensor tensor() {
        return value;
    }

    @Override
    public String toString() {
        return name + shape();
    }
}
