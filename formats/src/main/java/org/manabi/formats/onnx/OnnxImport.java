package org.manabi.formats.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.manabi.formats.FormatException;
import org.manabi.formats.array.ElementType;
import org.manabi.formats.array.NumericArray;
import org.manabi.layers.Layer;
import org.manabi.layers.LogSoftmax;
import org.manabi.layers.Network;
import org.manabi.layers.Sequential;
import org.manabi.layers.Softmax;
import org.manabi.tensor.DType;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;
import org.manabi.train.Model;

/// Makes a model that can be trained further of an ONNX graph: of nodes that follow each other from
/// the only input to the first output, each of which is a layer.
///
/// A graph that ends in a softmax gives probabilities, others logits, or a number if it is one.
public final class OnnxImport {

    private final String file;
    private final Map<String, NumericArray> constants;
    private final ImportedLayers layers;
    private String current;

    private OnnxImport(OnnxModel model, String file, OnnxValue input, Shape sample) {
        this.file = file;
        constants = new HashMap<>(model.graph().initializers());
        layers = new ImportedLayers(model.opset(), sample);
        current = input.name();
    }

    /// The model of a graph.
    ///
    /// @param file what errors call it
    /// @throws FormatException naming the node that is no layer, or what else is in the way
    public static Model<?> of(OnnxModel model, String file) {
        List<OnnxValue> inputs = model.graph().required();
        if (inputs.size() != 1) {
            throw new FormatException(
                    file, "has %d inputs; a model is made of one".formatted(inputs.size()));
        }
        OnnxValue input = inputs.getFirst();
        Shape sample =
                sample(input)
                        .orElseThrow(
                                () ->
                                        new FormatException(
                                                file,
                                                "its input %s does not tell the shape of a sample"
                                                        .formatted(input)));
        OnnxImport graph = new OnnxImport(model, file, input, sample);
        model.graph().nodes().forEach(graph::add);
        String output = model.graph().outputs().getFirst().name();
        if (!graph.current.equals(output)) {
            throw new FormatException(
                    file,
                    "ends with \"%s\", but its first output is \"%s\""
                            .formatted(graph.current, output));
        }
        return graph.model(
                sample, input.type() == ElementType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32);
    }

    private static Optional<Shape> sample(OnnxValue input) {
        List<OnnxValue.Dim> dims = input.shape().orElse(List.of());
        int[] shape = new int[Math.max(0, dims.size() - 1)];
        for (int i = 0; i < shape.length; i++) {
            long length = dims.get(i + 1).length();
            if (length < 1 || length > Integer.MAX_VALUE) {
                return Optional.empty();
            }
            shape[i] = (int) length;
        }
        return dims.size() < 2 ? Optional.empty() : Optional.of(Shape.of(shape));
    }

    private void add(OnnxNode node) {
        if (node.outputs().isEmpty()) {
            throw fault(node, "it gives nothing");
        }
        if (node.operator().equals("Constant")
                && node.attributes().get("value") instanceof OnnxAttribute.Array(var value)) {
            constants.put(node.outputs().getFirst(), value);
            return;
        }
        List<String> names = node.inputs().stream().filter(name -> !name.isEmpty()).toList();
        List<String> computed =
                names.stream().filter(name -> !constants.containsKey(name)).toList();
        if (node.operator().equals("Identity") && computed.isEmpty() && names.size() == 1) {
            NumericArray constant = constants.get(names.getFirst());
            if (constant != null) {
                constants.put(node.outputs().getFirst(), constant);
                return;
            }
        }
        if (!computed.equals(List.of(current))) {
            throw fault(
                    node,
                    "only nodes that follow each other become layers, and it takes %s after \"%s\""
                            .formatted(computed, current));
        }
        List<NumericArray> given = new ArrayList<>();
        for (String name : node.inputs()) {
            NumericArray constant = constants.get(name);
            if (constant != null) {
                given.add(constant);
            }
        }
        try {
            layers.add(node, given);
        } catch (ShapeException | ArithmeticException e) {
            throw fault(node, String.valueOf(e.getMessage()));
        }
        current = node.outputs().getFirst();
    }

    private FormatException fault(OnnxNode node, String fault) {
        return new FormatException(file, node.label() + ": " + fault);
    }

    private Model<?> model(Shape sample, DType dtype) {
        List<Layer> all = layers.finished();
        try {
            Network network =
                    new Network(
                            new Sequential(all),
                            sample,
                            dtype,
                            (name, shape) -> tensor(name, shape, dtype));
            Layer last = all.isEmpty() ? null : all.getLast();
            return switch (last) {
                case Softmax _ -> Model.ofProbabilities(network);
                case LogSoftmax _ -> Model.ofLogProbabilities(network);
                case null, default ->
                        network.outputShape().size() == 1
                                ? Model.ofOutputs(network)
                                : Model.ofLogits(network);
            };
        } catch (ShapeException e) {
            throw new FormatException(file, "its layers do not fit together: " + e.getMessage());
        }
    }

    private Tensor tensor(String name, Shape shape, DType dtype) {
        NumericArray array = layers.weights().get(name);
        if (array == null || array.size() != shape.size()) {
            throw new ShapeException(
                    "the weights %s are %s, but %s is needed"
                            .formatted(name, array == null ? "missing" : array, shape));
        }
        ElementType type = dtype == DType.FLOAT64 ? ElementType.FLOAT64 : ElementType.FLOAT32;
        return array.to(type).toTensor().reshape(shape);
    }
}
