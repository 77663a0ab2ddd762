package org.manabi.layers;

import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Tensor;

/// How a parameter's first numbers are chosen.
@FunctionalInterface
public interface Initializer {

    /// All zeros, as biases begin.
    Initializer ZEROS = new Constant(0);

    /// Fills `value`, whose elements are drawn in row-major order.
    void fill(Tensor value, Fans fans, RandomStream random);
}
