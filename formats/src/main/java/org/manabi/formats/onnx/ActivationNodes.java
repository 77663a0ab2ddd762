package org.manabi.formats.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.manabi.layers.Elu;
import org.manabi.layers.Gelu;
import org.manabi.layers.HardSigmoid;
import org.manabi.layers.HardSwish;
import org.manabi.layers.HardTanh;
import org.manabi.layers.Layer;
import org.manabi.layers.LeakyRelu;
import org.manabi.layers.LogSoftmax;
import org.manabi.layers.Mish;
import org.manabi.layers.Prelu;
import org.manabi.layers.Relu;
import org.manabi.layers.Selu;
import org.manabi.layers.Sigmoid;
import org.manabi.layers.Silu;
import org.manabi.layers.Softmax;
import org.manabi.layers.Softplus;
import org.manabi.layers.Softsign;
import org.manabi.layers.Tanh;

/// Writes activation functions. Those that the operators of version 17 do not have (GELU, SiLU,
/// Mish) are written as the expressions that they are.
final class ActivationNodes {

    private final NetworkGraph graph;

    ActivationNodes(NetworkGraph graph) {
        this.graph = graph;
    }

    /// The name of the layer's output; empty if it is none of these.
    Optional<String> write(Layer layer, String path, Flow in) {
        String x = in.name();
        return Optional.ofNullable(
                switch (layer) {
                    case Relu() -> graph.node(path, "Relu", x);
                    case Sigmoid() -> graph.node(path, "Sigmoid", x);
                    case Tanh() -> graph.node(path, "Tanh", x);
                    case Softplus() -> graph.node(path, "Softplus", x);
                    case Softsign() -> graph.node(path, "Softsign", x);
                    case HardSwish() -> graph.node(path, "HardSwish", x);
                    case Softmax() -> node(path, "Softmax", x, "axis", OnnxAttribute.of(-1));
                    case LogSoftmax() -> node(path, "LogSoftmax", x, "axis", OnnxAttribute.of(-1));
                    case Elu(double alpha) -> node(path, "Elu", x, "alpha", real(alpha));
                    case LeakyRelu(double slope) ->
                            node(path, "LeakyRelu", x, "alpha", real(slope));
                    case HardSigmoid(double slope, double offset) ->
                            graph.node(
                                    path,
                                    "",
                                    "HardSigmoid",
                                    List.of(x),
                                    Map.of("alpha", real(slope), "beta", real(offset)));
                    case Selu() ->
                            graph.node(
                                    path,
                                    "",
                                    "Selu",
                                    List.of(x),
                                    Map.of("alpha", real(Selu.ALPHA), "gamma", real(Selu.LAMBDA)));
                    case HardTanh(double least, double most) ->
                            graph.node(
                                    path,
                                    "Clip",
                                    x,
                                    graph.number(path, "least", least),
                                    graph.number(path, "most", most));
                    case Prelu prelu -> prelu(prelu, path, in);
                    case Silu() -> graph.node(path, "Mul", x, graph.node(path, "Sigmoid", x));
                    case Mish() ->
                            graph.node(
                                    path,
                                    "Mul",
                                    x,
                                    graph.node(path, "Tanh", graph.node(path, "Softplus", x)));
                    case Gelu(Gelu.Form form) ->
                            form == Gelu.Form.EXACT ? exactGelu(path, x) : tanhGelu(path, x);
                    default -> null;
                });
    }

    private static OnnxAttribute real(double value) {
        return OnnxAttribute.of((float) value);
    }

    private String node(String path, String operator, String x, String name, OnnxAttribute value) {
        return graph.node(path, "", operator, List.of(x), Map.of(name, value));
    }

    /// The slopes are repeated along the axes after the channels.
    private String prelu(Prelu prelu, String path, Flow in) {
        if (prelu.sharing() == Prelu.Sharing.ALL) {
            return graph.node(path, "PRelu", in.name(), graph.parameter(path, "slope"));
        }
        int[] shape = new int[in.sample().rank()];
        Arrays.fill(shape, 1);
        shape[0] = in.sample().dim(0);
        return graph.node(path, "PRelu", in.name(), graph.parameter(path, "slope", shape));
    }

    /// x · ½ (1 + erf(x/√2))
    private String exactGelu(String path, String x) {
        String scaled = graph.node(path, "Div", x, graph.number(path, "root2", Math.sqrt(2)));
        return halfOfOnePlus(path, x, graph.node(path, "Erf", scaled));
    }

    /// x · ½ (1 + tanh(√(2/π) (x + 0.044715 x³)))
    private String tanhGelu(String path, String x) {
        String cube = graph.node(path, "Pow", x, graph.number(path, "three", 3));
        String small = graph.part(path, "cube", "Mul", cube, graph.number(path, "cubic", 0.044715));
        String sum = graph.part(path, "cube", "Add", x, small);
        String root = graph.number(path, "root", Math.sqrt(2 / Math.PI));
        String scaled = graph.part(path, "scaled", "Mul", sum, root);
        return halfOfOnePlus(path, x, graph.node(path, "Tanh", scaled));
    }

    private String halfOfOnePlus(String path, String x, String y) {
        String sum = graph.node(path, "Add", y, graph.number(path, "one", 1));
        String product = graph.part(path, "whole", "Mul", x, sum);
        return graph.node(path, "Mul", product, graph.number(path, "half", 0.5));
    }
}
