package org.manabi.formats.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.data.BatchCursor;
import org.manabi.data.RandomState;
import org.manabi.formats.FormatException;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.model.ModelCard;
import org.manabi.formats.model.ModelFile;
import org.manabi.layers.Dense;
import org.manabi.layers.Network;
import org.manabi.layers.Sequential;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import org.manabi.train.EpochScores;
import org.manabi.train.Model;
import org.manabi.train.Score;
import org.manabi.train.TrainState;

class CheckpointsTests {

    @TempDir private Path folder;
    private Checkpoints checkpoints = new Checkpoints(Path.of(""));

    private final Model<?> model =
            Model.ofLogits(
                    new Network(
                            Sequential.of(new Dense(2)), Shape.of(3), DType.FLOAT32, Seed.of(0)));

    @BeforeEach
    void open() {
        checkpoints = new Checkpoints(folder);
    }

    /// With everything in it that a state can have.
    private static TrainState state(long step) {
        RandomState random = RandomState.of(7);
        random.randn();
        Score score = new Score(90, 1 / 3.0, OptionalDouble.of(0.7));
        return new TrainState(
                step,
                new BatchCursor.Snapshot(4, 2, random.snapshot()),
                Map.of(
                        "m/0.weight",
                        Tensor.of(DType.FLOAT32, Shape.of(3, 2), 1, 2, 3, 4, 5, Float.MIN_VALUE),
                        "counters",
                        Tensor.of(DType.FLOAT64, Shape.of(2), (double) step, Math.PI)),
                new TrainState.Sums(20, 0.1 + 0.2, 19.5, 11, true),
                List.of(
                        new EpochScores(1, 9, score, null, null),
                        new EpochScores(
                                2,
                                18,
                                score,
                                new Score(5, Double.NaN, OptionalDouble.empty()),
                                new Score(10, Double.POSITIVE_INFINITY, OptionalDouble.of(0)))),
                new TrainState.Best(1, 9, 0.25, OptionalDouble.of(0.5)),
                Map.of("0.weight", Tensor.of(DType.FLOAT32, Shape.of(3, 2), 6, 5, 4, 3, 2, 1)));
    }

    private Path save(long step) {
        return checkpoints.save(
                model, ModelCard.EMPTY, state(step), JsonObject.EMPTY.with("seconds", 1.5), 3);
    }

    @Test
    void everythingIsReadBackToTheBit() {
        save(20);
        Checkpoint read = checkpoints.newest().orElseThrow();

        TrainState expected = state(20);
        TrainState actual = read.state();
        assertThat(actual.step()).isEqualTo(20);
        assertThat(actual.cursor()).isEqualTo(expected.cursor());
        assertThat(actual.running()).isEqualTo(expected.running());
        assertThat(actual.epochs()).isEqualTo(expected.epochs());
        assertThat(actual.best()).isEqualTo(expected.best());
        assertSame(actual.updater(), expected.updater());
        assertSame(actual.bestWeights(), expected.bestWeights());
        assertThat(read.notes()).isEqualTo(JsonObject.EMPTY.with("seconds", 1.5));
        assertThat(read.model().model().network().parameters().sha256())
                .isEqualTo(model.network().parameters().sha256());
    }

    private static void assertSame(Map<String, Tensor> actual, Map<String, Tensor> expected) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        actual.forEach(
                (name, tensor) -> {
                    Tensor other = expected.get(name);
                    assertThat(other).isNotNull();
                    if (other != null) {
                        assertThat(tensor.dtype()).isEqualTo(other.dtype());
                        assertThat(tensor.shape()).isEqualTo(other.shape());
                        assertThat(tensor.toDoubles()).isEqualTo(other.toDoubles());
                    }
                });
    }

    @Test
    void aCheckpointIsAModelFileToo() {
        Path file = save(20);

        assertThat(ModelFile.load(file).model().network().parameters().sha256())
                .isEqualTo(model.network().parameters().sha256());
        assertThat(checkpoints.last()).hasSameBinaryContentAs(file);
    }

    @Test
    void onlyTheNewestFewAreKept() {
        for (long step : new long[] {5, 100, 20, 99}) {
            save(step);
        }

        assertThat(checkpoints.steps()).containsExactly(100L, 99L, 20L);
        assertThat(checkpoints.newest().orElseThrow().state().step()).isEqualTo(100);
    }

    @Test
    void withoutACheckpointThereIsNone() {
        assertThat(checkpoints.newest()).isEmpty();
        assertThat(new Checkpoints(folder.resolve("absent")).newest()).isEmpty();
    }

    @Test
    void aModelWithoutItsTrainingIsRefused() {
        Path file = folder.resolve("step-1.safetensors");
        ModelFile.save(file, model, ModelCard.EMPTY);

        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> Checkpoints.load(file))
                .withMessageContaining("nothing can be resumed");
    }

    /// Each byte of the file in turn is damaged: the answer is the state, or a message.
    @Test
    void damageIsNoticedAndNeverAnythingElse() throws IOException {
        Path file = save(20);
        byte[] whole = Files.readAllBytes(file);
        int refused = 0;
        for (int i = 0; i < whole.length; i += 7) {
            byte[] damaged = whole.clone();
            damaged[i] ^= (byte) 0x15;
            Files.write(file, damaged);
            try {
                Checkpoints.load(file);
            } catch (FormatException e) {
                refused++;
            }
        }

        // nearly every byte matters; some lie in texts where others are allowed
        assertThat(refused).isGreaterThan(whole.length / 7 / 2);
    }

    @Test
    void leftoversOfKilledWritersAreSwept() throws IOException {
        Path left = folder.resolve(".step-7.safetensors.999999999-0123456789abcdef.tmp");
        Files.createFile(left);
        save(8);
        checkpoints.sweep();

        assertThat(left).doesNotExist();
        assertThat(checkpoints.newest()).isPresent();
    }
}
