package org.manabi.formats.onnx;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One operation of a graph.
///
/// @param name may be empty
/// @param domain of the operator; the standard's own is empty
/// @param inputs the names of its inputs; an empty name is an input left out
/// @param outputs the names of its outputs; an empty name is an output that nobody wants
public record OnnxNode(
        String name,
        String operator,
        String domain,
        List<String> inputs,
        List<String> outputs,
        Map<String, OnnxAttribute> attributes) {

    public OnnxNode {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attributes = java.util.Collections.unmodifiableMap(new TreeMap<>(attributes));
    }

    /// A node of the standard's domain.
    public static OnnxNode of(
            String name,
            String operator,
            List<String> inputs,
            String output,
            Map<String, OnnxAttribute> attributes) {
        return new OnnxNode(name, operator, "", inputs, List.of(output), attributes);
    }

    /// How messages name it.
    public String label() {
        String shown =
                name.isEmpty()
                        ? outputs.stream().filter(o -> !o.isEmpty()).findFirst().orElse("?")
                        : name;
        return "node \"%s\" (%s%s)"
                .formatted(shown, domain.isEmpty() ? "" : domain + ".", operator);
    }
}
