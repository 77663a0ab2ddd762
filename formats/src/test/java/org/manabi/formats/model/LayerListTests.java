package org.manabi.formats.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.manabi.formats.FormatException;
import org.manabi.layers.BatchNorm2d;
import org.manabi.layers.Conv2d;
import org.manabi.layers.Dense;
import org.manabi.layers.Dropout;
import org.manabi.layers.EachStep;
import org.manabi.layers.Embedding;
import org.manabi.layers.Flatten;
import org.manabi.layers.Gelu;
import org.manabi.layers.Gru;
import org.manabi.layers.Layer;
import org.manabi.layers.Lstm;
import org.manabi.layers.MaxPool2d;
import org.manabi.layers.MultiHeadSelfAttention;
import org.manabi.layers.Padding;
import org.manabi.layers.Parallel;
import org.manabi.layers.Relu;
import org.manabi.layers.Reshape;
import org.manabi.layers.Residual;
import org.manabi.layers.Sequential;
import org.manabi.layers.Size;
import org.manabi.layers.Steps;
import org.manabi.layers.Tanh;
import org.manabi.layers.Xavier;

class LayerListTests {

    @TempDir Path folder;

    private List<Layer> read(String yaml) throws IOException {
        Path file = folder.resolve("model.yaml");
        Files.writeString(file, yaml);
        return LayerList.read(file).layers(10);
    }

    @Test
    void layersAreReadWithTheirUsualSettings() throws IOException {
        assertThat(
                        read(
                                """
                                # a small network
                                layers:
                                  - Reshape: [1, 28, 28]
                                  - Conv2d: {filters: 8, kernel: [3, 5], padding: same, bias: false}
                                  - BatchNorm2d
                                  - Gelu: tanh
                                  - MaxPool2d: 2
                                  - MaxPool2d: {kernel: 3, stride: 1, padding: 1}
                                  - Flatten
                                  - Dropout: 0.25
                                  - Dense: {units: 32, weights: Xavier.NORMAL}
                                  - Relu
                                  - Dense: classes
                                """))
                .containsExactly(
                        Reshape.to(1, 28, 28),
                        new Conv2d(
                                8,
                                new Size(3, 5),
                                Size.of(1),
                                Padding.SAME,
                                Size.of(1),
                                1,
                                new Conv2d(1, 1).weights(),
                                null),
                        new BatchNorm2d(),
                        new Gelu(Gelu.Form.TANH),
                        new MaxPool2d(2),
                        new MaxPool2d(3).withStride(1).withPadding(Padding.of(1)),
                        new Flatten(),
                        new Dropout(0.25),
                        new Dense(32, Xavier.NORMAL),
                        new Relu(),
                        new Dense(10));
    }

    @Test
    void sequencesMayBeRead() throws IOException {
        assertThat(
                        read(
                                """
                                layers:
                                  - Embedding: {rows: 50, width: 8}
                                  - MultiHeadSelfAttention: 2
                                  - EachStep: {Dense: 4}
                                  - Lstm: {units: 6, steps: all}
                                  - Gru: 5
                                """))
                .containsExactly(
                        new Embedding(50, 8),
                        new MultiHeadSelfAttention(2),
                        new EachStep(new Dense(4)),
                        new Lstm(6, Steps.ALL),
                        new Gru(5));
    }

    @Test
    void layersMayHoldOthers() throws IOException {
        assertThat(
                        read(
                                """
                                layers:
                                  - Residual:
                                      body:
                                        - Dense: 4
                                        - Tanh
                                      shortcut: {Dense: 4}
                                  - Residual: [Tanh]
                                  - Parallel:
                                      branches: [Tanh, [Relu, Tanh]]
                                      merge: sum
                                """))
                .containsExactly(
                        new Residual(Sequential.of(new Dense(4), new Tanh()), new Dense(4)),
                        new Residual(Sequential.of(new Tanh())),
                        Parallel.summed(new Tanh(), Sequential.of(new Relu(), new Tanh())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    layers: [Tahn]                        | layers.0: there is no layer Tahn; there are
                    layers: [{Dense: {unit: 3}}]          | Dense has no setting unit; it has units, weights, bias
                    layers: [{Dense: {weights: He.NORMAL}}] | Dense needs its setting units
                    layers: [{Conv2d: 3}]                 | Conv2d needs its setting kernel
                    layers: [{Dense: 0}]                  | Dense needs at least 1 unit, got 0
                    layers: [{Dense: many}]               | expected an integer, got a text
                    layers: [3]                           | expected a layer such as Relu or Dense: 10, got a number
                    layers: [{Relu: 3}]                   | Relu has no settings
                    layers: [Relu, Relu                   | line
                    layer: [Relu]                         | layer: is unknown; a model file has the field layers alone
                    layers: [!!java.lang.String x]        | model.yaml
                    """)
    void whatIsWrongIsSaid(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("model.yaml")
                .hasMessageContaining(message);
    }
}
