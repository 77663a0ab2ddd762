package org.manabi.cli.hostile;

import static org.manabi.cli.hostile.HostileFolder.bytes;
import static org.manabi.cli.hostile.HostileFolder.cut;
import static org.manabi.cli.hostile.HostileFolder.filled;

import java.util.function.Consumer;
import org.manabi.formats.protobuf.WireWriter;

/// ONNX models.
final class HostileGraphs {

    private static final int FLOAT = 1;

    private HostileGraphs() {}

    /// A model of the current version around a graph.
    private static byte[] model(Consumer<WireWriter> graph) {
        return WireWriter.message(
                model ->
                        model.integer(1, 8)
                                .message(7, graph)
                                .message(8, opset -> opset.text(1, "").integer(2, 17)));
    }

    private static void node(WireWriter graph, String operator, String input, String output) {
        graph.message(1, node -> node.text(1, input).text(2, output).text(4, operator));
    }

    private static void value(WireWriter graph, int field, String name) {
        graph.message(
                field,
                value ->
                        value.text(1, name)
                                .message(
                                        2,
                                        type ->
                                                type.message(
                                                        1, tensor -> tensor.integer(1, FLOAT))));
    }

    /// A graph of one node whose second input is this tensor.
    private static byte[] tensor(Consumer<WireWriter> tensor) {
        return model(
                graph -> {
                    graph.message(
                            1, node -> node.text(1, "x").text(1, "w").text(2, "y").text(4, "Add"));
                    graph.text(2, "g").message(5, tensor);
                    value(graph, 11, "x");
                    value(graph, 12, "y");
                });
    }

    private static Consumer<WireWriter> weights(long[] dims, int code, byte[] raw) {
        return tensor -> tensor.packed(1, dims).integer(2, code).text(8, "w").bytes(9, raw);
    }

    private static byte[] external(String location, String offset, String length) {
        return tensor(
                tensor -> {
                    tensor.packed(1, 2L).integer(2, FLOAT).text(8, "w").integer(14, 1);
                    tensor.message(13, entry -> entry.text(1, "location").text(2, location));
                    tensor.message(13, entry -> entry.text(1, "offset").text(2, offset));
                    tensor.message(13, entry -> entry.text(1, "length").text(2, length));
                });
    }

    /// A model whose only node has this attribute.
    private static byte[] attribute(Consumer<WireWriter> attribute) {
        return model(
                graph -> {
                    graph.message(
                            1,
                            node ->
                                    node.text(1, "x")
                                            .text(2, "y")
                                            .text(4, "Elu")
                                            .message(5, attribute));
                    graph.text(2, "g");
                    value(graph, 11, "x");
                    value(graph, 12, "y");
                });
    }

    private static byte[] nested(int depth) {
        byte[] graph =
                WireWriter.message(
                        inner -> {
                            node(inner, "Relu", "x", "z");
                            value(inner, 12, "z");
                        });
        for (int i = 0; i < depth; i++) {
            byte[] body = graph;
            graph =
                    WireWriter.message(
                            outer -> {
                                outer.message(
                                        1,
                                        node ->
                                                node.text(1, "x")
                                                        .text(2, "y")
                                                        .text(4, "If")
                                                        .message(
                                                                5,
                                                                then ->
                                                                        then.text(1, "then_branch")
                                                                                .bytes(6, body)
                                                                                .integer(20, 5)));
                                value(outer, 11, "x");
                                value(outer, 12, "y");
                            });
        }
        byte[] all = graph;
        return WireWriter.message(
                model ->
                        model.integer(1, 8)
                                .bytes(7, all)
                                .message(8, opset -> opset.text(1, "").integer(2, 17)));
    }

