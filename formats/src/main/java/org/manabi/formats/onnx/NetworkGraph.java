package org.manabi.formats.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.manabi.formats.array.ElementType;
import org.manabi.formats.array.NumericArray;
import org.manabi.layers.Network;
import org.manabi.tensor.DType;
import org.manabi.tensor.DoubleTensor;
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

    /// The name of a parameter of the network, which becomes an initializer.
    String parameter(String path, String name) {
        String full = path.isEmpty() ? name : path + "." + name;
        initializers.put(full, NumericArray.from(network.parameters().get(full).tensor()));
        return full;
    }

    /// The name of a parameter under another shape.
    String parameter(String path, String name, int... shape) {
        String full = path.isEmpty() ? name : path + "." + name;
        Tensor tensor = network.parameters().get(full).tensor();
        initializers.put(full, NumericArray.from(tensor.reshape(Shape.of(shape))));
        return full;
    }

    /// The number of elements of a parameter.
    int sizeOf(String path, String name) {
        return network.parameters().get(path.isEmpty() ? name : path + "." + name).shape().size();
    }

    /// The name of a number that is part of an expression.
    String number(String path, String part, double value) {
        String name = (path.isEmpty() ? "layer" : path) + "." + part;
        initializers.put(name, NumericArray.from(DoubleTensor.of(Shape.SCALAR, value)).to(type));
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
