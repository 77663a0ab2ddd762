package org.manabi.formats.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.formats.FormatException;
import org.manabi.formats.WriteException;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.model.ModelCard;
import org.manabi.layers.Dense;
import org.manabi.layers.Network;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.train.Model;

class RunDirectoryTests {

    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-11-24T15:30:12Z"), ZoneOffset.UTC);

    private static final RunDescription DESCRIPTION =
            new RunDescription(
                    JsonObject.EMPTY.with("model", "two-layer").with("learningRate", 0.1),
                    "mnist",
                    "ab".repeat(32),
                    JsonObject.EMPTY.with("manabi", "0.1.0"),
                    -3,
                    39_760);

    @TempDir Path folder;

    private static Model<?> model(long seed) {
        return Model.ofLogits(new Network(new Dense(3), Shape.of(4), DType.FLOAT32, Seed.of(seed)));
    }

    @Test
    void folderIsNamedByTimeAndLabel() {
        RunDirectory run =
                RunDirectory.create(
                        folder.resolve("a/runs"), "mnist mlp:512,64", DESCRIPTION, CLOCK);
        assertThat(run.folder())
                .isEqualTo(folder.resolve("a/runs/2026-11-24-153012-mnist-mlp-512-64"))
                .isDirectory();
    }

    @Test
    void aRunNeverOverwritesAnother() {
        RunDirectory first = RunDirectory.create(folder, "x", DESCRIPTION, CLOCK);
        RunDirectory second = RunDirectory.create(folder, "x", DESCRIPTION, CLOCK);
        RunDirectory third = RunDirectory.create(folder, "x", DESCRIPTION, CLOCK);
        assertThat(List.of(first, second, third))
                .extracting(run -> run.folder().getFileName().toString())
                .containsExactly(
                        "2026-11-24-153012-x", "2026-11-24-153012-x-2", "2026-11-24-153012-x-3");
        assertThatThrownBy(() -> RunDirectory.createAt(first.folder(), DESCRIPTION))
                .isInstanceOf(WriteException.class)
                .hasMessage(
                        first.folder()
                                + ": is not empty, and a run never overwrites anything; choose"
                                + " another folder");
    }

    @Test
    void folderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> RunDirectory.create(file, "x", DESCRIPTION))
                .isInstanceOf(WriteException.class)
                .hasMessage(
                        file
                                + ": cannot be made, since a file of that name exists; choose"
                                + " another name");
        assertThatThrownBy(() -> RunDirectory.create(file.resolve("runs"), "x", DESCRIPTION))
                .isInstanceOf(WriteException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void everythingIsReadBack() {
        RunDirectory run = RunDirectory.createAt(folder.resolve("run"), DESCRIPTION);
        run.append(JsonObject.EMPTY.with("event", "epoch").with("loss", Double.NaN));
        run.append(JsonObject.EMPTY.with("event", "epoch").with("loss", 0.1));
        run.saveLast(model(1), ModelCard.EMPTY);
        assertThat(RunDirectory.open(run.folder()).state()).isEqualTo(RunState.RUNNING);
        run.update(RunState.FINISHED, JsonObject.EMPTY.with("accuracy", 0.97));

        RunDirectory read = RunDirectory.open(run.folder());
        assertThat(read.state()).isEqualTo(RunState.FINISHED);
        assertThat(read.results().toString()).isEqualTo("{\"accuracy\":0.97}");
        assertThat(read.description()).isEqualTo(DESCRIPTION);
        assertThat(read.created()).isEqualTo(run.created());
        assertThat(read.host()).isEqualTo(run.host());
        assertThat(read.metrics().toString())
                .isEqualTo(
                        "[{\"event\":\"epoch\",\"loss\":\"NaN\"},"
                                + " {\"event\":\"epoch\",\"loss\":0.1}]");
        assertThat(read.model().model().network().parameters().sha256())
                .isEqualTo(model(1).network().parameters().sha256());
    }

    @Test
    void tornLastLineIsPassedOverAndCutOff() throws IOException {
        MetricsLog log = new MetricsLog(folder.resolve("metrics.jsonl"));
        assertThat(log.read()).isEmpty();
        log.append(JsonObject.EMPTY.with("step", 1));
        log.flush();
        Path file = folder.resolve("metrics.jsonl");
        Files.writeString(file, "{\"step\":2,\"lo", StandardOpenOption.APPEND);
        assertThat(log.read()).hasSize(1);

        log.append(JsonObject.EMPTY.with("step", 2));
        assertThat(Files.readString(file)).isEqualTo("{\"step\":1}\n{\"step\":2}\n");
        MetricsLog.Page page = log.readFrom(11);
        assertThat(page.events()).hasSize(1);
        assertThat(log.readFrom(page.next()).events()).isEmpty();
    }

    @Test
    void damagedLineIsNamedByItsPlace() throws IOException {
        Path file = folder.resolve("metrics.jsonl");
        Files.writeString(file, "{}\nnonsense\n");
        assertThatThrownBy(() -> new MetricsLog(file).read())
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith(
                        file + ": the line at byte 3, line 1, column 1: is not JSON");
    }

    @Test
    void folderThatIsNoRunIsRefused() throws IOException {
        assertThatThrownBy(() -> RunDirectory.open(folder))
                .isInstanceOf(FormatException.class)
                .hasMessage(folder + ": is not a run: there is no run.json in it");
        Files.writeString(folder.resolve("run.json"), "{\"format\":1,\"state\":\"done\"}");
        assertThatThrownBy(() -> RunDirectory.open(folder)).isInstanceOf(FormatException.class);
    }

    @Test
    void modelIsFoundInARun() throws IOException {
        RunDirectory run = RunDirectory.createAt(folder.resolve("run"), DESCRIPTION);
        assertThatThrownBy(() -> ModelLocation.resolve(run.folder()))
                .hasMessage(
                        run.folder()
                                + ": the run has no checkpoint yet; wait for its first epoch to"
                                + " end");
        run.saveLast(model(1), ModelCard.EMPTY);
        assertThat(ModelLocation.resolve(run.folder())).isEqualTo(run.checkpoints().last());
        run.saveBest(model(2), ModelCard.EMPTY);
        assertThat(ModelLocation.resolve(run.folder())).isEqualTo(run.checkpoints().best());
        assertThat(ModelLocation.resolve(run.folder().resolve("checkpoints")))
                .isEqualTo(run.checkpoints().best());
        assertThat(ModelLocation.resolve(run.checkpoints().last()))
                .isEqualTo(run.checkpoints().last());
        assertThatThrownBy(() -> ModelLocation.resolve(folder.resolve("none")))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("there is no such run or model file");
        assertThatThrownBy(() -> ModelLocation.resolve(folder))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("not a run");
        assertThat(run.folder().resolve("checkpoints").toFile().list())
                .containsExactlyInAnyOrder("best.safetensors", "last.safetensors");
    }
}
