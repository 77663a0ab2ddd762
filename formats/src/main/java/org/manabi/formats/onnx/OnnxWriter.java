package org.manabi.formats.onnx;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.manabi.formats.array.NumericArray;
import org.manabi.formats.protobuf.WireWriter;

/// Writes the messages of a model.
final class OnnxWriter {

    private OnnxWriter() {}

    static byte[] bytes(OnnxModel model) {
        return WireWriter.message(
                out -> {
                    out.integer(1, model.irVersion()).text(2, model.producer());
                    out.message(7, graph -> write(graph, model.graph()));
                    for (Map.Entry<String, Long> opset : new TreeMap<>(model.opsets()).entrySet()) {
                        out.message(
                                8,
                                entry ->
                                        entry.text(1, opset.getKey()).integer(2, opset.getValue()));
                    }
                });
    }

    private static void write(WireWriter out, OnnxGraph graph) {
        for (OnnxNode node : graph.nodes()) {
            out.message(1, message -> write(message, node));
        }
        out.text(2, graph.name());
        for (Map.Entry<String, NumericArray> array : graph.initializers().entrySet()) {
            out.message(5, message -> write(message, array.getKey(), array.getValue()));
        }
        for (OnnxValue input : graph.inputs()) {
            out.message(11, message -> write(message, input));
        }
        for (OnnxValue output : graph.outputs()) {
            out.message(12, message -> write(message, output));
        }
    }

    private static void write(WireWriter out, OnnxNode node) {
        node.inputs().forEach(input -> out.text(1, input));
        node.outputs().forEach(output -> out.text(2, output));
        out.text(3, node.name()).text(4, node.operator());
        for (Map.Entry<String, OnnxAttribute> attribute : node.attributes().entrySet()) {
            out.message(5, message -> write(message, attribute.getKey(), attribute.getValue()));
        }
        if (!node.domain().isEmpty()) {
            out.text(7, node.domain());
        }
    }

    private static void write(WireWriter out, String name, OnnxAttribute attribute) {
        out.text(1, name);
        switch (attribute) {
            case OnnxAttribute.Real(float value) -> out.real32(2, value).integer(20, 1);
            case OnnxAttribute.Whole(long value) -> out.integer(3, value).integer(20, 2);
            case OnnxAttribute.Text(String value) -> out.text(4, value).integer(20, 3);
            case OnnxAttribute.Array(NumericArray value) ->
                    out.message(5, tensor -> write(tensor, "", value)).integer(20, 4);
            case OnnxAttribute.Graph(OnnxGraph value) ->
                    out.message(6, graph -> write(graph, value)).integer(20, 5);
            case OnnxAttribute.Reals(List<Float> values) -> {
                values.forEach(value -> out.real32(7, value));
                out.integer(20, 6);
            }
            case OnnxAttribute.Wholes(List<Long> values) -> {
                values.forEach(value -> out.integer(8, value));
                out.integer(20, 7);
            }
            case OnnxAttribute.Texts(List<String> values) -> {
                values.forEach(value -> out.text(9, value));
                out.integer(20, 8);
            }
            case OnnxAttribute.Unread(String kind) ->
                    throw new IllegalArgumentException(
                            "attribute %s is %s, which is not written".formatted(name, kind));
        }
    }

    private static void write(WireWriter out, String name, NumericArray array) {
        for (long dim : array.dims()) {
            out.integer(1, dim);
        }
        out.integer(2, OnnxTypes.code(array.type()));
        if (!name.isEmpty()) {
            out.text(8, name);
        }
        byte[] raw = new byte[array.bytes().remaining()];
        array.bytes().get(raw);
        out.bytes(9, raw);
    }

    private static void write(WireWriter out, OnnxValue value) {
        out.text(1, value.name());
        out.message(
                2,
                type ->
                        type.message(
                                1,
                                tensor -> {
                                    if (value.type() != null) {
                                        tensor.integer(1, OnnxTypes.code(value.type()));
                                    }
                                    value.shape()
                                            .ifPresent(
                                                    dims ->
                                                            tensor.message(
                                                                    2,
                                                                    shape -> write(shape, dims)));
                                }));
    }

    private static void write(WireWriter out, List<OnnxValue.Dim> dims) {
        for (OnnxValue.Dim dim : dims) {
            out.message(
                    1,
                    message -> {
                        if (!dim.isFree()) {
                            message.integer(1, dim.length());
                        } else if (!dim.name().isEmpty()) {
                            message.text(2, dim.name());
                        }
                    });
        }
    }
}
