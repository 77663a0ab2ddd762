package org.manabi.autodiff;

import org.manabi.tensor.Tensor;

/// A leaf whose numbers stay as they are.
final class Constant extends Variable {

    private final Tensor value;

    Constant(Tensor value) {
        super(value.dtype(), value.shape());
        this.value = value;
    }

    Tensor tensor() {
        return value;
    }

    @Override
    public String toString() {
        return "constant" + shape();
    }
}
