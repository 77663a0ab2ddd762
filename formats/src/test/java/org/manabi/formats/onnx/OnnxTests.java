package org.manabi.formats.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.formats.FormatException;
import org.manabi.formats.array.ElementType;
import org.manabi.formats.array.NumericArray;
import org.manabi.formats.onnx.run.GraphRunner;
import org.manabi.formats.protobuf.WireWriter;

class OnnxTests {

    @TempDir private Path folder;

    private static final NumericArray WEIGHTS =
            NumericArray.ofFloats(new long[] {2, 3}, 1, 2, 3, 4, 5, 6);

    private static OnnxValue value(String name, long columns) {
        return new OnnxValue(
                name,
                ElementType.FLOAT32,
                List.of(OnnxValue.Dim.free("N"), OnnxValue.Dim.of(columns)));
    }

    /// y = relu(x·W)
    private static OnnxModel small() {
        return new OnnxModel(
                8,
                "manabi",
                Map.of("", 17L),
                new OnnxGraph(
                        "small",
                        List.of(
                                OnnxNode.of("", "MatMul", List.of("x", "W"), "h", Map.of()),
                                OnnxNode.of(
                                        "last",
                                        "Elu",
                                        List.of("h"),
                                        "y",
                                        Map.of("alpha", OnnxAttribute.of(0.5f)))),
                        Map.of("W", WEIGHTS),
                        List.of(value("x", 2)),
                        List.of(value("y", 3))));
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(byte[] content) {
        return assertThatThrownBy(() -> Onnx.read(content, "a.onnx"))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("a.onnx: ");
    }

    /// A model with this graph.
    private static byte[] model(Consumer<WireWriter> graph) {
        return WireWriter.message(
                out ->
                        out.integer(1, 8)
                                .message(7, graph)
                                .message(8, opset -> opset.text(1, "").integer(2, 17)));
    }

    private static void node(WireWriter graph, String operator, String input, String output) {
        graph.message(1, node -> node.text(1, input).text(2, output).text(4, operator));
    }

    private static void named(WireWriter graph, int field, String name) {
        graph.message(field, value -> value.text(1, name));
    }

    @Test
    void modelsComeBackEqual() {
        byte[] bytes = OnnxWriter.bytes(small());
        OnnxModel back = Onnx.read(bytes, "a.onnx");
        assertThat(back).isEqualTo(small());
        assertThat(OnnxText.lines(back.graph()))
                .containsExactly(
                        "x FLOAT32[N, 2] ─▶",
                        "  h = MatMul(x, W[2, 3])",
                        "  y = Elu(h)  alpha=0.5",
                        "─▶ y FLOAT32[N, 3]");
    }

    @Test
    void modelsRun() {
        NumericArray x = NumericArray.ofFloats(new long[] {1, 2}, -1, 1);
        Map<String, NumericArray> outputs = new GraphRunner(small(), "a").run(Map.of("x", x));
        assertThat(outputs)
                .containsExactly(Map.entry("y", NumericArray.ofFloats(new long[] {1, 3}, 3, 3, 3)));
    }

    @Test
    void truncationIsRefusedOrLeavesAWholeModel() {
        byte[] bytes = OnnxWriter.bytes(small());
        int accepted = 0;
        for (int length = 0; length < bytes.length; length++) {
            try {
                Onnx.read(Arrays.copyOf(bytes, length), "a.onnx");
                accepted++;
            } catch (FormatException e) {
                assertThat(e).hasMessageStartingWith("a.onnx: ");
            }
        }
        // Without the versions of its operators, which come last, a model is none.
        assertThat(accepted).isZero();
    }

    @Test
    void graphsThatCannotBeFollowedAreRefused() {
        assertRefused(
                        model(
                                graph -> {
                                    named(graph, 11, "x");
                                    node(graph, "Relu", "b", "a");
                                    node(graph, "Relu", "a", "b");
                                    named(graph, 12, "b");
                                }))
                .hasMessageContaining("needs \"b\"", "circle");
        assertRefused(
                        model(
                                graph -> {
                                    named(graph, 11, "x");
                                    node(graph, "Relu", "x", "y");
                                    node(graph, "Relu", "x", "y");
                                    named(graph, 12, "y");
                                }))
                .hasMessageContaining("given already");
        assertRefused(
                        model(
                                graph -> {
                                    named(graph, 11, "x");
                                    node(graph, "Relu", "x", "y");
                                    named(graph, 12, "z");
                                }))
                .hasMessageContaining("nothing gives the output \"z\"");
        assertRefused(model(graph -> named(graph, 11, "x"))).hasMessageContaining("no output");
    }

    @Test
    void tensorsHaveExactlyTheirBytesInOnePlace() {
        assertRefused(tensor(t -> t.integer(1, 2).integer(2, 1).bytes(9, new byte[4])))
                .hasMessageContaining("needs 8 bytes, but its raw_data has 4");
        assertRefused(tensor(t -> t.integer(1, 1).integer(2, 1).bytes(9, new byte[4]).real32(4, 1)))
                .hasMessageContaining("both raw_data and float_data");
        assertRefused(tensor(t -> t.integer(1, -1).integer(2, 1))).hasMessageContaining("[-1]");
        assertRefused(tensor(t -> t.integer(1, 1L << 40).integer(1, 1L << 40).integer(2, 1)))
                .hasMessageContaining("2 GiB");
        assertRefused(tensor(t -> t.integer(1, 1).integer(2, 8).text(6, "a")))
                .hasMessageContaining("holds text");
        assertRefused(tensor(t -> t.integer(1, 1).integer(2, 7).real32(4, 1)))
                .hasMessageContaining("in float_data, not int64_data");
    }

    private static byte[] tensor(Consumer<WireWriter> fields) {
        return model(
                graph -> {
                    graph.message(5, tensor -> fields.accept(tensor.text(8, "w")));
                    named(graph, 12, "w");
                });
    }

    @Test
    void messagesThatLieTooDeepAreRefused() {
        Consumer<WireWriter> graph = inner -> named(inner, 12, "x");
        for (int depth = 0; depth < 100; depth++) {
            Consumer<WireWriter> deeper = graph;
            graph =
                    outer ->
                            outer.message(
                                    1,
                                    node ->
                                            node.text(4, "If")
                                                    .message(
                                                            5,
                                                            attribute ->
                                                                    attribute
                                                                            .text(1, "then_branch")
                                                                            .message(6, deeper)
                                                                            .integer(20, 5)));
        }
        assertRefused(model(graph)).hasMessageContaining("deep in each other");
    }

    @Test
    void bytesThatAreNoModelAreRefused() throws IOException {
        assertRefused(new byte[0]).hasMessageContaining("no graph");
        assertRefused(new byte[] {0x0F}).hasMessageContaining("wire type");
        assertRefused(new byte[] {0x3A, (byte) 0xFF, (byte) 0xFF, 0x7F})
                .hasMessageContaining("promises 2097151 bytes, but 0 are left");
        byte[] endless = new byte[11];
        Arrays.fill(endless, (byte) 0xFF);
        assertRefused(endless).hasMessageContaining("more than 64 bits");
        Path text = folder.resolve("a.onnx");
        Files.writeString(text, "<html>not found</html>");
        assertThatThrownBy(() -> Onnx.read(text)).hasMessageContaining("an HTML page");
    }

    private Path external(String location, String offset, String length) throws IOException {
        byte[] content =
                tensor(
                        t ->
                                t.integer(1, 2)
                                        .integer(2, 1)
                                        .message(13, e -> e.text(1, "location").text(2, location))
                                        .message(13, e -> e.text(1, "offset").text(2, offset))
                                        .message(13, e -> e.text(1, "length").text(2, length))
                                        .integer(14, 1));
        Path model = Files.createDirectories(folder.resolve("model")).resolve("a.onnx");
        Files.write(model, content);
        return model;
    }

    @Test
    void externalDataIsReadFromTheModelsFolderOnly() throws IOException {
        Path model = external("w.bin", "4", "8");
        assertThatThrownBy(() -> Onnx.read(model)).hasMessageContaining("missing");
        Files.write(
                folder.resolve("model/w.bin"),
                new byte[] {9, 9, 9, 9, 0, 0, -128, 63, 0, 0, 0, 64});
        assertThat(Onnx.read(model).graph().initializers())
                .containsEntry("w", NumericArray.ofFloats(new long[] {2}, 1, 2));
        Path outside = folder.resolve("secret.bin");
        Files.write(outside, new byte[8]);
        Files.createSymbolicLink(folder.resolve("model/link.bin"), outside);
        for (String location :
                List.of(
                        "../secret.bin",
                        outside.toString(),
                        "link.bin",
                        "x/../../secret.bin",
                        "",
                        "..\\secret.bin",
                        "./w.bin")) {
            Path escaping = external(location, "0", "8");
            assertThatThrownBy(() -> Onnx.read(escaping))
                    .as(location)
                    .isInstanceOf(FormatException.class)
                    .hasMessageContaining("not a file within the model's folder");
        }
        for (String offset : List.of("5", "-1", "x", "9223372036854775807")) {
            Path wrong = external("w.bin", offset, "8");
            assertThatThrownBy(() -> Onnx.read(wrong)).isInstanceOf(FormatException.class);
        }
    }

    @Test
    void unknownOperatorsAndUnfitShapesNameTheirNode() {
        OnnxModel unknown =
                Onnx.read(
                        model(
                                graph -> {
                                    named(graph, 11, "x");
                                    node(graph, "FlyToTheMoon", "x", "y");
                                    named(graph, 12, "y");
                                }),
                        "a.onnx");
        assertThatThrownBy(() -> new GraphRunner(unknown, "a.onnx"))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith(
                        "a.onnx: node \"y\" (FlyToTheMoon): the operator is not supported");
        GraphRunner runner = new GraphRunner(small(), "a.onnx");
        assertThatThrownBy(() -> runner.run(Map.of()))
                .hasMessageContaining("needs the input x FLOAT32[N, 2], which is missing");
        assertThatThrownBy(
                        () ->
                                runner.run(
                                        Map.of("x", NumericArray.zeros(ElementType.FLOAT32, 2, 9))))
                .hasMessageContaining("is FLOAT32[2, 9], but the model needs x FLOAT32[N, 2]");
        assertThatThrownBy(
                        () ->
                                runner.run(
                                        Map.of("z", NumericArray.zeros(ElementType.FLOAT32, 2, 2))))
                .hasMessageContaining("has no input \"z\"");
    }

    @Test
    void namesFromFilesDoNotReachTheTerminalAsTheyAre() {
        OnnxModel model =
                Onnx.read(
                        model(
                                graph -> {
                                    node(graph, "Relu", "x", "y\u001b[2J");
                                    named(graph, 11, "x");
                                    named(graph, 12, "y\u001b[2J");
                                }),
                        "a.onnx");
        assertThat(OnnxText.lines(model.graph()).toString())
                .contains("y?[2J = Relu(x)")
                .doesNotContain("\u001b");
        byte[] latin = "ä".getBytes(StandardCharsets.ISO_8859_1);
        assertRefused(model(graph -> graph.bytes(2, latin))).hasMessageContaining("not UTF-8");
    }
}
