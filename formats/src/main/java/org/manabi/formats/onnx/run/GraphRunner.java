package org.manabi.formats.onnx.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.FormatException;
import org.manabi.formats.array.ElementType;
import org.manabi.formats.array.NumericArray;
import org.manabi.formats.onnx.OnnxAttribute;
import org.manabi.formats.onnx.OnnxGraph;
import org.manabi.formats.onnx.OnnxModel;
import org.manabi.formats.onnx.OnnxNode;
import org.manabi.formats.onnx.OnnxValue;
import org.manabi.tensor.ShapeException;

/// Computes a network that was read from an ONNX file, node after node:
///
///     var runner = new GraphRunner(Onnx.read(file), file.toString());
///     Map<String, NumericArray> outputs = runner.run(Map.of("x", x));
///
/// Numbers of up to 32 bits are computed in `float`, sums of products of a convolution or a matrix
/// too; everything else in `double` and rounded once.
///
/// Source: ONNX, *Operators.md*.
public final class GraphRunner {

    private final OnnxModel model;
    private final String file;
    private final Map<String, Value> initializers = new HashMap<>();

    /// Makes a network ready.
    ///
    /// @param file what errors call the model
    /// @throws FormatException if it has an operator that is not known, naming the node
    public GraphRunner(OnnxModel model, String file) {
        this.model = model;
        this.file = file;
        requireKnown(model.graph());
        model.graph()
                .initializers()
                .forEach((name, array) -> initializers.put(name, value(name, array)));
    }

    private Value value(String name, NumericArray array) {
        try {
            return Value.of(array);
        } catch (ShapeException | ArithmeticException e) {
            throw new FormatException(file, "%s %s: %s".formatted(name, array, e.getMessage()));
        }
    }

    private void requireKnown(OnnxGraph graph) {
        for (OnnxNode node : graph.nodes()) {
            if (Operators.of(node).isEmpty()) {
                throw Call.fault(
                        file,
                        node,
                        "the operator is not supported; there are "
                                + String.join(", ", Operators.names()));
            }
            for (OnnxAttribute attribute : node.attributes().values()) {
                if (attribute instanceof OnnxAttribute.Graph(OnnxGraph inner)) {
                    requireKnown(inner);
                }
            }
        }
    }

    public OnnxModel model() {
        return model;
    }

    /// The outputs for some inputs, in the order of the graph.
    ///
    /// @param inputs by their names; those that have an initializer may be left out. Floating-point
    ///     numbers of another width are converted, as are whole numbers that keep their value.
    /// @throws FormatException if an input is missing, unknown or of a wrong type or shape, or the
    ///     nodes do not fit together, naming the node
    public Map<String, NumericArray> run(Map<String, NumericArray> inputs) {
        Map<String, Value> values = new HashMap<>(initializers);
        Map<String, Long> free = new HashMap<>();
        List<OnnxValue> expected = model.graph().inputs();
        Set<String> names = expected.stream().map(OnnxValue::name).collect(Collectors.toSet());
        for (String name : inputs.keySet()) {
            if (!names.contains(name)) {
                throw new FormatException(
                        file,
                        "has no input \"%s\"; its inputs are %s"
                                .formatted(name, describe(expected)));
            }
        }
        for (OnnxValue input : expected) {
            NumericArray array = inputs.get(input.name());
            if (array != null) {
                values.put(input.name(), value(input.name(), fit(input, array, free)));
            } else if (!model.graph().initializers().containsKey(input.name())) {
                throw new FormatException(file, "needs the input " + input + ", which is missing");
            }
        }
        List<Value> outputs = compute(model.graph(), values);
        Map<String, NumericArray> named = new LinkedHashMap<>();
        for (int i = 0; i < outputs.size(); i++) {
            named.put(model.graph().outputs().get(i).name(), outputs.get(i).toArray());
        }
        return named;
    }

    private static String describe(List<OnnxValue> inputs) {
        return inputs.isEmpty()
                ? "none"
                : inputs.stream().map(OnnxValue::toString).collect(Collectors.joining("; "));
    }

    private NumericArray fit(OnnxValue input, NumericArray array, Map<String, Long> free) {
        List<OnnxValue.Dim> dims = input.shape().orElse(null);
        boolean fits = dims == null || dims.size() == array.rank();
        for (int i = 0; fits && dims != null && i < dims.size(); i++) {
            OnnxValue.Dim dim = dims.get(i);
            long length = array.dim(i);
            fits = dim.isFree() || dim.length() == length;
            if (dim.isFree() && !dim.name().isEmpty()) {
                Long other = free.putIfAbsent(dim.name(), length);
                fits = other == null || other == length;
            }
        }
        ElementType type = input.type() == null ? array.type() : input.type();
        Optional<NumericArray> converted = fits ? convert(array, type) : Optional.empty();
        return converted.orElseThrow(
                () ->
                        new FormatException(
                                file,
                                "the input %s is %s, but the model needs %s"
                                        .formatted(input.name(), array, input)));
    }

