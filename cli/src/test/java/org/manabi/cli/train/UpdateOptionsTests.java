package org.manabi.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.manabi.cli.CommandRun;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.data.SmallDigits;

/// What is around the optimizer, by the options of `manabi train`.
class UpdateOptionsTests {

    @TempDir private static Path shared;
    private static Path digits = Path.of("");

    @TempDir private Path folder;

    @BeforeAll
    static void write() throws IOException {
        digits = SmallDigits.in(shared.resolve("digits"));
    }

    private CommandRun train(Object... options) {
        return trainFor(2, options);
    }

    private CommandRun trainFor(int epochs, Object... options) {
        List<Object> words = new ArrayList<>(List.of("train", digits));
        words.addAll(List.of("--model", "mlp:16", "--epochs", epochs));
        words.addAll(List.of("--out", folder.resolve("run")));
        words.addAll(Arrays.asList(options));
        words.add("--json");
        return CommandRun.of(words.toArray());
    }

    private String weights(Object... options) throws IOException {
        CommandRun run = train(options);
        assertThat(run.code()).as(run.err()).isZero();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
        Files.createDirectories(folder);
        return run.json().text("weightsSha256");
    }

    /// Better than chance, which is 0.1: that each can do more is for longer tests to show. RAdam and
    /// Lion take short steps at first.
    @ParameterizedTest
    @EnumSource(OptimizerName.class)
    void everyOptimizerLearns(OptimizerName name) {
        boolean slow = name == OptimizerName.RADAM || name == OptimizerName.LION;
        CommandRun run = trainFor(slow ? 20 : 2, "--optimizer", name);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.json().object("train").number("accuracy")).isGreaterThan(0.15);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cosine",
                "linear",
                "one-cycle",
                "step:1",
                "exponential:0.5",
                "restarts:1",
                "plateau"
            })
    void everyScheduleIsTaken(String schedule) throws IOException {
        CommandRun run = train("--schedule", schedule, "--warm-up", 3);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(kept())
                .contains("\"schedule\":\"" + schedule.replaceFirst(":.*", "") + "\"")
                .contains("\"warmUp\":3");
    }

    /// Options that change nothing would be worse than none.
    @Test
    void everyOptionChangesTheWeights() throws IOException {
        List<List<Object>> options =
                List.of(
                        List.of(),
                        List.of("--schedule", "cosine"),
                        List.of("--warm-up", 5),
                        List.of("--weight-decay", 0.1),
                        List.of("--clip-norm", 0.01),
                        List.of("--clip-value", 1e-5),
                        List.of("--accumulate", 2),
                        List.of("--average", 0.9));
        List<String> weights = new ArrayList<>();
        for (List<Object> of : options) {
            weights.add(weights(of.toArray()));
        }

        assertThat(weights).doesNotHaveDuplicates();
    }

    @Test
    void whatCannotBeIsRefusedWithTheFix() {
        assertRefused("There is no schedule \"cosin\"; known are constant", "--schedule", "cosin");
        assertRefused("There is no schedule \"step:0\"", "--schedule", "step:0");
        assertRefused("There is no schedule \"cosine:3\"", "--schedule", "cosine:3");
        assertRefused("--clip-norm: 0.0 is out of its range", "--clip-norm", 0);
        assertRefused("--average: 1.0 is out of its range", "--average", 1);
        assertRefused("--accumulate: 0 is out of its range", "--accumulate", 0);
    }

    private void assertRefused(String message, Object... options) {
        CommandRun run = train(options);
        assertThat(run.code()).isEqualTo(ExitCode.WRONG_REQUEST);
        assertThat(run.err()).contains(message).doesNotContain("Exception");
    }

    @Test
    void theRunRemembersWhatWasAsked() throws IOException {
        train("--weight-decay", 0.01, "--clip-norm", 1, "--accumulate", 2, "--average", 0.99);

        assertThat(kept())
                .contains(
                        "\"weightDecay\":0.01",
                        "\"clipNorm\":1",
                        "\"accumulate\":2",
                        "\"average\":0.99");
    }

    /// What `run.json` says, without spaces.
    private String kept() throws IOException {
        return Files.readString(folder.resolve("run").resolve("run.json")).replace(" ", "");
    }
}
