package org.manabi.formats.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manabi.formats.FormatException;
import org.manabi.formats.npy.Npz;
import org.manabi.layers.BatchNorm2d;
import org.manabi.layers.Conv2d;
import org.manabi.layers.Dense;
import org.manabi.layers.Flatten;
import org.manabi.layers.MaxPool2d;
import org.manabi.layers.Network;
import org.manabi.layers.Relu;
import org.manabi.layers.Sequential;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import org.manabi.train.Model;
import org.manabi.train.Predictor;

/// The fixtures hold the same network as PyTorch and as Keras store it, and PyTorch's output.
class WeightImportTests {

    @TempDir private Path folder;

    private final Network network =
            new Network(
                    Sequential.of(
                            new Conv2d(3, 3),
                            new BatchNorm2d(),
                            new Relu(),
                            new MaxPool2d(2),
                            new Flatten(),
                            new Dense(12),
                            new Relu(),
                            new Dense(2)),
                    Shape.of(2, 6, 6),
                    DType.FLOAT32,
                    Seed.of(1));

    private Map<String, Tensor> pytorch = Map.of();
    private Map<String, Tensor> keras = Map.of();
    private Tensor inputs = FloatTensor.of(Shape.of(0));
    private Tensor outputs = inputs;

    private Map<String, Tensor> read(String name) {
        Path file = folder.resolve(name);
        try (InputStream in = WeightImportTests.class.getResourceAsStream("weights/" + name)) {
            assertThat(in).isNotNull();
            Files.write(file, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Npz.read(file)
                .forEach(
                        (array, numbers) -> {
                            if (!StoredWeights.isCounter(array)) {
                                tensors.put(array, numbers.toTensor());
                            }
                        });
        return tensors;
    }

    @BeforeEach
    void readFixtures() {
        pytorch = read("pytorch.npz");
        inputs = pytorch.remove("x");
        outputs = pytorch.remove("y");
        keras = read("keras.npz");
    }

    private WeightMatches into(
            Map<String, Tensor> stored, WeightLayout layout, WeightImport.Extent extent) {
        return WeightImport.into(
                network, stored, Optional.ofNullable(layout), Map.of(), extent, "w.npz");
    }

    private void assertSameOutput() {
        Predictor predictor = new Predictor(Engine.serial(), Model.ofOutputs(network), 4);
        predictor.inputs().copyFrom(inputs);
        Tensor given = predictor.run();
        for (int i = 0; i < outputs.size(); i++) {
            // A few dozen float products each, of numbers about 1.
            assertThat(given.getAsDouble(i)).isCloseTo(outputs.getAsDouble(i), within(2e-5));
        }
    }

    @Test
    void stateOfPytorchGivesItsOutput() {
        WeightMatches matches = into(pytorch, WeightLayout.PYTORCH, WeightImport.Extent.WHOLE);

        assertSameOutput();
        assertThat(matches.missing()).isEmpty();
        assertThat(matches.leftOver()).isEmpty();
        assertThat(matches.toString().lines())
                .anyMatch(line -> line.matches("5\\.weight +\\[12, 12] +fc1\\.weight.*axes.*"))
                .anyMatch(line -> line.matches("1\\.runningMean +\\[3] +bn\\.running_mean +\\[3]"));
    }

    @Test
    void weightsOfKerasGiveTheOutputThoughChannelsWereLast() {
        WeightMatches matches = into(keras, WeightLayout.KERAS, WeightImport.Extent.WHOLE);

        assertSameOutput();
        assertThat(matches.matched())
                .filteredOn(match -> match.name().equals("5.weight"))
                .allMatch(match -> match.change().contains("channel"));
    }

    @Test
    void squareMatrixWithoutLayoutIsRefused() {
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> into(pytorch, null, WeightImport.Extent.WHOLE))
                .withMessageContaining("fc1.weight [12, 12] fits 5.weight in")
                .withMessageContaining("--layout");
    }

    @ParameterizedTest
    @EnumSource(WeightImport.Extent.class)
    void whatIsMissingOrLeftOverIsToldOrRefused(WeightImport.Extent extent) {
        pytorch.remove("fc2.bias");
        pytorch.put("head.weight", FloatTensor.of(Shape.of(1), 1));
        String before = network.parameters().sha256();
        if (extent == WeightImport.Extent.WHOLE) {
            assertThatExceptionOfType(FormatException.class)
                    .isThrownBy(() -> into(pytorch, WeightLayout.PYTORCH, extent))
                    .withMessageContaining("7.weight, 7.bias")
                    .withMessageContaining("head.weight");
            assertThat(network.parameters().sha256()).isEqualTo(before);
        } else {
            WeightMatches matches = into(pytorch, WeightLayout.PYTORCH, extent);
            assertThat(matches.missing()).containsExactlyInAnyOrder("7.weight", "7.bias");
            assertThat(matches.leftOver()).containsExactlyInAnyOrder("fc2.weight", "head.weight");
        }
    }

    /// Two layers of one form under names that tell no order.
    @Test
    void layersThatCouldBeEitherAreNotGuessed() {
        Network twins =
                new Network(
                        Sequential.of(new Dense(3), new Relu(), new Dense(3)),
                        Shape.of(3),
                        DType.FLOAT32,
                        Seed.of(1));
        Map<String, Tensor> stored = new LinkedHashMap<>();
        for (String name : List.of("query", "key")) {
            stored.put(name + ".weight", FloatTensor.of(Shape.of(3, 3), new float[9]));
            stored.put(name + ".bias", FloatTensor.of(Shape.of(3), new float[3]));
        }
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(
                        () ->
                                WeightImport.into(
                                        twins,
                                        stored,
                                        Optional.of(WeightLayout.PYTORCH),
                                        Map.of(),
                                        WeightImport.Extent.PARTIAL,
                                        "w.npz"))
                .withMessageContaining("layer 0 may be those of key, query")
                .withMessageContaining("--names");
        WeightMatches matches =
                WeightImport.into(
                        twins,
                        stored,
                        Optional.of(WeightLayout.PYTORCH),
                        Map.of("query", "0", "key", "2"),
                        WeightImport.Extent.WHOLE,
                        "w.npz");
        assertThat(matches.matched().getFirst().source()).isEqualTo("query.weight");
    }
}
