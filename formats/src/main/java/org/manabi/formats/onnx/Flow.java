package org.manabi.formats.onnx;

import org.manabi.tensor.Shape;

/// What goes from one layer to the next while a network is written: the name that the graph gives
/// it, and the shape of one sample.
record Flow(String name, Shape sample) {

    /// The number of axes of a batch.
    int rank() {
        return sample.rank() + 1;
    }
}
