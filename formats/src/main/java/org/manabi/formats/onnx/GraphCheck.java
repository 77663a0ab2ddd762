package org.manabi.formats.onnx;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.FormatException;

/// Checks that a graph can be computed from its first node to its last: every name is given once,
/// before it is used, and the outputs are among them.
///
/// Source: ONNX, *IR.md*, "Graphs" and "Nodes".
final class GraphCheck {

    private static final int MAX_DEPTH = 16;

    private final String file;

    GraphCheck(String file) {
        this.file = file;
    }

    /// The names that a graph may use: its own, and those of the graph around it. They are not
    /// copied, since a file may hold any number of graphs beside any number of names.
    private record Names(Set<String> own, @Nullable Names outer) {

        boolean contains(String name) {
            return own.contains(name) || (outer != null && outer.contains(name));
        }
    }

    void check(OnnxGraph graph) {
        check(graph, null, 0);
    }

    private void check(OnnxGraph graph, @Nullable Names outer, int depth) {
        if (depth > MAX_DEPTH) {
            throw fault("graphs lie more than %d deep in each other".formatted(MAX_DEPTH));
        }
        Names known = new Names(new HashSet<>(graph.initializers().keySet()), outer);
        Set<String> given = new HashSet<>(graph.initializers().keySet());
        Set<String> inputs = new HashSet<>();
        for (OnnxValue input : graph.inputs()) {
            if (input.name().isEmpty() || !inputs.add(input.name())) {
                throw fault("an input has no name or comes twice: \"%s\"".formatted(input.name()));
            }
        }
        known.own().addAll(inputs);
        given.addAll(inputs);
        for (OnnxNode node : graph.nodes()) {
            check(node, graph, known, depth);
            for (String output : node.outputs()) {
                if (!output.isEmpty() && !given.add(output)) {
                    throw fault(
                            "%s gives \"%s\", which is given already"
                                    .formatted(node.label(), output));
                }
                known.own().add(output);
            }
        }
        checkOutputs(graph, known);
    }

    private void check(OnnxNode node, OnnxGraph graph, Names known, int depth) {
        for (String input : node.inputs()) {
            if (!input.isEmpty() && !known.contains(input)) {
                throw fault(
                        "%s needs \"%s\", which %s"
                                .formatted(
                                        node.label(),
                                        input,
                                        isGivenIn(graph, input)
                                                ? "a later node gives: the nodes are not in order,"
                                                        + " or go in a circle"
                                                : "nothing gives"));
            }
        }
        for (OnnxAttribute attribute : node.attributes().values()) {
            if (attribute instanceof OnnxAttribute.Graph(OnnxGraph inner)) {
                check(inner, known, depth + 1);
            }
        }
    }

    private static boolean isGivenIn(OnnxGraph graph, String name) {
        return graph.nodes().stream().anyMatch(node -> node.outputs().contains(name));
    }

    private void checkOutputs(OnnxGraph graph, Names known) {
        Set<String> seen = new HashSet<>();
        List<OnnxValue> outputs = graph.outputs();
        if (outputs.isEmpty()) {
            throw fault("the graph %s has no output".formatted(graph.name()));
        }
        for (OnnxValue output : outputs) {
            if (!known.contains(output.name())) {
                throw fault("nothing gives the output \"%s\"".formatted(output.name()));
            }
            if (!seen.add(output.name())) {
                throw fault("the output \"%s\" comes twice".formatted(output.name()));
            }
        }
    }

    private FormatException fault(String fault) {
        return new FormatException(file, fault);
    }
}
