package org.manabi.formats.onnx;

import java.util.List;
import java.util.Map;
import org.manabi.layers.Conv2d;
import org.manabi.layers.Dense;
import org.manabi.layers.Elu;
import org.manabi.layers.Flatten;
import org.manabi.layers.Gelu;
import org.manabi.layers.HardSigmoid;
import org.manabi.layers.HardSwish;
import org.manabi.layers.HardTanh;
import org.manabi.layers.Layer;
import org.manabi.layers.LeakyRelu;
import org.manabi.layers.LogSoftmax;
import org.manabi.layers.MaxPool2d;
import org.manabi.layers.Mish;
import org.manabi.layers.Network;
import org.manabi.layers.Padding;
import org.manabi.layers.Prelu;
import org.manabi.layers.Relu;
import org.manabi.layers.Selu;
import org.manabi.layers.Sequential;
import org.manabi.layers.Sigmoid;
import org.manabi.layers.Silu;
import org.manabi.layers.Size;
import org.manabi.layers.Softmax;
import org.manabi.layers.Softplus;
import org.manabi.layers.Softsign;
import org.manabi.layers.Tanh;

/// Writes a network as an ONNX graph, as it is when it is used: of version 8 with the operators of
/// version 17, which every runtime of the last years reads. The input is named `input`, the output
/// `output`, and their first axis, the samples of a batch, is free.
///
/// Functions that those operators do not have (GELU, SiLU, Mish) are written as the expressions that
/// they are.
public final class OnnxExport {

    static final long IR_VERSION = 8;
    static final long OPSET = 17;

    private final NetworkGraph graph;
    private int rank;

    /// @param rank of a batch that goes in
    private OnnxExport(NetworkGraph graph, int rank) {
        this.graph = graph;
        this.rank = rank;
    }

    /// The network as a model.
    ///
    /// @throws IllegalArgumentException naming the layer that cannot be written
    public static OnnxModel of(Network network) {
        NetworkGraph graph = new NetworkGraph(network);
        OnnxExport export = new OnnxExport(graph, network.sampleShape().rank() + 1);
        return graph.finish(export.write(network.layer(), "", NetworkGraph.INPUT));
    }

    private String write(Layer layer, String path, String x) {
        return switch (layer) {
            case Sequential(List<Layer> layers) -> {
                String current = x;
                for (int i = 0; i < layers.size(); i++) {
                    String inner = path.isEmpty() ? Integer.toString(i) : path + "." + i;
                    current = write(layers.get(i), inner, current);
                }
                yield current;
            }
            case Dense dense -> dense(dense, path, x);
            case Conv2d conv -> conv(conv, path, x);
            case MaxPool2d pool ->
                    graph.node(
                            path,
                            "",
                            "MaxPool",
                            List.of(x),
                            window(
                                    pool.kernel(),
                                    pool.stride(),
                                    pool.padding(),
                                    Size.of(1),
                                    Map.of()));
            case Flatten() -> {
                rank = 2;
                yield node(path, "Flatten", x, Map.of("axis", OnnxAttribute.of(1)));
            }
            case Relu() -> node(path, "Relu", x, Map.of());
            case Sigmoid() -> node(path, "Sigmoid", x, Map.of());
            case Tanh() -> node(path, "Tanh", x, Map.of());
            case Softplus() -> node(path, "Softplus", x, Map.of());
            case Softsign() -> node(path, "Softsign", x, Map.of());
            case HardSwish() -> node(path, "HardSwish", x, Map.of());
            case Softmax() -> node(path, "Softmax", x, Map.of("axis", OnnxAttribute.of(-1)));
            case LogSoftmax() -> node(path, "LogSoftmax", x, Map.of("axis", OnnxAttribute.of(-1)));
            case Elu(double alpha) -> node(path, "Elu", x, Map.of("alpha", real(alpha)));
            case LeakyRelu(double slope) ->
                    node(path, "LeakyRelu", x, Map.of("alpha", real(slope)));
            case HardSigmoid(double slope, double offset) ->
                    node(
                            path,
                            "HardSigmoid",
                            x,
                            Map.of("alpha", real(slope), "beta", real(offset)));
            case Selu() ->
                    node(
                            path,
                            "Selu",
                            x,
                            Map.of("alpha", real(Selu.ALPHA), "gamma", real(Selu.LAMBDA)));
            case HardTanh(double least, double most) ->
                    graph.node(
                            path,
                            "",
                            "Clip",
                            List.of(
                                    x,
                                    graph.number(path, "least", least),
                                    graph.number(path, "most", most)),
                            Map.of());
            case Prelu prelu -> prelu(prelu, path, x);
            case Silu() -> times(path, x, node(path, "Sigmoid", x, Map.of()));
            case Mish() -> {
                String softplus = node(path, "Softplus", x, Map.of());
                yield times(path, x, node(path, "Tanh", softplus, Map.of()));
            }
            case Gelu(Gelu.Form form) ->
                    form == Gelu.Form.EXACT ? exactGelu(path, x) : tanhGelu(path, x);
            default ->
                    throw new IllegalArgumentException(
                            "the layer %s%s cannot be written as ONNX"
                                    .formatted(path.isEmpty() ? "" : path + " ", layer));
        };
    }

