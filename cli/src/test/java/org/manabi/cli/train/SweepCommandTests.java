package org.manabi.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.cli.CommandRun;
import org.manabi.cli.console.ExitCode;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.json.JsonValue;

class SweepCommandTests {

    @TempDir private Path folder;

    private Path file(String... lines) throws IOException {
        return Files.write(folder.resolve("experiment.yaml"), List.of(lines));
    }

    private JsonFields sweep(String... lines) throws IOException {
        CommandRun run =
                CommandRun.of("sweep", file(lines), "--out", folder.resolve("runs"), "--json");
        assertThat(run.code()).as(run.err()).isZero();
        return run.json();
    }

    private static List<Double> losses(JsonFields sweep) {
        List<Double> losses = new ArrayList<>();
        for (JsonValue trial : sweep.array("trials")) {
            losses.add(JsonFields.of(trial, "sweep", "trials").number("validationLoss"));
        }
        return losses;
    }

    @Test
    void gridTriesEveryCombinationAndPutsTheBestFirst() throws IOException {
        JsonFields sweep =
                sweep(
                        "data: iris  # flowers",
                        "validation: 0.2",
                        "epochs: 5",
                        "batch-size: 16",
                        "model: [mlp:4, mlp:16]",
                        "learning-rate: [0.0001, 0.01]");

        assertThat(sweep.array("trials")).hasSize(4);
        assertThat(losses(sweep)).isSorted();
        JsonFields best = JsonFields.of(sweep.array("trials").getFirst(), "sweep", "best");
        assertThat(best.object("options").text("learning-rate")).isEqualTo("0.01");
        assertThat(Path.of(best.object("result").text("run"), "run.json")).exists();
    }

    @Test
    void tablesAreSweptToo() throws IOException {
        Path table = folder.resolve("doubles.csv");
        StringBuilder rows = new StringBuilder("x,y\n");
        for (int x = 0; x < 60; x++) {
            rows.append(x).append(',').append(2 * x).append(".5\n");
        }
        Files.writeString(table, rows);

        JsonFields sweep =
                sweep(
                        "data: " + table,
                        "label: y",
                        "validation: 0.2",
                        "steps: 20",
                        "model: [mlp:4, mlp:8]");

        assertThat(losses(sweep)).hasSize(2).isSorted();
    }

    @Test
    void randomTriesSome() throws IOException {
        String[] lines = {
            "data: iris",
            "sweep: random",
            "trials: 3",
            "validation: 0.2",
            "epochs: 1",
            "model: [mlp:4, mlp:8, mlp:16]",
            "seed: [1, 2, 3, 4]"
        };
        assertThat(sweep(lines).array("trials")).hasSize(3);
        assertThat(losses(sweep(lines))).isEqualTo(losses(sweep(lines)));
    }

    /// 9 trainings of 1 epoch, the best 3 of them for 3 epochs.
    @Test
    void halvingTrainsTheBetterThirdForLonger() throws IOException {
        JsonFields sweep =
                sweep(
                        "data: iris",
                        "sweep: halving",
                        "validation: 0.2",
                        "epochs: 3",
                        "learning-rate: [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1]");

        assertThat(sweep.array("trials")).hasSize(3);
        try (var runs = Files.list(folder.resolve("runs"))) {
            assertThat(runs).hasSize(12);
        }
    }

    @Test
    void fileThatCannotBeUnderstoodIsRefusedByItsLine() throws IOException {
        assertThat(refusal("data: iris")).contains("validation: is missing");
        assertThat(refusal("validation: 0.1")).contains("data: is missing");
        assertThat(refusal("data: iris", "  epochs: 3")).contains("line 2, column 9");
        assertThat(refusal("data: iris", "data: wine")).contains("line 2", "duplicate key data");
        assertThat(refusal("data: iris", "epochs:")).contains("gives epochs no value");
        assertThat(refusal("data: iris", "model: {mlp: 3}"))
                .contains("model holds further options");
        assertThat(refusal("- data", "- iris")).contains("option: value");
        assertThat(refusal("data: iris", "validation: 0.1", "sweep: bayes")).contains("halving");
    }

    private String refusal(String... lines) throws IOException {
        CommandRun run = CommandRun.of("sweep", file(lines));
        assertThat(run.code()).isEqualTo(ExitCode.WRONG_REQUEST);
        return run.err();
    }

    @Test
    void configFileGivesTheOptionsThatWereNotTyped() throws IOException {
        Path config =
                file("# an experiment", "data: iris", "model: mlp:7", "epochs: 3", "seed: \"5\"");

        JsonFields all =
                CommandRun.of("train", "--config", config, "--json", "--out", folder.resolve("a"))
                        .json();
        assertThat(all.text("data")).isEqualTo("iris");
        assertThat(all.text("model")).isEqualTo("mlp:7");
        assertThat(all.integer("epochs")).isEqualTo(3);
        assertThat(all.integer("seed")).isEqualTo(5);
        JsonFields some =
                CommandRun.of(
                                "train",
                                "wine",
                                "--config=" + config,
                                "--steps=2",
                                "--model",
                                "mlp:5",
                                "--json",
                                "--out",
                                folder.resolve("b"))
                        .json();
        assertThat(some.text("data")).isEqualTo("wine");
        assertThat(some.text("model")).isEqualTo("mlp:5");
        assertThat(some.integer("steps")).isEqualTo(2);
    }

    @Test
    void configFileThatIsMissingOrAListIsRefused() throws IOException {
        CommandRun missing = CommandRun.of("train", "iris", "--config", folder.resolve("none"));
        assertThat(missing.code()).isEqualTo(ExitCode.WRONG_REQUEST);
        assertThat(missing.err()).contains("there is no such file");
        CommandRun list = CommandRun.of("train", "iris", "--config", file("seed: [1, 2]"));
        assertThat(list.code()).isEqualTo(ExitCode.WRONG_REQUEST);
        assertThat(list.err()).contains("lists are for manabi sweep");
        CommandRun unknown = CommandRun.of("train", "iris", "--config", file("epoch: 3"));
        assertThat(unknown.code()).isEqualTo(ExitCode.WRONG_REQUEST);
        assertThat(unknown.err()).contains("--epoch");
    }
}
