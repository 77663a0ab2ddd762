package org.manabi.formats.model;

import java.util.List;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.json.JsonObject;
import org.manabi.layers.Dense;
import org.manabi.layers.Flatten;
import org.manabi.layers.Layer;
import org.manabi.layers.Relu;
import org.manabi.layers.Sequential;
import org.manabi.layers.Sigmoid;
import org.manabi.layers.Softmax;
import org.manabi.layers.Tanh;

/// The layers that a model file can hold. A new one is one more line here, and its name and the
/// names of its components stay for ever.
final class Layers {

    private static final RecordKinds KINDS =
            new RecordKinds(
                    "layer",
                    List.of(
                            Dense.class,
                            Flatten.class,
                            Relu.class,
                            Sequential.class,
                            Sigmoid.class,
                            Softmax.class,
                            Tanh.class));

    private Layers() {}

    /// @throws IllegalArgumentException if the layer is not among those that a file can hold
    static JsonObject write(Layer layer) {
        if (layer instanceof Record known && KINDS.contains(known)) {
            return KINDS.write(known);
        }
        throw new IllegalArgumentException(
                "a model file cannot hold the layer "
                        + layer
                        + "; it can hold "
                        + String.join(", ", KINDS.names()));
    }

    static Layer read(JsonFields fields) {
        return (Layer) KINDS.read(fields);
    }
}
