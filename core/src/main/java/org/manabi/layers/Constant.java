package org.manabi.layers;

import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Tensor;

/// Every number the same. Weights that are all equal learn the same thing, so use it for biases and
/// gains only.
public record Constant(double value) implements Initializer {

    @Override
    public void fill(Tensor tensor, Fans fans, RandomStream random) {
        for (int i = 0; i < tensor.size(); i++) {
            tensor.setFromDouble(i, value);
        }
    }
}
