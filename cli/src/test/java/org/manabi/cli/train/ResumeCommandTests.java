package org.manabi.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.cli.CommandRun;
import org.manabi.cli.Main;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.data.SmallDigits;
import org.manabi.formats.json.JsonValue;
import org.manabi.formats.model.ModelFile;
import org.manabi.formats.run.Checkpoints;
import org.manabi.formats.run.RunDirectory;
import org.manabi.formats.run.RunLock;
import org.manabi.formats.run.RunState;

class ResumeCommandTests {

    private static final int KILLS = 4;

    @TempDir private static Path shared;
    private static Path digits = Path.of("");

    @TempDir private Path folder;

    @BeforeAll
    static void write() throws IOException {
        digits = SmallDigits.in(shared.resolve("digits"));
    }

    private List<String> words(Path out) {
        return List.of(
                "train",
                digits.toString(),
                "--model=mlp:24",
                "--optimizer=adam",
                "--epochs=60",
                "--batch-size=10",
                "--validation=0.2",
                "--sampling=epoch",
                "--seed=5",
                "--threads=2",
                "--checkpoint-every=7",
                "--out=" + out,
                "--json",
                "--lang=en");
    }

    private static Process java(List<String> words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(words);
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String sha256(CommandRun run) {
        assertThat(run.code()).as(run.err()).isZero();
        return run.json().text("weightsSha256");
    }

    /// Killed again and again without warning, at random times, the run ends as if it had not been,
    /// and every checkpoint that the metrics announce, and that is still kept, can be loaded.
    @Test
    void killedRunsEndInTheSameBits() throws IOException, InterruptedException {
        Path undisturbed = folder.resolve("undisturbed");
        String expected = sha256(CommandRun.of(words(undisturbed).toArray()));

        Path out = folder.resolve("killed");
        Random random = new Random(3);
        List<String> command = words(out);
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = java(command);
            awaitProgress(out, process, 1 + random.nextInt(120));
            process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
            if (!Files.exists(out.resolve("run.json"))) {
                continue;
            }
            assertAnnouncedCheckpointsLoad(out);
            command = List.of("resume", out.toString(), "--json", "--lang=en");
        }

        assertThat(sha256(CommandRun.of("resume", out, "--json"))).isEqualTo(expected);
        assertThat(events(out)).isEqualTo(events(undisturbed));
        assertThat(RunDirectory.open(out).metrics())
                .as("at least one resumption began within the run")
                .anyMatch(event -> event.toString().contains("\"continued\""));
    }

    /// A run can be resumed from any folder.
    @Test
    void modelFilesAreKeptByTheirWholePath() throws IOException {
        Path model =
                Files.writeString(
                        folder.resolve("net.yaml"),
                        """
                        layers:
                          - Dense: 8
                          - Relu
                          - Dense: classes
                        """);
        Path here = Path.of("").toAbsolutePath();
        Path out = folder.resolve("run");
        CommandRun run =
                CommandRun.of(
                        "train", "iris", "--model", here.relativize(model), "--out", out, "--json");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(RunDirectory.open(out).description().config().toString())
                .contains("\"model\":\"" + model + "\"");
    }

    private static void awaitProgress(Path out, Process process, int steps)
            throws InterruptedException {
        long before = newestStep(out);
        for (int i = 0; i < 3_000 && process.isAlive(); i++) {
            if (newestStep(out) >= before + steps) {
                return;
            }
            Thread.sleep(5);
        }
    }

    private static long newestStep(Path out) {
        return new Checkpoints(out.resolve("checkpoints")).steps().stream().findFirst().orElse(0L);
    }

    private static void assertAnnouncedCheckpointsLoad(Path out) {
        for (var event : RunDirectory.open(out).metrics()) {
            if (event.get("event")
                    .flatMap(JsonValue::asText)
                    .filter("checkpoint"::equals)
                    .isPresent()) {
                Path file = out.resolve(event.get("file").flatMap(JsonValue::asText).orElseThrow());
                if (Files.exists(file)) {
                    assertThat(Checkpoints.load(file).state().step())
                            .isEqualTo(event.get("step").orElseThrow().asLong().orElseThrow());
                }
            }
        }
        assertThat(ModelFile.load(new Checkpoints(out.resolve("checkpoints")).last())).isNotNull();
    }

