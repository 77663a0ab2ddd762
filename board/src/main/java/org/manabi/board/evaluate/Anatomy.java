package org.manabi.board.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.manabi.autodiff.Input;
import org.manabi.autodiff.Parameter;
import org.manabi.autodiff.Plan;
import org.manabi.data.Dataset;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.layers.LayerOutput;
import org.manabi.layers.Mode;
import org.manabi.layers.Network;
import org.manabi.layers.Summary;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// What a network is made of: its layers with the shapes between them, the spread of its weights
/// and activations, and what its first units look for.
final class Anatomy {

    private static final int SAMPLES = 100;
    private static final int UNITS = 40;

    private final Network network;
    private final Dataset data;

    /// @param data samples in the model's own form, for the activations
    Anatomy(Network network, Dataset data) {
        this.network = network;
        this.data = data.first(Math.min(SAMPLES, data.size()));
    }

    JsonObject toJson() {
        JsonObject json =
                JsonObject.EMPTY
                        .with("input", network.sampleShape().toString())
                        .with("layers", new JsonValue.Array(layers()))
                        .with("weights", new JsonValue.Array(weights()));
        return firstUnits().map(units -> json.with("firstUnits", units)).orElse(json);
    }

    /// The layers one by one, each with the spread of what it gives for some samples.
    private List<JsonValue> layers() {
        List<Summary.Row> rows = network.summary().rows();
        Input inputs =
                Input.of("inputs", network.dtype(), network.sampleShape().prepend(data.size()));
        List<LayerOutput> outputs = network.layerOutputs(inputs, Mode.EVALUATE);
        Plan plan =
                Plan.forInference(
                        Engine.serial(), outputs.stream().map(LayerOutput::output).toList());
        int[] samples = IntStream.range(0, data.size()).toArray();
        Tensor targets =
                Tensor.zeros(
                        data.hasClasses() ? DType.INT32 : network.dtype(),
                        data.targets().shape().tail().prepend(data.size()));
        data.gather(samples, 0, samples.length, plan.value(inputs), targets);
        plan.forward();
        List<JsonValue> described = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            described.add(
                    JsonObject.EMPTY
                            .with("layer", rows.get(i).layer().toString())
                            .with("path", rows.get(i).path())
                            .with("output", rows.get(i).output().toString())
                            .with("parameters", rows.get(i).parameters())
                            .with(
                                    "activations",
                                    Histogram.of(plan.value(outputs.get(i).output()))));
        }
        return described;
    }

    private List<JsonValue> weights() {
        List<JsonValue> weights = new ArrayList<>();
        for (Parameter parameter : network.parameters().all()) {
            weights.add(
                    JsonObject.EMPTY
                            .with("parameter", parameter.name())
                            .with("shape", parameter.shape().toString())
                            .with("histogram", Histogram.of(parameter.tensor())));
        }
        return weights;
    }

    /// The weights of each first unit as a picture, if inputs are square pictures or the first layer
    /// convolves: signed bytes of which 127 is the largest weight.
    private Optional<JsonObject> firstUnits() {
        Optional<Parameter> first =
                network.parameters().all().stream()
                        .filter(parameter -> parameter.shape().rank() >= 2)
                        .findFirst();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        Tensor weights = first.get().tensor();
        Shape shape = first.get().shape();
        boolean dense = shape.rank() == 2;
        int size = dense ? shape.dim(0) : shape.dim(-1) * shape.dim(-2);
        int width = dense ? (int) Math.round(Math.sqrt(size)) : shape.dim(-1);
        if (width < 2 || (dense && width * width != size)) {
            return Optional.empty();
        }
        int units = Math.min(UNITS, dense ? shape.dim(1) : weights.size() / size);
        List<String> pictures = new ArrayList<>();
        for (int unit = 0; unit < units; unit++) {
            double[] values = new double[size];
            for (int i = 0; i < size; i++) {
                values[i] = weights.getAsDouble(dense ? i * shape.dim(1) + unit : unit * size + i);
            }
            pictures.add(SignedBytes.base64(values));
        }
        return Optional.of(JsonObject.EMPTY.with("width", width).with("pictures", pictures));
    }
}