    private static Optional<NumericArray> convert(NumericArray array, ElementType type) {
        if (array.type() == type) {
            return Optional.of(array);
        }
        if (array.type() == ElementType.UINT16 && type == ElementType.BFLOAT16) {
            // Formats without bfloat16 store its bits so.
            return Optional.of(NumericArray.of(type, array.dims(), array.bytes()));
        }
        boolean bothReal = array.type().isFloating() && type.isFloating();
        boolean bothWhole =
                !array.type().isFloating()
                        && !type.isFloating()
                        && type != ElementType.BOOL
                        && array.type() != ElementType.BOOL;
        if (!bothReal && !bothWhole) {
            return Optional.empty();
        }
        NumericArray converted = array.to(type);
        for (int i = 0; bothWhole && i < array.size(); i++) {
            if (converted.getLong(i) != array.getLong(i)) {
                return Optional.empty();
            }
        }
        return Optional.of(converted);
    }

    /// The outputs of a graph, given the values that its nodes may use.
    private List<Value> compute(OnnxGraph graph, Map<String, Value> values) {
        Map<String, Integer> lastUses = lastUses(graph);
        for (int i = 0; i < graph.nodes().size(); i++) {
            OnnxNode node = graph.nodes().get(i);
            List<Value> outputs = compute(node, values);
            for (int k = 0; k < node.outputs().size(); k++) {
                String name = node.outputs().get(k);
                if (!name.isEmpty()) {
                    if (k >= outputs.size()) {
                        throw Call.fault(file, node, "there is no output %s".formatted(k));
                    }
                    values.put(name, outputs.get(k));
                }
            }
            for (String input : node.inputs()) {
                if (lastUses.getOrDefault(input, Integer.MAX_VALUE) == i) {
                    values.remove(input); // its memory is free for what follows
                }
            }
        }
        List<Value> results = new ArrayList<>();
        for (OnnxValue output : graph.outputs()) {
            Value value = values.get(output.name());
            if (value == null) {
                throw new FormatException(
                        file, "nothing gives the output \"%s\"".formatted(output.name()));
            }
            results.add(value);
        }
        return results;
    }

    /// The last node that uses each value that is nothing but a step on the way.
    private static Map<String, Integer> lastUses(OnnxGraph graph) {
        Set<String> kept = new HashSet<>();
        graph.outputs().forEach(output -> kept.add(output.name()));
        Map<String, Integer> lastUses = new HashMap<>();
        for (int i = 0; i < graph.nodes().size(); i++) {
            OnnxNode node = graph.nodes().get(i);
            boolean hasGraph =
                    node.attributes().values().stream()
                            .anyMatch(attribute -> attribute instanceof OnnxAttribute.Graph);
            if (hasGraph) {
                return Map.of(); // what the inner graph uses is not looked for
            }
            for (String input : node.inputs()) {
                if (!kept.contains(input)) {
                    lastUses.put(input, i);
                }
            }
        }
        return lastUses;
    }

    private List<Value> compute(OnnxNode node, Map<String, Value> values) {
        List<@Nullable Value> inputs = new ArrayList<>();
        for (String input : node.inputs()) {
            inputs.add(input.isEmpty() ? null : values.get(input));
        }
        Call call =
                new Call(
                        node,
                        inputs,
                        model.opset(),
                        (graph, given) -> {
                            Map<String, Value> inner = new HashMap<>(values);
                            graph.initializers()
                                    .forEach((name, array) -> inner.put(name, value(name, array)));
                            inner.putAll(given);
                            return compute(graph, inner);
                        });
        try {
            return Operators.of(node)
                    .orElseThrow(() -> Call.fault(file, node, "the operator is not supported"))
                    .run(call);
        } catch (IllegalArgumentException
                | ArithmeticException
                | IndexOutOfBoundsException
                | NegativeArraySizeException e) {
            throw Call.fault(
                    file,
                    node,
                    e instanceof ShapeException
                            ? String.valueOf(e.getMessage())
                            : "its inputs and settings do not fit together (%s)"
                                    .formatted(e.getMessage()));
        }
    }
}
