package org.manabi.board.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.manabi.data.Dataset;

class EdgeDirectionsTests {

    private static final int DIRECTIONS = 6;

    private static final String UPRIGHT =
            """
            ........
            ...##...
            ...##...
            ...##...
            ...##...
            ...##...
            ...##...
            ........
            """;

    private static final String LYING =
            """
            ........
            ........
            ........
            .######.
            .######.
            ........
            ........
            ........
            """;

    @Test
    void strokesOfDifferentDirectionsGiveDifferentFeatures() {
        Dataset features = EdgeDirections.of(Digits.drawn(UPRIGHT, LYING), Progress.NONE);

        assertThat(features.sampleShape().size()).isEqualTo(96);
        assertThat(strength(features, 0, 0)).isGreaterThan(strength(features, 0, 3));
        assertThat(strength(features, 1, 3)).isGreaterThan(strength(features, 1, 0));
    }

    @Test
    void featuresHaveMeanSquareOne() {
        double[] features =
                EdgeDirections.of(Digits.drawn(UPRIGHT), Progress.NONE).inputs().toDoubles();

        double squares = 0;
        for (double feature : features) {
            squares += feature * feature;
        }
        // 96 floats, each rounded by at most 2⁻²⁴ of its size.
        assertThat(squares / features.length).isCloseTo(1, within(1e-6));
    }

    @Test
    void emptyPictureHasNoEdges() {
        Dataset empty = Digits.drawn(UPRIGHT.replace('#', '.'));

        assertThat(EdgeDirections.of(empty, Progress.NONE).inputs().toDoubles()).containsOnly(0);
    }

    /// The sum of all cells in one direction.
    private static double strength(Dataset features, int row, int direction) {
        double sum = 0;
        for (int i = direction; i < 96; i += DIRECTIONS) {
            sum += features.inputs().get(row, i);
        }
        return sum;
    }
}
