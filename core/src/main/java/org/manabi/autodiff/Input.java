package org.manabi.autodiff;

import org.manabi.tensor.DType;
import org.manabi.tensor.Shape;

/// A leaf whose numbers are given anew for each run, such as a mini-batch.
public final class Input extends Variable {

    private final String name;

    private Input(String name, DType dtype, Shape shape) {
        super(dtype, shape);
        this.name = name;
    }

    /// An input of a name, for messages.
    public static Input of(String name, DType dtype, Shape shape) {
        return new Input(name, dtype, shape);
    }

    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return name + shape();
    }
}
