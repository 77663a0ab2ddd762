package org.manabi.board.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.manabi.autodiff.Input;
import org.manabi.autodiff.Parameter;
import org.manabi.autodiff.Plan;
import org.manabi.autodiff.Variable;
import org.manabi.data.Dataset;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.layers.Layer;
import org.manabi.layers.Mode;
import org.manabi.layers.Network;
import org.manabi.layers.Sequential;
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
        List<Layer> all =
                network.layer() instanceof Sequential(var layers)
                        ? layers
                        : List.of(network.layer());
        List<JsonValue> described = new ArrayList<>();
        long parametersBefore = 0;
        for (int i = 1; i <= all.size(); i++) {
            Network front = front(all, i);
            long parameters = front.parameters().count();
            described.add(
                    JsonObject.EMPTY
                            .with("layer", all.get(i - 1).toString())
                            .with("output", front.outputShape().toString())
                            .with("parameters", parameters - parametersBefore)
                            .with("activations", Histogram.of(activations(front))));
            parametersBefore = parameters;
        }
        return described;
    }

    /// The first layers as a network of their own, with the same weights.
    private Network front(List<Layer> all, int count) {
        if (!(network.layer() instanceof Sequential)) {
            return network;
        }
        return new Network(
                new Sequential(new ArrayList<>(all.subList(0, count))),
                network.sampleShape(),
                network.dtype(),
                (name, shape) -> network.parameters().get(name).tensor());
    }

    private Tensor activations(Network front) {
        Input inputs = Input.of("inputs", front.dtype(), front.sampleShape().prepend(data.size()));
        Variable outputs = front.forward(inputs, Mode.EVALUATE);
        Plan plan = Plan.forInference(Engine.serial(), List.of(outputs));
        int[] rows = IntStream.range(0, data.size()).toArray();
        Tensor targets =
                Tensor.zeros(
                        data.hasClasses() ? DType.INT32 : front.dtype(),
                        data.targets().shape().tail().prepend(data.size()));
        data.gather(rows, 0, rows.length, plan.value(inputs), targets);
        plan.forward();
        return plan.value(outputs);
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
