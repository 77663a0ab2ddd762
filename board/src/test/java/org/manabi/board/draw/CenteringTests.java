package org.manabi.board.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.manabi.data.Dataset;
import org.manabi.datasets.Mnist;

class CenteringTests {

    @Test
    void noInkGivesPaper() {
        assertThat(Centering.of(28, new byte[28 * 28])).containsOnly(0);
    }

    @Test
    void inkFitsABoxOfTwentyAroundItsCenterOfMass() {
        byte[] drawing = new byte[280 * 280];
        for (int y = 10; y < 110; y++) { // a bar of 40 × 100 in a corner
            for (int x = 5; x < 45; x++) {
                drawing[y * 280 + x] = (byte) 255;
            }
        }
        double[] picture = Centering.of(280, drawing);

        // 100 rows become 20, 40 columns become 8, around the middle 14.
        for (int y = 0; y < 28; y++) {
            for (int x = 0; x < 28; x++) {
                boolean inside = y >= 4 && y < 24 && x >= 10 && x < 18;
                assertThat(picture[y * 28 + x]).isCloseTo(inside ? 255 : 0, within(1e-9));
            }
        }
    }

    /// MNIST's digits are centered already; they keep their place to a pixel, since MNIST moved them
    /// by whole pixels and this moves them by fractions.
    @Test
    void aDigitOfMnistKeepsItsCenter() {
        Dataset digits = Mnist.load().test();
        for (int row = 0; row < 20; row++) {
            byte[] ink = new byte[28 * 28];
            double before = 0;
            for (int i = 0; i < ink.length; i++) {
                double value = digits.inputs().getAsDouble(row * ink.length + i);
                ink[i] = (byte) value;
                before += value;
            }
            double[] picture = Centering.of(28, ink);
            double after = 0;
            double x = 0;
            double y = 0;
            for (int i = 0; i < picture.length; i++) {
                after += picture[i];
                x += picture[i] * (i % 28 + 0.5);
                y += picture[i] * (Math.floorDiv(i, 28) + 0.5);
            }
            assertThat(x / after).isCloseTo(14, within(0.1));
            assertThat(y / after).isCloseTo(14, within(0.1));
            assertThat(after / before).isBetween(0.7, 1.4); // as much ink, up to its scale
        }
    }
}
