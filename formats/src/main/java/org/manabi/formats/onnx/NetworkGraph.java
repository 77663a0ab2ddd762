package org.manabi.formats.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.manabi.formats.array.ElementType;
import org.manabi.formats.array.NumericArray;
import org.manabi.layers.Network;
import org.manabi.tensor.DType;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// The nodes and weights of a network while it is written as a graph.
final class NetworkGraph {

    static final String INPUT = "input";
    static final String OUTPUT = "output";

    private final Network network;
    private final ElementType type;
    private final List<OnnxNode> nodes = new ArrayList<>();
    private final Map<String, NumericArray> initializers = new LinkedHashMap<>();

    NetworkGraph(Network network) {
        this.network = network;
        this.type = network.dtype() == DType.FLOAT64 ? ElementType.FLOAT64 : ElementType.FLOAT32;
    }

    /// Adds a node and returns the name of its output.
    ///
    /// @param path of the layer
    /// @param part tells nodes of the same layer apart; may be empty
    String node(
            String path,
            String part,
            String operator,
            List<String> inputs,
            Map<String, OnnxAttribute> attributes) {
        String name =
                (path.isEmpty() ? "layer" : path)
                        + "."
                        + operator.toLowerCase(java.util.Locale.ROOT)
                        + (part.isEmpty() ? "" : "." + part);
        nodes.add(OnnxNode.of(name, operator, inputs, name, attributes));
        return name;
    }

    /// Adds a node without settings and returns the name of its output.
    String node(String path, String operator, String... inputs) {
        return node(path, "", operator, List.of(inputs), Map.of());
    }

    /// Adds a node without settings where a layer needs more than one of an operator.
    String part(String path, String part, String operator, String... inputs) {
        return node(path, part, operator, List.of(inputs), Map.of());
    }

    /// The name of a parameter or state of the network, which becomes an initializer.
    String parameter(String path, String name) {
        return parameter(path, name, tensor(path, name).shape().toArray());
    }

    /// The name of a parameter under another shape.
    String parameter(String path, String name, int... shape) {
        String full = full(path, name);
        initializers.put(full, NumericArray.from(tensor(path, name).reshape(Shape.of(shape))));
        return full;
    }

    private Tensor tensor(String path, String name) {
        return Objects.requireNonNull(
                network.parameters().tensors().get(full(path, name)), "a layer has its tensors");
    }

    private static String full(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /// The name of a number that is part of an expression.
    String number(String path, String part, double value) {
        return constant(path, part, NumericArray.ofDoubles(new long[0], value).to(type));
    }

    /// The name of a vector that is part of an expression.
    String numbers(String path, String part, double... values) {
        return constant(
                path, part, NumericArray.ofDoubles(new long[] {values.length}, values).to(type));
    }

    /// The name of a vector of whole numbers, such as a shape.
    String integers(String path, String part, long... values) {
        return constant(
                path,
                part,
                NumericArray.ofLongs(ElementType.INT64, new long[] {values.length}, values));
    }

    private String constant(String path, String part, NumericArray array) {
        String name = (path.isEmpty() ? "layer" : path) + "." + part;
        initializers.put(name, array);
        return name;
    }

    /// The whole model, whose last node gives `last`.
    OnnxModel finish(String last) {
        nodes.add(OnnxNode.of(OUTPUT, "Identity", List.of(last), OUTPUT, Map.of()));
        OnnxGraph graph =
                new OnnxGraph(
                        "network",
                        nodes,
                        initializers,
                        List.of(value(INPUT, network.sampleShape())),
                        List.of(value(OUTPUT, network.outputShape())));
        return new OnnxModel(OnnxExport.IR_VERSION, "manabi", Map.of("", OnnxExport.OPSET), graph);
    }

    private OnnxValue value(String name, Shape sample) {
        List<OnnxValue.Dim> dims = new ArrayList<>();
        dims.add(OnnxValue.Dim.free("N"));
        for (int length : sample.toArray()) {
            dims.add(OnnxValue.Dim.of(length));
        }
        return new OnnxValue(name, type, dims);
    }
}
