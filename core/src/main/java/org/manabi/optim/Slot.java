package org.manabi.optim;

import org.manabi.tensor.DType;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// A tensor that a rule keeps for each parameter from step to step: a velocity, a mean of squares.
///
/// @param name the tensor's name in a checkpoint, such as `velocity`
/// @param extent its shape
/// @param initial the value of all its elements before the first step
public record Slot(String name, Extent extent, double initial) {

    /// The shape of a slot.
    public enum Extent {
        /// The parameter's shape and type.
        PARAMETER,
        /// A single float64 number.
        NUMBER
    }

    /// A slot of the parameter's shape, zero at first.
    public static Slot of(String name) {
        return of(name, 0);
    }

    /// A slot of the parameter's shape that begins at a value.
    public static Slot of(String name, double initial) {
        return new Slot(name, Extent.PARAMETER, initial);
    }

    /// A slot of a single number.
    public static Slot number(String name, double initial) {
        return new Slot(name, Extent.NUMBER, initial);
    }

    /// The slot's tensor for a parameter, before the first step.
    public Tensor tensorFor(Tensor parameter) {
        Tensor tensor =
                extent == Extent.PARAMETER
                        ? Tensor.zeros(parameter.dtype(), parameter.shape())
                        : Tensor.zeros(DType.FLOAT64, Shape.SCALAR);
        if (initial != 0) {
            for (int i = 0; i < tensor.size(); i++) {
                tensor.setFromDouble(i, initial);
            }
        }
        return tensor;
    }
}
