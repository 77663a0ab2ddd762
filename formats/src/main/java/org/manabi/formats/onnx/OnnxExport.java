package org.manabi.formats.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.manabi.layers.Dense;
import org.manabi.layers.Dropout;
import org.manabi.layers.Flatten;
import org.manabi.layers.Layer;
import org.manabi.layers.Network;
import org.manabi.layers.Parallel;
import org.manabi.layers.Reshape;
import org.manabi.layers.Residual;
import org.manabi.layers.Sequential;
import org.manabi.layers.Summary;
import org.manabi.tensor.Shape;

/// Writes a network as an ONNX graph, as it is when it is used: of version 8 with the operators of
/// version 17, which every runtime of the last years reads. The input is named `input`, the output
/// `output`, and their first axis, the samples of a batch, is free.
public final class OnnxExport {

    static final long IR_VERSION = 8;
    static final long OPSET = 17;

    private final NetworkGraph graph;
    private final ActivationNodes activations;
    private final WindowNodes windows;
    private final NormalizationNodes normalizations;

    /// The shapes of what the layers that hold no others give, by their paths.
    private final Map<String, Shape> outputs = new HashMap<>();

    private OnnxExport(Network network) {
        graph = new NetworkGraph(network);
        activations = new ActivationNodes(graph);
        windows = new WindowNodes(graph);
        normalizations = new NormalizationNodes(graph);
        for (Summary.Row row : network.summary().rows()) {
            outputs.put(row.path(), row.output());
        }
    }

    /// The network as a model.
    ///
    /// @throws IllegalArgumentException naming the layer that cannot be written
    public static OnnxModel of(Network network) {
        OnnxExport export = new OnnxExport(network);
        Flow input = new Flow(NetworkGraph.INPUT, network.sampleShape());
        return export.graph.finish(export.write(network.layer(), "", input).name());
    }

    private Flow write(Layer layer, String path, Flow x) {
        return switch (layer) {
            case Sequential(List<Layer> layers) -> {
                Flow current = x;
                for (int i = 0; i < layers.size(); i++) {
                    current = write(layers.get(i), within(path, Integer.toString(i)), current);
                }
                yield current;
            }
            case Residual(Layer body, @Nullable Layer shortcut) -> {
                Flow added = write(body, within(path, "body"), x);
                Flow kept = shortcut == null ? x : write(shortcut, within(path, "shortcut"), x);
                yield new Flow(graph.node(path, "Add", added.name(), kept.name()), added.sample());
            }
            case Parallel parallel -> parallel(parallel, path, x);
            default -> new Flow(single(layer, path, x), outputs.getOrDefault(path, x.sample()));
        };
    }

    private static String within(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private Flow parallel(Parallel parallel, String path, Flow x) {
        List<String> names = new ArrayList<>();
        List<Shape> shapes = new ArrayList<>();
        for (int i = 0; i < parallel.branches().size(); i++) {
            Flow branch = write(parallel.branches().get(i), within(path, Integer.toString(i)), x);
            names.add(branch.name());
            shapes.add(branch.sample());
        }
        if (parallel.merge() == Parallel.Merge.SUM) {
            return new Flow(
                    graph.node(path, "Sum", names.toArray(String[]::new)), shapes.getFirst());
        }
        int[] dims = shapes.getFirst().toArray();
        dims[0] = shapes.stream().mapToInt(shape -> shape.dim(0)).sum();
        return new Flow(
                graph.node(path, "", "Concat", names, Map.of("axis", OnnxAttribute.of(1))),
                Shape.of(dims));
    }

    private String single(Layer layer, String path, Flow x) {
        return basic(layer, path, x)
                .or(() -> activations.write(layer, path, x))
                .or(() -> windows.write(layer, path, x))
                .or(() -> normalizations.write(layer, path, x))
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "the layer %s%s cannot be written as ONNX"
                                                .formatted(
                                                        path.isEmpty() ? "" : path + " ", layer)));
    }

    private Optional<String> basic(Layer layer, String path, Flow x) {
        return Optional.ofNullable(
                switch (layer) {
                    case Dense dense -> dense(dense, path, x.name());
                    case Dropout _ -> x.name();
                    case Flatten() ->
                            graph.node(
                                    path,
                                    "",
                                    "Flatten",
                                    List.of(x.name()),
                                    Map.of("axis", OnnxAttribute.of(1)));
                    case Reshape(Shape to) ->
                            graph.node(
                                    path,
                                    "Reshape",
                                    x.name(),
                                    graph.integers(path, "shape", batchOf(to)));
                    default -> null;
                });
    }

    private String dense(Dense dense, String path, String x) {
        String weight = graph.parameter(path, "weight");
        return dense.bias() == null
                ? graph.node(path, "MatMul", x, weight)
                : graph.node(path, "Gemm", x, weight, graph.parameter(path, "bias"));
    }

    /// The shape of a batch, 0 standing for as many samples as there are.
    private static long[] batchOf(Shape sample) {
        long[] dims = new long[sample.rank() + 1];
        for (int axis = 1; axis < dims.length; axis++) {
            dims[axis] = sample.dim(axis - 1);
        }
        return dims;
    }
}
