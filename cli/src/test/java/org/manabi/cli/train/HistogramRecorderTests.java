package org.manabi.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.cli.CommandRun;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.formats.run.RunDirectory;

class HistogramRecorderTests {

    @TempDir private Path folder;

    @Test
    void theSpreadOfWeightsAndOutputsIsNotedOverTime() throws Exception {
        Path out = folder.resolve("run");
        CommandRun run =
                CommandRun.of("train", "digits", "--model", "mlp:8", "--steps", 40, "--out", out);
        assertThat(run.code()).as(run.err()).isZero();

        RunDirectory done = RunDirectory.open(out);
        List<JsonObject> frames =
                done.metrics().stream()
                        .filter(line -> line.toString().startsWith("{\"event\":\"histograms\""))
                        .toList();
        assertThat(frames).hasSize(10);
        assertThat(frames)
                .extracting(frame -> number(frame, "step"))
                .startsWith(4.0)
                .endsWith(40.0);

        // The last frame is of the weights that the model was saved with.
        JsonObject weights = first(frames.getLast(), "weights");
        double[] saved =
                done.model().model().network().parameters().get("0.weight").tensor().toDoubles();
        assertThat(weights.get("of").flatMap(JsonValue::asText)).hasValue("0.weight");
        assertThat(number(weights, "low")).isEqualTo(DoubleStream.of(saved).min().orElseThrow());
        assertThat(number(weights, "high")).isEqualTo(DoubleStream.of(saved).max().orElseThrow());
        assertThat(sum(weights)).isEqualTo(64 * 8);
        // What 8 units give for 64 samples.
        assertThat(sum(first(frames.getLast(), "activations"))).isEqualTo(64 * 8);
        try (var files = Files.list(out)) {
            assertThat(files.filter(file -> file.toString().contains("tfevents"))).hasSize(1);
        }
    }

    private static JsonObject first(JsonObject frame, String name) {
        return (JsonObject) ((JsonValue.Array) frame.get(name).orElseThrow()).items().getFirst();
    }

    private static double number(JsonObject json, String name) {
        return json.get(name).orElseThrow().asDouble().orElseThrow();
    }

    private static long sum(JsonObject histogram) {
        return ((JsonValue.Array) histogram.get("counts").orElseThrow())
                .items().stream().mapToLong(count -> count.asLong().orElseThrow()).sum();
    }
}