    private static OnnxAttribute real(double value) {
        return OnnxAttribute.of((float) value);
    }

    private String node(
            String path, String operator, String x, Map<String, OnnxAttribute> attributes) {
        return graph.node(path, "", operator, List.of(x), attributes);
    }

    private String times(String path, String a, String b) {
        return graph.node(path, "", "Mul", List.of(a, b), Map.of());
    }

    private String dense(Dense dense, String path, String x) {
        String weight = graph.parameter(path, "weight");
        return dense.bias() == null
                ? graph.node(path, "", "MatMul", List.of(x, weight), Map.of())
                : graph.node(
                        path,
                        "",
                        "Gemm",
                        List.of(x, weight, graph.parameter(path, "bias")),
                        Map.of());
    }

    private String conv(Conv2d conv, String path, String x) {
        String weight = graph.parameter(path, "weight");
        Map<String, OnnxAttribute> attributes =
                window(
                        conv.kernel(),
                        conv.stride(),
                        conv.padding(),
                        conv.dilation(),
                        Map.of("group", OnnxAttribute.of(conv.groups())));
        List<String> inputs =
                conv.bias() == null
                        ? List.of(x, weight)
                        : List.of(x, weight, graph.parameter(path, "bias"));
        return graph.node(path, "", "Conv", inputs, attributes);
    }

    private static Map<String, OnnxAttribute> window(
            Size kernel,
            Size stride,
            Padding padding,
            Size dilation,
            Map<String, OnnxAttribute> more) {
        Map<String, OnnxAttribute> attributes = new java.util.TreeMap<>(more);
        attributes.put("kernel_shape", pair(kernel));
        attributes.put("strides", pair(stride));
        if (!dilation.equals(Size.of(1))) {
            attributes.put("dilations", pair(dilation));
        }
        switch (padding) {
            case Padding.Around(int top, int bottom, int left, int right) ->
                    attributes.put("pads", OnnxAttribute.ofIntegers(top, left, bottom, right));
            case Padding.Same() -> attributes.put("auto_pad", OnnxAttribute.of("SAME_UPPER"));
        }
        return attributes;
    }

    private static OnnxAttribute pair(Size size) {
        return OnnxAttribute.ofIntegers(size.height(), size.width());
    }

    /// The slopes are repeated along the axes after the channels.
    private String prelu(Prelu prelu, String path, String x) {
        int slopes = graph.sizeOf(path, "slope");
        String slope =
                prelu.sharing() == Prelu.Sharing.ALL
                        ? graph.parameter(path, "slope")
                        : graph.parameter(path, "slope", slopeShape(slopes));
        return graph.node(path, "", "PRelu", List.of(x, slope), Map.of());
    }

    private int[] slopeShape(int slopes) {
        int[] shape = new int[rank - 1];
        java.util.Arrays.fill(shape, 1);
        shape[0] = slopes;
        return shape;
    }

    /// x · ½ (1 + erf(x/√2))
    private String exactGelu(String path, String x) {
        String root = graph.number(path, "root2", Math.sqrt(2));
        String scaled = graph.node(path, "", "Div", List.of(x, root), Map.of());
        return halfOfOnePlus(path, x, node(path, "Erf", scaled, Map.of()));
    }

    /// x · ½ (1 + tanh(√(2/π) (x + 0.044715 x³)))
    private String tanhGelu(String path, String x) {
        String three = graph.number(path, "three", 3);
        String cube = graph.node(path, "", "Pow", List.of(x, three), Map.of());
        String small =
                graph.node(
                        path,
                        "cube",
                        "Mul",
                        List.of(cube, graph.number(path, "cubic", 0.044715)),
                        Map.of());
        String sum = graph.node(path, "cube", "Add", List.of(x, small), Map.of());
        String scaled =
                graph.node(
                        path,
                        "scaled",
                        "Mul",
                        List.of(sum, graph.number(path, "root", Math.sqrt(2 / Math.PI))),
                        Map.of());
        return halfOfOnePlus(path, x, node(path, "Tanh", scaled, Map.of()));
    }

    private String halfOfOnePlus(String path, String x, String y) {
        String one = graph.number(path, "one", 1);
        String half = graph.number(path, "half", 0.5);
        String sum = graph.node(path, "", "Add", List.of(y, one), Map.of());
        String product = graph.node(path, "whole", "Mul", List.of(x, sum), Map.of());
        return graph.node(path, "", "Mul", List.of(product, half), Map.of());
    }
}
