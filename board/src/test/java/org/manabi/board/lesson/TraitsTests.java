package org.manabi.board.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TraitsTests {

    private static Traits of(String picture) {
        return Traits.of(GrayImage.of(Digits.drawn(picture), 0));
    }

    @Test
    void holeIsFoundWithItsPlaceAndSize() {
        Traits traits =
                of(
                        """
                        ........
                        .######.
                        .#....#.
                        .#....#.
                        .######.
                        ...##...
                        ...##...
                        ........
                        """);

        assertThat(traits.holes()).isEqualTo(1);
        assertThat(traits.holeShare()).isCloseTo(8 / 36.0, within(1e-12));
        assertThat(traits.holeHeight()).isCloseTo(2 / 6.0, within(1e-12));
        assertThat(traits.tallness()).isEqualTo(1);
    }

    @Test
    void slipOfThePenIsNoHole() {
        Traits traits =
                of(
                        """
                        ........
                        .######.
                        .##.###.
                        .######.
                        .######.
                        .######.
                        .######.
                        ........
                        """);

        assertThat(traits.holes()).isZero();
    }

    @Test
    void openingsAreGaps() {
        Traits traits =
                of(
                        """
                        ..........
                        .########.
                        .########.
                        .##.......
                        .##.......
                        .########.
                        .......##.
                        .......##.
                        .########.
                        ..........
                        """);

        assertThat(traits.upperRight()).isGreaterThan(0.5);
        assertThat(traits.upperLeft()).isLessThan(0.3);
        assertThat(traits.lowerLeft()).isGreaterThan(0.5);
        assertThat(traits.lowerRight()).isLessThan(0.3);
        assertThat(traits.topWidth()).isGreaterThan(0.8);
    }
}
