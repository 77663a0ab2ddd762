package org.manabi.formats.model;

import java.lang.reflect.RecordComponent;
import java.util.List;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.json.JsonObject;
import org.manabi.layers.AveragePool2d;
import org.manabi.layers.BatchNorm1d;
import org.manabi.layers.BatchNorm2d;
import org.manabi.layers.Conv1d;
import org.manabi.layers.Conv2d;
import org.manabi.layers.ConvTranspose2d;
import org.manabi.layers.Dense;
import org.manabi.layers.Dropout;
import org.manabi.layers.EachStep;
import org.manabi.layers.Elu;
import org.manabi.layers.Embedding;
import org.manabi.layers.Flatten;
import org.manabi.layers.Gelu;
import org.manabi.layers.GlobalAveragePool;
import org.manabi.layers.GlobalMaxPool;
import org.manabi.layers.GroupNorm;
import org.manabi.layers.Gru;
import org.manabi.layers.HardSigmoid;
import org.manabi.layers.HardSwish;
import org.manabi.layers.HardTanh;
import org.manabi.layers.Layer;
import org.manabi.layers.LayerNorm;
import org.manabi.layers.LeakyRelu;
import org.manabi.layers.LogSoftmax;
import org.manabi.layers.Lstm;
import org.manabi.layers.MaxPool2d;
import org.manabi.layers.Mish;
import org.manabi.layers.MultiHeadSelfAttention;
import org.manabi.layers.Parallel;
import org.manabi.layers.Prelu;
import org.manabi.layers.Relu;
import org.manabi.layers.Reshape;
import org.manabi.layers.Residual;
import org.manabi.layers.RmsNorm;
import org.manabi.layers.Selu;
import org.manabi.layers.Sequential;
import org.manabi.layers.Sigmoid;
import org.manabi.layers.Silu;
import org.manabi.layers.Softmax;
import org.manabi.layers.Softplus;
import org.manabi.layers.Softsign;
import org.manabi.layers.Standardize;
import org.manabi.layers.Tanh;

/// The layers that a model file can hold. A new one is one more line here, and its name and the
/// names of its components stay for ever.
final class Layers {

    private static final RecordKinds KINDS =
            new RecordKinds(
                    "layer",
                    List.of(
                            AveragePool2d.class,
                            BatchNorm1d.class,
                            BatchNorm2d.class,
                            Conv1d.class,
                            Conv2d.class,
                            ConvTranspose2d.class,
                            Dense.class,
                            Dropout.class,
                            EachStep.class,
                            Elu.class,
                            Embedding.class,
                            Flatten.class,
                            Gelu.class,
                            GlobalAveragePool.class,
                            GlobalMaxPool.class,
                            GroupNorm.class,
                            Gru.class,
                            HardSigmoid.class,
                            HardSwish.class,
                            HardTanh.class,
                            LayerNorm.class,
                            LeakyRelu.class,
                            LogSoftmax.class,
                            Lstm.class,
                            MaxPool2d.class,
                            Mish.class,
                            MultiHeadSelfAttention.class,
                            Parallel.class,
                            Prelu.class,
                            Relu.class,
                            Reshape.class,
                            Residual.class,
                            RmsNorm.class,
                            Selu.class,
                            Sequential.class,
                            Sigmoid.class,
                            Silu.class,
                            Softmax.class,
                            Softplus.class,
                            Softsign.class,
                            Standardize.class,
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

    /// The settings of the layer of this name; empty if there is none.
    static List<RecordComponent> settings(String name) {
        return KINDS.components(name);
    }

    /// The names that a file may use.
    static Iterable<String> names() {
        return KINDS.names();
    }

    static Layer read(JsonFields fields) {
        return (Layer) KINDS.read(fields);
    }
}
