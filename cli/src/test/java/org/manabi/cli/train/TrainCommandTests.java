package org.manabi.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.cli.CommandRun;
import org.manabi.cli.Main;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.console.Language;
import org.manabi.cli.data.SmallDigits;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.run.RunDirectory;
import org.manabi.formats.run.RunState;

class TrainCommandTests {

    @TempDir private static Path shared;
    private static Path digits = Path.of("");

    @TempDir private Path folder;

    @BeforeAll
    static void write() throws IOException {
        digits = SmallDigits.in(shared.resolve("digits"));
    }

    @Test
    void resultHasExactlyTheAgreedKeys() {
        Path out = folder.resolve("run");
        JsonFields json =
                train("--model", "mlp:16", "--epochs", 2, "--threads", 1, "--out", out, "--json")
                        .json();
        assertThat(json.object().fields().keySet())
                .containsExactly(
                        "command",
                        "data",
                        "model",
                        "parameters",
                        "seed",
                        "threads",
                        "steps",
                        "epochs",
                        "train",
                        "test",
                        "seconds",
                        "samplesPerSecond",
                        "weightsSha256",
                        "run");
        assertThat(json.text("command")).isEqualTo("train");
        assertThat(json.text("model")).isEqualTo("mlp:16");
        assertThat(json.integer("parameters")).isEqualTo(784 * 16 + 16 + 16 * 10 + 10);
        assertThat(json.integer("steps")).isEqualTo(20);
        assertThat(json.integer("epochs")).isEqualTo(2);
        for (String part : List.of("train", "test")) {
            assertThat(json.object(part).object().fields().keySet())
                    .containsExactly("loss", "accuracy");
            assertThat(json.object(part).number("accuracy")).isGreaterThan(0.4);
        }
        assertThat(json.object("seconds").object().fields().keySet())
                .containsExactly("total", "training");
        assertThat(json.text("weightsSha256")).matches("[0-9a-f]{64}");
        assertThat(json.text("run")).isEqualTo(out.toString());
    }

    @Test
    void sameSeedGivesTheSameBitsWithAnyNumberOfThreads() {
        for (String sampling : List.of("epoch", "replacement", "sequential")) {
            String once = weights("--threads", 1, "--sampling", sampling);
            assertThat(weights("--threads", 1, "--sampling", sampling)).isEqualTo(once);
            assertThat(weights("--threads", 2, "--sampling", sampling)).isEqualTo(once);
            assertThat(weights("--seed", 1, "--sampling", sampling)).isNotEqualTo(once);
        }
    }

    @Test
    void runDirectoryHoldsTheModelTheResultAndTheEvents() {
        Path out = folder.resolve("run");
        JsonFields json =
                train("--model", "two-layer", "--steps", 15, "--out", out, "--json").json();
        RunDirectory run = RunDirectory.open(out);
        assertThat(run.state()).isEqualTo(RunState.FINISHED);
        assertThat(run.results()).isEqualTo(json.object());
        assertThat(run.model().model().network().parameters().sha256())
                .isEqualTo(json.text("weightsSha256"));
        assertThat(run.model().card().divisor()).isEqualTo(255);
        assertThat(run.metrics().stream().map(event -> event.get("event").orElseThrow().toString()))
                .startsWith("\"started\"", "\"layers\"", "\"step\"")
                .contains("\"epoch\"", "\"checkpoint\"")
                .endsWith("\"finished\"");
    }

    @Test
    void everyLossAndOptimizerLearns() {
        for (String loss :
                List.of(
                        "cross-entropy",
                        "sum-of-squares",
                        "mean-squared-error",
                        "softmax-cross-entropy")) {
            for (String optimizer : List.of("sgd", "momentum", "adam")) {
                CommandRun run =
                        train(
                                "--model",
                                "mlp:16",
                                "--steps",
                                20,
                                "--loss",
                                loss,
                                "--optimizer",
                                optimizer,
                                "--json",
                                "--out",
                                folder.resolve(loss + optimizer));
                assertThat(run.code()).as(run.err()).isZero();
            }
        }
    }

    @Test
    void convHasItsOwnRecipeUnlessAnotherIsAskedFor() {
        CommandRun run = train("--model", "conv", "--steps", 2, "--out", folder.resolve("conv"));
        assertThat(run.err()).contains("adam 0.01 one-cycle, batches of 100");
        CommandRun other =
                train(
                        "--model",
                        "conv",
                        "--steps",
                        2,
                        "--schedule",
                        "step:3",
                        "--batch-size",
                        50,
                        "--optimizer",
                        "sgd",
                        "--out",
                        folder.resolve("other"));
        assertThat(other.err()).contains("sgd 0.1 step:3, batches of 50");
        assertThat(CommandRun.of("resume", folder.resolve("other")).err())
                .doesNotContain("options");
    }

    @Test
    void validationDataIsHeldBackAndMeasured() {
        CommandRun run =
                train(
                        "--model",
                        "mlp:16",
                        "--epochs",
                        1,
                        "--validation",
                        0.2,
                        "--out",
                        folder.resolve("run"),
                        "--json");
        assertThat(run.err()).contains("held back for validation", "validation loss");
        assertThat(run.json().object("validation").number("accuracy")).isPositive();
    }