    /// What happened in a run, without times and without the resumptions.
    private static List<String> events(Path run) {
        return RunDirectory.open(run).metrics().stream()
                .map(
                        event ->
                                event.toString()
                                        .replaceAll("\"(seconds|samplesPerSecond)\":[^,}]*,?", ""))
                .filter(event -> !event.contains("\"continued\""))
                .toList();
    }

    @Test
    void finishedRunHasNothingToResume() {
        Path out = folder.resolve("run");
        String expected =
                sha256(CommandRun.of("train", digits, "--steps=5", "--out", out, "--json"));

        CommandRun again = CommandRun.of("resume", out, "--json");

        assertThat(sha256(again)).isEqualTo(expected);
        assertThat(again.err()).contains("is finished");
    }

    @Test
    void runThatIsBeingTrainedIsRefusedNamingTheProcess() {
        Path out = folder.resolve("run");
        sha256(CommandRun.of("train", digits, "--steps=5", "--out", out, "--json"));
        try (RunLock _ = RunLock.take(out)) {
            CommandRun run = CommandRun.of("resume", out);
            assertThat(run.code()).isEqualTo(ExitCode.FAILED);
            assertThat(run.err())
                    .contains("is being trained by process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void changedDataIsRefused() throws IOException, InterruptedException {
        Path mine = SmallDigits.in(folder.resolve("mine"));
        Path out = folder.resolve("run");
        Process process =
                java(List.of("train", mine.toString(), "--epochs=1000000", "--out=" + out));
        while (newestStep(out) == 0 && process.isAlive()) {
            Thread.sleep(20);
        }
        process.destroyForcibly().waitFor();
        assertThat(RunDirectory.open(out).state()).isEqualTo(RunState.RUNNING);
        Path labels = mine.resolve("train-labels-idx1-ubyte");
        byte[] bytes = Files.readAllBytes(labels);
        bytes[bytes.length - 1] ^= 1;
        Files.write(labels, bytes);

        CommandRun run = CommandRun.of("resume", out);

        assertThat(run.code()).isEqualTo(ExitCode.WRONG_REQUEST);
        assertThat(run.err()).contains("is no longer the data");
    }

    @Test
    void folderThatIsNoRunIsRefused() {
        CommandRun run = CommandRun.of("resume", folder);
        assertThat(run.code()).isEqualTo(ExitCode.WRONG_REQUEST);
        assertThat(run.err()).contains("is not a run");
    }

    @Test
    void verifyResumeProvesThatInterruptionsChangeNothing() {
        Path out = folder.resolve("run");
        String sha256 =
                sha256(
                        CommandRun.of(
                                "train",
                                digits,
                                "--model=mlp:16",
                                "--epochs=3",
                                "--validation=0.2",
                                "--patience=2",
                                "--sampling=replacement",
                                "--out",
                                out,
                                "--json"));

        CommandRun run = CommandRun.of("verify-resume", out, "--json");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.json().truth("equal")).isTrue();
        assertThat(run.json().text("undisturbed")).isEqualTo(sha256);
        assertThat(run.json().text("interrupted")).isEqualTo(sha256);
        assertThat(run.json().text("recorded")).isEqualTo(sha256);
        assertThat(run.json().array("interruptedAfter")).hasSize(3);
    }

    /// A proof that cannot fail proves nothing.
    @Test
    void verifyResumeNoticesADifference() throws IOException {
        Path out = folder.resolve("run");
        sha256(CommandRun.of("train", digits, "--steps=5", "--out", out, "--json"));
        Path file = out.resolve("run.json");
        String text = Files.readString(file);
        Files.writeString(file, text.replaceFirst("(\"weightsSha256\": ?\")[0-9a-f]", "$1x"));

        CommandRun run = CommandRun.of("verify-resume", out);

        assertThat(run.code()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).contains("They differ");
    }

    @Test
    void patienceNeedsValidation() {
        CommandRun run = CommandRun.of("train", digits, "--patience=3");
        assertThat(run.code()).isEqualTo(ExitCode.WRONG_REQUEST);
        assertThat(run.err()).contains("--validation 0.1");
    }
}
