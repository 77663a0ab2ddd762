package org.manabi.formats.onnx.run;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.FormatException;
import org.manabi.formats.onnx.OnnxAttribute;
import org.manabi.formats.onnx.OnnxGraph;
import org.manabi.formats.onnx.OnnxNode;
import org.manabi.tensor.ShapeException;

/// One node with the values that go into it.
final class Call {

    private final OnnxNode node;
    private final List<@Nullable Value> inputs;
    private final long opset;
    private final SubgraphRunner subgraphs;

    /// Computes a graph within the node's own, as the branches of `If` are.
    @FunctionalInterface
    interface SubgraphRunner {

        /// The outputs of the graph, given its own inputs.
        List<Value> run(OnnxGraph graph, Map<String, Value> inputs);
    }

    Call(OnnxNode node, List<@Nullable Value> inputs, long opset, SubgraphRunner subgraphs) {
        this.node = node;
        this.inputs = inputs;
        this.opset = opset;
        this.subgraphs = subgraphs;
    }

    /// The version of the standard's operators.
    long opset() {
        return opset;
    }

    int inputCount() {
        return inputs.size();
    }

    int outputCount() {
        return node.outputs().size();
    }

    /// An input that must be there.
    Value in(int i) {
        Value value = i < inputs.size() ? inputs.get(i) : null;
        if (value == null) {
            throw fault("input %d is missing".formatted(i));
        }
        return value;
    }

    /// An input that may be left out.
    Optional<Value> optional(int i) {
        return i < inputs.size() ? Optional.ofNullable(inputs.get(i)) : Optional.empty();
    }

    /// All inputs, of which there is at least one.
    List<Value> all() {
        if (inputs.isEmpty()) {
            throw fault("there is no input");
        }
        return java.util.stream.IntStream.range(0, inputs.size()).mapToObj(this::in).toList();
    }

    long integer(String name, long otherwise) {
        return switch (node.attributes().get(name)) {
            case null -> otherwise;
            case OnnxAttribute.Whole(long value) -> value;
            case OnnxAttribute other -> throw wrong(name, other);
        };
    }

    /// A whole number within bounds.
    int integer(String name, long otherwise, int least, int most) {
        long value = integer(name, otherwise);
        require(
                value >= least && value <= most,
                "%s=%s is outside %s … %s".formatted(name, value, least, most));
        return (int) value;
    }

    boolean flag(String name, long otherwise) {
        return integer(name, otherwise) != 0;
    }

    float real(String name, double otherwise) {
        return switch (node.attributes().get(name)) {
            case null -> (float) otherwise;
            case OnnxAttribute.Real(float value) -> value;
            case OnnxAttribute other -> throw wrong(name, other);
        };
    }

    String text(String name, String otherwise) {
        return switch (node.attributes().get(name)) {
            case null -> otherwise;
            case OnnxAttribute.Text(String value) -> value;
            case OnnxAttribute other -> throw wrong(name, other);
        };
    }

    List<String> texts(String name) {
        return switch (node.attributes().get(name)) {
            case null -> List.of();
            case OnnxAttribute.Texts(List<String> values) -> values;
            case OnnxAttribute other -> throw wrong(name, other);
        };
    }

    List<Float> reals(String name) {
        return switch (node.attributes().get(name)) {
            case null -> List.of();
            case OnnxAttribute.Reals(List<Float> values) -> values;
            case OnnxAttribute other -> throw wrong(name, other);
        };
    }

    boolean has(String name) {
        return node.attributes().containsKey(name);
    }

    /// Whole numbers, clamped to the range of `int`; empty if the setting is absent.
    Optional<int[]> ints(String name) {
        return switch (node.attributes().get(name)) {
            case null -> Optional.empty();
            case OnnxAttribute.Wholes(List<Long> values) ->
                    Optional.of(
                            values.stream()
                                    .mapToInt(
                                            v ->
                                                    Math.clamp(
                                                            v,
                                                            Integer.MIN_VALUE,
                                                            Integer.MAX_VALUE))
                                    .toArray());
            case OnnxAttribute other -> throw wrong(name, other);
        };
    }

    long[] longs(String name) {
        return switch (node.attributes().get(name)) {
            case null -> new long[0];
            case OnnxAttribute.Wholes(List<Long> values) ->
                    values.stream().mapToLong(Long::longValue).toArray();
            case OnnxAttribute other -> throw wrong(name, other);
        };
    }

    Optional<Value> array(String name) {
        return switch (node.attributes().get(name)) {
            case null -> Optional.empty();
            case OnnxAttribute.Array(var value) -> Optional.of(Value.of(value));
            case OnnxAttribute other -> throw wrong(name, other);
        };
    }

    /// Computes the graph that is a setting.
    List<Value> run(String name, Map<String, Value> values) {
        return switch (node.attributes().get(name)) {
            case OnnxAttribute.Graph(OnnxGraph graph) -> subgraphs.run(graph, values);
            case null, default -> throw fault("the graph %s is missing".formatted(name));
        };
    }

    /// An axis of some rank, negative ones counted from the end.
    int axis(long axis, int rank) {
        require(
                axis >= -rank && axis < rank,
                "axis %s does not exist in %s axes".formatted(axis, rank));
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /// Axes of some rank, in their order, none twice.
    int[] axes(int[] axes, int rank) {
        int[] found = new int[axes.length];
        for (int i = 0; i < axes.length; i++) {
            found[i] = axis(axes[i], rank);
        }
        require(
                Arrays.stream(found).distinct().count() == found.length,
                "an axis comes twice in %s".formatted(Arrays.toString(axes)));
        return found;
    }

    /// Axes that are a setting in old versions of the operator and an input in new ones.
    Optional<int[]> axesOf(int input) {
        return ints("axes").or(() -> optional(input).map(Value::asInts));
    }

    /// @throws ShapeException unless the condition holds; the node is named where it is caught
    void require(boolean condition, String fault) {
        if (!condition) {
            throw fault(fault);
        }
    }

    ShapeException fault(String fault) {
        return new ShapeException(fault);
    }

    private ShapeException wrong(String name, OnnxAttribute other) {
        return fault("the setting %s=%s is of the wrong type".formatted(name, other));
    }

    /// The exception for a fault of this node.
    static FormatException fault(String file, OnnxNode node, String fault) {
        return new FormatException(file, node.label() + ": " + fault);
    }
}