    @Test
    void progressIsPlainLinesWithoutATerminal() {
        CommandRun run = train("--model", "mlp:16", "--epochs", 2, "--out", folder.resolve("run"));
        assertThat(run.err().lines().filter(line -> line.startsWith("epoch "))).hasSize(2);
        assertThat(run.err()).doesNotContain("\r", "\u001b");
        assertThat(run.out()).startsWith("test ").contains("accuracy", "sha256", "run ");
        assertThat(run.err()).contains("Next: manabi evaluate " + folder.resolve("run"));
    }

    @Test
    void quietSaysNothingWhileItLearns() {
        CommandRun run =
                train(
                        "--model",
                        "mlp:16",
                        "--steps",
                        3,
                        "--quiet",
                        "--json",
                        "--out",
                        folder.resolve("run"));
        assertThat(run.err()).isEmpty();
    }

    @Test
    void japaneseRunSpeaksJapanese() {
        CommandRun run =
                CommandRun.in(
                        Language.JA,
                        "train",
                        digits,
                        "--model",
                        "mlp:16",
                        "--steps",
                        3,
                        "--out",
                        folder.resolve("run"));
        assertThat(run.out()).contains("テスト", "正解率");
        assertThat(run.err()).contains("エポック");
    }

    @Test
    void settingsThatCannotBeAreRefusedBeforeAnythingIsRead() {
        assertThat(refusal("--learning-rate", -1))
                .contains("--learning-rate -1.0", "try 0.1 with sgd");
        assertThat(refusal("--learning-rate", "NaN")).contains("--learning-rate NaN");
        assertThat(refusal("--steps", 0)).contains("--steps 0", "at least 1");
        assertThat(refusal("--epochs", -2)).contains("--epochs -2");
        assertThat(refusal("--batch-size", 0)).contains("--batch-size 0");
        assertThat(refusal("--threads", 0)).contains("--threads 0");
        assertThat(refusal("--validation", 1.5)).contains("--validation 1.5", "0.1");
        assertThat(refusal("--model", "two-layers")).contains("did you mean two-layer?");
        assertThat(refusal("--model", "mlp:0")).contains("mlp:0", "\"0\"");
        assertThat(refusal("--sampling", "replacement", "--seed", -1)).contains("seed -1");
    }

    @Test
    void folderThatCannotBeWrittenIsNotTheUsersMistakeButAFailure() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        CommandRun inFile = train("--out", file.resolve("run"));
        assertThat(inFile.code()).isEqualTo(ExitCode.FAILED);
        assertThat(inFile.err()).startsWith("manabi: " + file).doesNotContain("\tat ", "not yours");
        Files.createFile(Files.createDirectory(folder.resolve("full")).resolve("other"));
        CommandRun full = train("--out", folder.resolve("full"));
        assertThat(full.code()).isEqualTo(ExitCode.FAILED);
        assertThat(full.err()).contains("is not empty");
    }

    @Test
    void divergenceIsNamedAndKeptInTheRun() {
        Path out = folder.resolve("run");
        CommandRun run =
                train(
                        "--model",
                        "mlp:16",
                        "--optimizer",
                        "sgd",
                        "--learning-rate",
                        1e30,
                        "--out",
                        out);
        assertThat(run.code()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("diverged: in epoch 1, at step", "1E+30", "1E+29");
        assertThat(run.err()).contains("The first such number: ");
        assertThat(RunDirectory.open(out).state()).isEqualTo(RunState.DIVERGED);
        CommandRun replayed = CommandRun.of("resume", out);
        assertThat(replayed.code()).isEqualTo(ExitCode.FAILED);
        assertThat(replayed.err()).contains(run.err().strip().lines().toList().getLast());
    }

    @Test
    void terminatedRunSavesItsWeightsAndSaysSo() throws IOException, InterruptedException {
        Path out = folder.resolve("run");
        Path err = folder.resolve("err.txt");
        Process process =
                java(
                        err,
                        "train",
                        digits,
                        "--model",
                        "mlp:16",
                        "--epochs",
                        1_000_000,
                        "--out",
                        out);
        awaitEpoch(err, process);
        process.destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(Files.readString(err)).contains("Stopped after step", out.toString());
        RunDirectory run = RunDirectory.open(out);
        assertThat(run.state()).isEqualTo(RunState.INTERRUPTED);
        assertThat(run.model().model().network().parameters().count()).isEqualTo(12_730);
    }

    private static void awaitEpoch(Path err, Process process)
            throws IOException, InterruptedException {
        for (int i = 0; i < 600 && process.isAlive(); i++) {
            if (Files.readString(err).contains("epoch  ")) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("no epoch ended: " + Files.readString(err));
    }

    private static Process java(Path err, Object... words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        for (Object word : words) {
            command.add(word.toString());
        }
        command.add("--lang=en");
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(err.toFile())
                .start();
    }

    private String weights(Object... words) {
        Object[] args = new Object[words.length + 7];
        args[0] = "--model";
        args[1] = "mlp:32";
        args[2] = "--steps";
        args[3] = 25;
        args[4] = "--json";
        args[5] = "--out";
        args[6] = folder.resolve("run-" + System.nanoTime());
        System.arraycopy(words, 0, args, 7, words.length);
        return train(args).json().text("weightsSha256");
    }

    private static String refusal(Object... words) {
        CommandRun run = train(words);
        assertThat(run.code()).isEqualTo(ExitCode.WRONG_REQUEST);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("manabi: ").doesNotContain("\tat ");
        return run.err();
    }

    private static CommandRun train(Object... words) {
        Object[] args = new Object[words.length + 2];
        args[0] = "train";
        args[1] = digits;
        System.arraycopy(words, 0, args, 2, words.length);
        return CommandRun.of(args);
    }
}
