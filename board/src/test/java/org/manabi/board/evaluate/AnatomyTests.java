package org.manabi.board.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.manabi.data.Dataset;
import org.manabi.datasets.Mnist;
import org.manabi.formats.json.JsonValue;
import org.manabi.layers.BatchNorm1d;
import org.manabi.layers.Dense;
import org.manabi.layers.Network;
import org.manabi.layers.Relu;
import org.manabi.layers.Sequential;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;

class AnatomyTests {

    @Test
    void layersThatKeepStateAndLayersWithinLayersAreDescribed() {
        Dataset digits = Mnist.load().test().first(20);
        Network network =
                new Network(
                        Sequential.of(
                                Sequential.of(new Dense(5), new BatchNorm1d(), new Relu()),
                                new Dense(10)),
                        digits.sampleShape(),
                        DType.FLOAT32,
                        Seed.of(0));

        var layers =
                (JsonValue.Array) new Anatomy(network, digits).toJson().get("layers").orElseThrow();
        assertThat(layers.items()).hasSize(4);
        assertThat(layers.items().get(1).toString()).contains("\"path\":\"0.1\"", "activations");
        // 20 samples, 10 outputs each.
        assertThat(layers.items().get(3).toString()).contains("\"parameters\":60");
    }
}
