package org.manabi.formats.onnx;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.manabi.formats.array.NumericArray;

/// Nodes in the order in which they are computed, and what goes in and out.
///
/// @param initializers constants by their names, mostly weights
/// @param inputs what is fed; those that are initializers too may be left out
/// @param outputs what is computed
public record OnnxGraph(
        String name,
        List<OnnxNode> nodes,
        Map<String, NumericArray> initializers,
        List<OnnxValue> inputs,
        List<OnnxValue> outputs) {

    public OnnxGraph {
        nodes = List.copyOf(nodes);
        initializers = Collections.unmodifiableMap(new LinkedHashMap<>(initializers));
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /// The inputs that must be fed: those that have no initializer.
    public List<OnnxValue> required() {
        return inputs.stream().filter(input -> !initializers.containsKey(input.name())).toList();
    }

    /// How many numbers the initializers have.
    public long weightCount() {
        return initializers.values().stream().mapToLong(NumericArray::size).sum();
    }
}
