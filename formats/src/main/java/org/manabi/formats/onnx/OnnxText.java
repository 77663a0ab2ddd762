package org.manabi.formats.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.manabi.formats.Printable;
import org.manabi.formats.array.NumericArray;

/// Draws a graph as text: one line for each node, in the order in which they are computed, with the
/// shapes of the weights that go in.
///
///     x FLOAT32[N, 784] ─▶
///       hidden = Gemm(x, W1[784, 50], b1[50])  transB=0
///       y = Softmax(hidden)  axis=-1
///     ─▶ y FLOAT32[N, 10]
public final class OnnxText {

    private static final int MAX_NODES = 500;
    private static final int MAX_TEXT = 60;

    private final OnnxGraph graph;

    private OnnxText(OnnxGraph graph) {
        this.graph = graph;
    }

    /// The lines of a graph.
    public static List<String> lines(OnnxGraph graph) {
        return new OnnxText(graph).lines();
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        graph.required().forEach(input -> lines.add(printable(input.toString()) + " ─▶"));
        int shown = Math.min(MAX_NODES, graph.nodes().size());
        for (OnnxNode node : graph.nodes().subList(0, shown)) {
            lines.add("  " + line(node));
        }
        if (shown < graph.nodes().size()) {
            lines.add("  … and %d more nodes".formatted(graph.nodes().size() - shown));
        }
        graph.outputs().forEach(output -> lines.add("─▶ " + printable(output.toString())));
        return lines;
    }

    private String line(OnnxNode node) {
        String outputs =
                node.outputs().stream()
                        .map(output -> output.isEmpty() ? "_" : printable(output))
                        .collect(Collectors.joining(", "));
        String inputs = node.inputs().stream().map(this::input).collect(Collectors.joining(", "));
        String settings =
                node.attributes().entrySet().stream()
                        .map(OnnxText::setting)
                        .collect(Collectors.joining(" "));
        String domain = node.domain().isEmpty() ? "" : printable(node.domain()) + ".";
        return outputs
                + " = "
                + domain
                + printable(node.operator())
                + "("
                + inputs
                + ")"
                + (settings.isEmpty() ? "" : "  " + settings);
    }

    private String input(String name) {
        NumericArray array = graph.initializers().get(name);
        if (array == null) {
            return name.isEmpty() ? "_" : printable(name);
        }
        return printable(name)
                + java.util.Arrays.stream(array.dims())
                        .mapToObj(Long::toString)
                        .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String setting(Map.Entry<String, OnnxAttribute> setting) {
        return printable(setting.getKey()) + "=" + printable(setting.getValue().toString());
    }

    private static String printable(String text) {
        return Printable.start(text, MAX_TEXT);
    }
}
