package org.manabi.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.cli.CommandRun;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.data.SmallDigits;
import org.manabi.formats.array.ElementType;
import org.manabi.formats.array.NumericArray;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.model.ModelFile;
import org.manabi.formats.npy.Npz;

/// A model leaves as ONNX, comes back, and gives the same; arrays go from format to format.
class ExchangeCommandsTests {

    @TempDir private static Path folder;
    private static Path digits = Path.of("");
    private static Path run = Path.of("");

    @BeforeAll
    static void train() throws IOException {
        digits = SmallDigits.in(folder.resolve("digits"));
        run = folder.resolve("run");
        CommandRun trained =
                CommandRun.of("train", digits, "--model", "mlp:16", "--epochs", 2, "--out", run);
        assertThat(trained.code()).as(trained.err()).isZero();
    }

    @Test
    void exportedModelGivesTheSameWhenImported() {
        Path onnx = folder.resolve("model.onnx");
        CommandRun exported = CommandRun.of("export", run, onnx);
        assertThat(exported.out()).contains("divided by 255");
        assertThat(CommandRun.of("inspect", onnx).out())
                .contains("input FLOAT32[N, 784] ─▶", "Gemm(", "─▶ output FLOAT32[N, 10]");
        JsonFields own = CommandRun.of("evaluate", run, digits, "--json").json();
        JsonFields imported = CommandRun.of("evaluate", onnx, digits, "--json").json();
        assertThat(imported.require("confusion")).isEqualTo(own.require("confusion"));
        assertThat(imported.number("loss"))
                .isBetween(own.number("loss") - 1e-5, own.number("loss") + 1e-5);
        String first = CommandRun.of("predict", onnx, digits + ":test:0-3").out();
        assertThat(first).isEqualTo(CommandRun.of("predict", run, digits + ":test:0-3").out());
    }

    /// The pixels of these digits go to 16, not to 255.
    @Test
    void importedModelIsShownTheNumbersThatItsDataSays() {
        Path small = folder.resolve("small");
        CommandRun.of("train", "digits", "--model", "mlp:16", "--epochs", 3, "--out", small);
        Path onnx = folder.resolve("small.onnx");
        CommandRun.of("export", small, onnx);
        String own = CommandRun.of("predict", small, "digits:test:0-9").out();
        assertThat(own.lines()).hasSize(10);
        assertThat(CommandRun.of("predict", onnx, "digits:test:0-9").out()).isEqualTo(own);
    }

    @Test
    void importedModelIsEvaluatedAndTrainedFurther() {
        Path onnx = folder.resolve("further.onnx");
        assertThat(CommandRun.of("export", run, onnx).code()).isZero();
        Path model = folder.resolve("further.safetensors");
        CommandRun converted = CommandRun.of("convert", onnx, model, "--divisor", 255);
        assertThat(converted.out()).as(converted.err()).contains("Dense[units=16]");
        JsonFields own = CommandRun.of("evaluate", run, digits, "--json").json();
        JsonFields imported = CommandRun.of("evaluate", model, digits, "--json").json();
        assertThat(imported.require("confusion")).isEqualTo(own.require("confusion"));
        List<Path> starts = List.of(onnx, model, run);
        for (Path start : starts) {
            CommandRun more =
                    CommandRun.of(
                            "train",
                            digits,
                            "--model",
                            start,
                            "--learning-rate",
                            "1e-9",
                            "--epochs",
                            1,
                            "--out",
                            folder.resolve("more-" + starts.indexOf(start)),
                            "--json");
            assertThat(more.code()).as(more.err()).isZero();
        }
        // So small a rate changes nothing that could be seen: the training began where that one
        // ended.
        JsonFields after =
                CommandRun.of("evaluate", folder.resolve("more-0"), digits, "--json").json();
        assertThat(after.require("confusion")).isEqualTo(own.require("confusion"));
    }

    @Test
    void modelIsWrittenAsOneJavaClass() throws IOException {
        Path source = folder.resolve("Net.java");
        assertThat(CommandRun.of("export", run, source).out())
                .contains("Saved " + source, "Net.predict(float...) takes 784 numbers");
        assertThat(Files.readString(source))
                .contains("public final class Net {", "divide(x, 255.0f)", "dense(");
        CommandRun wrong = CommandRun.of("export", run, folder.resolve("my-net.java"));
        assertThat(wrong.code()).isEqualTo(ExitCode.WRONG_REQUEST);
        assertThat(wrong.err()).contains("my-net cannot be the name of a Java class");
        assertThat(CommandRun.of("export", run, folder.resolve("net.pt")).code())
                .isEqualTo(ExitCode.WRONG_REQUEST);
    }

    @Test
    void arraysAreConvertedAndComeBack() {
        Path npz = folder.resolve("a.npz");
        Map<String, NumericArray> arrays =
                Map.of("w", NumericArray.ofFloats(new long[] {2, 2}, 1, -2, 3.5f, Float.NaN));
        Npz.write(npz, arrays);
        Path safetensors = folder.resolve("a.safetensors");
        assertThat(CommandRun.of("convert", npz, safetensors).out()).contains("w FLOAT32[2, 2]");
        Path back = folder.resolve("b.npz");
        assertThat(CommandRun.of("convert", safetensors, back).code()).isZero();
        assertThat(Npz.read(back)).isEqualTo(arrays);
        assertThat(CommandRun.of("convert", npz, folder.resolve("a.onnx")).code())
                .isEqualTo(ExitCode.WRONG_REQUEST);
        Npz.write(
                npz,
                Map.of("n", NumericArray.ofLongs(ElementType.INT64, new long[] {1}, 1L << 40)));
        assertThat(CommandRun.of("convert", npz, safetensors).code())
                .isEqualTo(ExitCode.WRONG_REQUEST);
    }

    @Test
    void runLeavesCurvesForTensorBoard() throws IOException {
        List<Path> events;
        try (Stream<Path> files = Files.list(run)) {
            events = files.filter(file -> file.toString().contains("tfevents")).toList();
        }
        assertThat(events).hasSize(1);
        assertThat(CommandRun.of("inspect", events.getFirst()).out())
                .contains("to step 20", "train/loss  20", "epoch/accuracy  2");
    }

    /// A square matrix stands in the order of PyTorch or in ours; only the user knows.
    @Test
    void weightsOfOtherProgramsGoIntoModelsByName() throws IOException {
        Path net =
                Files.writeString(
                        folder.resolve("named.yaml"), "layers:\n  - Dense: 2\n  - Relu\n");
        Path weights = folder.resolve("named.npz");
        Npz.write(
                weights,
                Map.of(
                        "fc.weight", NumericArray.ofFloats(new long[] {2, 2}, 1, 2, 3, 4),
                        "fc.bias", NumericArray.ofFloats(new long[] {2}, 5, 6)));
        Path out = folder.resolve("named.safetensors");

        CommandRun open = CommandRun.of("convert", weights, out, "--into", net, "--input=2");
        assertThat(open.code()).isEqualTo(2);
        assertThat(open.err()).contains("fc.weight", "0.weight", "--layout");
        assertThat(out).doesNotExist();

        CommandRun run =
                CommandRun.of(
                        "convert", weights, out, "--into", net, "--input=2", "--layout=pytorch");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("0.weight  [2, 2]  fc.weight  [2, 2]  axes [1, 0]");
        var weight = ModelFile.load(out).model().network().parameters().get("0.weight").tensor();
        assertThat(weight.getAsDouble(1)).isEqualTo(3);
    }
}
