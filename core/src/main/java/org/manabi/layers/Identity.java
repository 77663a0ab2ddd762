package org.manabi.layers;

import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// Weights that hand their input on: `gain` on the diagonal, 0 elsewhere; for convolutions
/// `[out, in, …]` at the center of each kernel that leads from a channel to itself.
///
/// Source: Keras's `Identity`; `torch.nn.init.eye_` and `dirac_`.
///
/// @param gain what is on the diagonal
public record Identity(double gain) implements Initializer {

    /// With ones.
    public Identity() {
        this(1);
    }

    @Override
    public void fill(Tensor tensor, Fans fans, RandomStream random) {
        Shape shape = tensor.shape();
        for (int i = 0; i < tensor.size(); i++) {
            tensor.setFromDouble(i, 0);
        }
        if (shape.rank() < 2) {
            return;
        }
        int kernel = tensor.size() / Math.max(1, shape.dim(0) * shape.dim(1));
        int center = 0;
        for (int axis = 2; axis < shape.rank(); axis++) {
            center = center * shape.dim(axis) + shape.dim(axis) / 2;
        }
        for (int i = 0; i < Math.min(shape.dim(0), shape.dim(1)); i++) {
            tensor.setFromDouble((i * shape.dim(1) + i) * kernel + center, gain);
        }
    }
}
