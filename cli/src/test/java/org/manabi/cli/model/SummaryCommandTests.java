package org.manabi.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.cli.CommandRun;
import org.manabi.formats.json.JsonFields;

class SummaryCommandTests {

    @TempDir Path folder;

    @Test
    void thePresetsAreDescribed() {
        JsonFields conv = CommandRun.of("summary", "conv", "--json").json();

        // 144 + 32, 4608 + 64, 18 432 + 128, 576·10 + 10
        assertThat(conv.integer("parameters")).isEqualTo(29178);
        assertThat(conv.integer("state")).isEqualTo(224);
        assertThat(CommandRun.of("summary", "simple-conv").out()).contains("Conv2d[filters=30");
        assertThat(CommandRun.of("summary", "mlp:32,16", "--input", "4", "--classes", "3").out())
                .contains("739 parameters"); // 4·32 + 32 + 32·16 + 16 + 16·3 + 3
    }

    @Test
    void aModelFileIsDescribed() throws IOException {
        Path file = folder.resolve("tiny.yaml");
        Files.writeString(file, "layers:\n  - Dense: 5\n  - Relu\n  - Dense: classes\n");

        assertThat(CommandRun.of("summary", file, "--input", "3", "--classes", "2").out())
                .contains("32 parameters");
    }

    /// Digits come as rows of 784; whoever lists a convolution first means images of 28 × 28.
    @Test
    void aListThatBeginsWithAConvolutionTakesImages() throws IOException {
        Path file = folder.resolve("cnn.yaml");
        Files.writeString(
                file, "layers: [{Conv2d: {filters: 3, kernel: 3}}, Flatten, {Dense: classes}]\n");

        // 3·9 + 3, 3·26²·10 + 10
        assertThat(CommandRun.of("summary", file, "--json").json().integer("parameters"))
                .isEqualTo(20_320);
    }

    @Test
    void whatDoesNotFitIsSaidWithItsLayer() throws IOException {
        Path file = folder.resolve("wrong.yaml");
        Files.writeString(file, "layers: [{Dense: 9}, {Conv2d: {filters: 3, kernel: 3}}]\n");

        CommandRun run = CommandRun.of("summary", file);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("layer 1 Conv2d[filters=3, kernel=3]: expected input [N, C");
    }

    @Test
    void anInputMustBeAShape() {
        CommandRun run = CommandRun.of("summary", "conv", "--input", "28x28");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("28x28");
    }
}