    static void add(HostileFolder to) {
        byte[] sound = tensor(weights(new long[] {2}, FLOAT, new byte[8]));
        to.file("empty.onnx");
        to.file("cut.onnx", cut(sound, sound.length - 20));
        to.file("cut-in-half.onnx", cut(sound, sound.length / 2));
        to.file("appended.onnx", sound, bytes(0xFF, 0xFF, 0xFF));
        to.file("text.onnx", bytes("a model, honestly"));
        to.file("html.onnx", bytes("<!DOCTYPE html><html>404</html>"));
        to.file("zeros.onnx", new byte[1000]);
        to.file("ones.onnx", filled(1000, 0xFF));
        to.file("overlong-number.onnx", bytes(8), filled(11, 0x80), bytes(1));
        to.file("number-of-70-bits.onnx", bytes(8), filled(9, 0xFF), bytes(0x7F));
        to.file("group.onnx", bytes(8, 8, 0x3B, 0x3C));
        to.file("length-of-2-to-63.onnx", bytes(8, 8, 0x3A), filled(8, 0xFF), bytes(0x7F));
        to.file("negative-length.onnx", bytes(8, 8, 0x3A), filled(9, 0xFF), bytes(1));
        to.file("field-0.onnx", bytes(8, 8, 0x02, 0x00));
        to.file("no-graph.onnx", WireWriter.message(m -> m.integer(1, 8).text(2, "p")));
        to.file("graph-as-number.onnx", WireWriter.message(m -> m.integer(1, 8).integer(7, 1)));
        to.file("two-graphs.onnx", sound, WireWriter.message(m -> m.message(7, g -> {})));
        to.file("version-0.onnx", WireWriter.message(m -> m.integer(1, 0).message(7, g -> {})));
        to.file(
                "version-of-2-to-63.onnx",
                WireWriter.message(m -> m.integer(1, Long.MIN_VALUE).message(7, g -> {})));
        to.file("no-opset.onnx", WireWriter.message(m -> m.integer(1, 8).message(7, g -> {})));
        to.file(
                "opset-0.onnx",
                WireWriter.message(
                        m -> m.integer(1, 8).message(7, g -> {}).message(8, o -> o.integer(2, 0))));
        to.file("no-output.onnx", model(g -> g.text(2, "g")));
        to.file(
                "producer-not-utf8.onnx",
                WireWriter.message(
                        m -> m.integer(1, 8).bytes(2, bytes(0xC3, 0x28)).message(7, g -> {})));
        to.file(
                "functions.onnx",
                sound,
                WireWriter.message(
                        m ->
                                m.message(
                                        25,
                                        f ->
                                                f.text(1, "f")
                                                        .message(
                                                                7,
                                                                n ->
                                                                        n.text(4, "f")
                                                                                .text(7, "own")))));
        to.file(
                "nothing-gives-it.onnx",
                model(
                        g -> {
                            node(g, "Relu", "nowhere", "y");
                            value(g, 12, "y");
                        }));
        to.file(
                "circle.onnx",
                model(
                        g -> {
                            node(g, "Relu", "b", "a");
                            node(g, "Relu", "a", "b");
                            value(g, 12, "b");
                        }));
        to.file(
                "self.onnx",
                model(
                        g -> {
                            node(g, "Relu", "a", "a");
                            value(g, 12, "a");
                        }));
        to.file(
                "given-twice.onnx",
                model(
                        g -> {
                            value(g, 11, "x");
                            node(g, "Relu", "x", "y");
                            node(g, "Tanh", "x", "y");
                            value(g, 12, "y");
                        }));
        to.file(
                "input-twice.onnx",
                model(
                        g -> {
                            value(g, 11, "x");
                            value(g, 11, "x");
                            value(g, 12, "x");
                        }));
        to.file(
                "output-twice.onnx",
                model(
                        g -> {
                            value(g, 11, "x");
                            value(g, 12, "x");
                            value(g, 12, "x");
                        }));
        to.file(
                "no-operator.onnx",
                model(
                        g -> {
                            value(g, 11, "x");
                            node(g, "", "x", "y");
                            value(g, 12, "y");
                        }));
        to.file(
                "weights-twice.onnx",
                model(
                        g -> {
                            g.message(5, weights(new long[] {2}, FLOAT, new byte[8]));
                            g.message(5, weights(new long[] {2}, FLOAT, new byte[8]));
                            value(g, 12, "w");
                        }));
        to.file("negative-dims.onnx", tensor(weights(new long[] {-1}, FLOAT, new byte[8])));
        to.file("huge-dims.onnx", tensor(weights(new long[] {1L << 40}, FLOAT, new byte[8])));
        to.file(
                "overflowing-dims.onnx",
                tensor(weights(new long[] {1L << 32, 1L << 32}, FLOAT, new byte[0])));
        to.file(
                "overflow-to-two.onnx",
                tensor(weights(new long[] {1L << 62, 8, (1L << 61) + 1, 2}, FLOAT, new byte[8])));
        to.file("many-axes.onnx", tensor(weights(new long[100_000], FLOAT, new byte[0])));
        to.file("short-weights.onnx", tensor(weights(new long[] {2}, FLOAT, new byte[7])));
        to.file("long-weights.onnx", tensor(weights(new long[] {2}, FLOAT, new byte[9])));
        to.file("no-type.onnx", tensor(weights(new long[] {2}, 0, new byte[8])));
        to.file("unknown-type.onnx", tensor(weights(new long[] {2}, 99, new byte[8])));
        to.file(
                "strings.onnx",
                tensor(t -> t.packed(1, 1L).integer(2, 8).text(8, "w").text(6, "s")));
        to.file("no-data.onnx", tensor(t -> t.packed(1, 1L << 30).integer(2, FLOAT).text(8, "w")));
        to.file(
                "both-forms.onnx",
                tensor(
                        t ->
                                t.packed(1, 1L)
                                        .integer(2, FLOAT)
                                        .text(8, "w")
                                        .bytes(9, new byte[4])
                                        .real32(4, 1)));
        to.file("truth-of-2.onnx", tensor(weights(new long[] {1}, 9, bytes(2))));
        to.file(
                "segments.onnx",
                tensor(
                        t ->
                                t.packed(1, 1L)
                                        .integer(2, FLOAT)
                                        .text(8, "w")
                                        .message(3, s -> s.integer(1, 0))
                                        .bytes(9, new byte[4])));
        to.file(
                "numbers-one-by-one.onnx",
                tensor(
                        t ->
                                t.packed(1, 9L << 20)
                                        .integer(2, 3)
                                        .text(8, "w")
                                        .bytes(5, new byte[9 << 20])));
        to.file("outside-absolute.onnx", external("/etc/passwd", "0", "8"));
        to.file("outside-upward.onnx", external("../../../../../../etc/passwd", "0", "8"));
        to.file("outside-hidden-upward.onnx", external("a/../../passwd", "0", "8"));
        to.file("outside-url.onnx", external("file:///etc/passwd", "0", "8"));
        to.file("outside-backslash.onnx", external("..\\passwd", "0", "8"));
        to.file("outside-nul.onnx", external("a\0b", "0", "8"));
        to.file("outside-missing.onnx", external("nothing-here.bin", "0", "8"));
        to.file("outside-nameless.onnx", external("", "0", "8"));
        to.file("outside-folder.onnx", external(".", "0", "8"));
        to.beside("data/weights.bin", new byte[8]);
        to.file("outside-offset.onnx", external("data/weights.bin", "9223372036854775807", "8"));
        to.file("outside-negative.onnx", external("data/weights.bin", "-8", "8"));
        to.file("outside-length.onnx", external("data/weights.bin", "0", "9223372036854775807"));
        to.file("outside-word.onnx", external("data/weights.bin", "zero", "8"));
        to.file("outside-is-a-folder.onnx", external("data", "0", "8"));
        to.file("many-shares.onnx", manyShares());
        to.file("deep-graphs.onnx", nested(200));
        to.file("attribute-type.onnx", attribute(a -> a.text(1, "alpha").integer(20, 77)));
        to.file(
                "attribute-of-two.onnx",
                attribute(a -> a.text(1, "alpha").real32(2, 1).integer(3, 1).integer(20, 1)));
        to.file("attribute-nameless.onnx", attribute(a -> a.real32(2, 1).integer(20, 1)));
        to.file("attribute-function.onnx", attribute(a -> a.text(1, "a").text(21, "f")));
        to.file("attribute-no-tensor.onnx", attribute(a -> a.text(1, "a").integer(20, 4)));
        to.file(
                "attribute-packed.onnx",
                attribute(a -> a.text(1, "a").bytes(7, new byte[7]).integer(20, 6)));
        to.file(
                "attribute-huge.onnx",
                attribute(a -> a.text(1, "a").bytes(8, new byte[9 << 20]).integer(20, 7)));
        to.file("many-nodes.onnx", repeated(1, 3, node -> node.text(4, "A")));
        to.file("many-outputs.onnx", repeated(12, 3, value -> {}));
        to.file("many-weights.onnx", repeated(5, 3, tensor -> {}));
        to.file("many-values.onnx", repeated(13, 3, value -> {}));
        to.file("sparse.onnx", model(g -> g.message(15, s -> {})));
    }

    /// A graph of millions of the same part.
    private static byte[] repeated(int field, int millions, Consumer<WireWriter> part) {
        byte[] one = WireWriter.message(graph -> graph.message(field, part));
        byte[] all = new byte[millions * 1_000_000 * one.length];
        for (int i = 0; i < all.length; i += one.length) {
            System.arraycopy(one, 0, all, i, one.length);
        }
        return WireWriter.message(
                model ->
                        model.integer(1, 8)
                                .message(8, opset -> opset.integer(2, 17))
                                .bytes(7, all));
    }

    /// Many tensors that all need the same bytes of another file.
    private static byte[] manyShares() {
        return model(
                graph -> {
                    for (int i = 0; i < 3_000; i++) {
                        String name = "w" + i;
                        graph.message(
                                5,
                                tensor -> {
                                    tensor.packed(1, 8192L).integer(2, FLOAT).text(8, name);
                                    tensor.integer(14, 1);
                                    tensor.message(
                                            13,
                                            entry ->
                                                    entry.text(1, "location")
                                                            .text(2, "data/shared.bin"));
                                });
                    }
                    value(graph, 12, "w0");
                });
    }
}
