package org.manabi.layers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;

class SummaryTests {

    private static final Network NETWORK =
            new Network(
                    Sequential.of(
                            new Residual(Sequential.of(new BatchNorm2d(), new Relu())),
                            new Flatten(),
                            new Dense(3)),
                    Shape.of(2, 4, 5),
                    DType.FLOAT32,
                    Seed.of(0));

    @Test
    void rowsAreTheLayersThatHoldNoOthers() {
        assertThat(NETWORK.summary().rows())
                .extracting(Summary.Row::path)
                .containsExactly("0.body.0", "0.body.1", "1", "2");
        assertThat(NETWORK.summary().rows())
                .extracting(Summary.Row::output)
                .containsExactly(Shape.of(2, 4, 5), Shape.of(2, 4, 5), Shape.of(40), Shape.of(3));
    }

    @Test
    void parametersStateAndMemoryAreCounted() {
        Summary summary = NETWORK.summary();

        assertThat(summary.parameters())
                .isEqualTo(4 + 40 * 3 + 3)
                .isEqualTo(NETWORK.parameters().count());
        assertThat(summary.state()).isEqualTo(4);
        assertThat(summary.modelBytes()).isEqualTo(4 * (127 + 4));
        assertThat(summary.outputBytesPerSample()).isEqualTo(4 * (40 + 40 + 40 + 3));
    }

    @Test
    void itPrintsAsATable() {
        assertThat(NETWORK.summary().toString())
                .contains("2 Dense[units=3]")
                .contains("127 parameters and 4 numbers of state: 524 bytes");
    }
}
