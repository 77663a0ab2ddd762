package org.manabi.formats.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.manabi.layers.BatchNorm1d;
import org.manabi.layers.BatchNorm2d;
import org.manabi.layers.GroupNorm;
import org.manabi.layers.Layer;
import org.manabi.layers.LayerNorm;
import org.manabi.layers.RmsNorm;
import org.manabi.layers.Standardize;

/// Writes normalizations. Those that the operators of version 17 do not have are written with those
/// that it has.
final class NormalizationNodes {

    private final NetworkGraph graph;

    NormalizationNodes(NetworkGraph graph) {
        this.graph = graph;
    }

    /// The name of the layer's output; empty if it is none of these.
    Optional<String> write(Layer layer, String path, Flow in) {
        return Optional.ofNullable(
                switch (layer) {
                    case BatchNorm1d norm -> batch(norm.epsilon(), path, in);
                    case BatchNorm2d norm -> batch(norm.epsilon(), path, in);
                    case LayerNorm(double epsilon) ->
                            graph.node(
                                    path,
                                    "",
                                    "LayerNormalization",
                                    List.of(
                                            in.name(),
                                            graph.parameter(path, "weight"),
                                            graph.parameter(path, "bias")),
                                    Map.of(
                                            "axis",
                                            OnnxAttribute.of(-1),
                                            "epsilon",
                                            OnnxAttribute.of((float) epsilon)));
                    case RmsNorm(double epsilon) -> rootMeanSquare(epsilon, path, in.name());
                    case GroupNorm norm -> group(norm, path, in);
                    case Standardize norm -> standardize(norm, path, in.name());
                    default -> null;
                });
    }

    private String batch(double epsilon, String path, Flow in) {
        return graph.node(
                path,
                "",
                "BatchNormalization",
                List.of(
                        in.name(),
                        graph.parameter(path, "weight"),
                        graph.parameter(path, "bias"),
                        graph.parameter(path, "runningMean"),
                        graph.parameter(path, "runningVariance")),
                Map.of("epsilon", OnnxAttribute.of((float) epsilon)));
    }

    /// γ·x / √(mean(x²) + ε), which is an operator of its own from version 23 on.
    private String rootMeanSquare(double epsilon, String path, String x) {
        String mean =
                graph.node(
                        path,
                        "",
                        "ReduceMean",
                        List.of(graph.part(path, "square", "Mul", x, x)),
                        Map.of(
                                "axes",
                                OnnxAttribute.ofIntegers(-1),
                                "keepdims",
                                OnnxAttribute.of(1)));
        String sum = graph.node(path, "Add", mean, graph.number(path, "epsilon", epsilon));
        String scaled = graph.node(path, "Div", x, graph.node(path, "Sqrt", sum));
        return graph.node(path, "Mul", scaled, graph.parameter(path, "weight"));
    }

    /// The groups become the channels of instance normalization. The operator of this name takes,
    /// until version 21, one gain for a group, not for a channel.
    private String group(GroupNorm norm, String path, Flow in) {
        int groups = norm.groups();
        String divided =
                graph.part(
                        path,
                        "divided",
                        "Reshape",
                        in.name(),
                        graph.integers(path, "groups", 0, groups, -1));
        double[] ones = new double[groups];
        Arrays.fill(ones, 1);
        String normal =
                graph.node(
                        path,
                        "",
                        "InstanceNormalization",
                        List.of(
                                divided,
                                graph.numbers(path, "ones", ones),
                                graph.numbers(path, "zeros", new double[groups])),
                        Map.of("epsilon", OnnxAttribute.of((float) norm.epsilon())));
        long[] dims = new long[in.rank()];
        int[] channels = new int[in.sample().rank()];
        Arrays.fill(channels, 1);
        channels[0] = in.sample().dim(0);
        for (int axis = 1; axis < dims.length; axis++) {
            dims[axis] = in.sample().dim(axis - 1);
        }
        String whole = graph.node(path, "Reshape", normal, graph.integers(path, "shape", dims));
        String scaled = graph.node(path, "Mul", whole, graph.parameter(path, "weight", channels));
        return graph.node(path, "Add", scaled, graph.parameter(path, "bias", channels));
    }

    private String standardize(Standardize norm, String path, String x) {
        String centered =
                graph.node(path, "Sub", x, graph.numbers(path, "means", array(norm.means())));
        return graph.node(
                path, "Div", centered, graph.numbers(path, "deviations", array(norm.deviations())));
    }

    private static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
