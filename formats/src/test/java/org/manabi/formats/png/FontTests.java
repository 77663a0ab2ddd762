package org.manabi.formats.png;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FontTests {

    private static double ink(String text) {
        Coverage coverage = Font.REGULAR.outline(text, 5, 40, 32).coverage(200, 60);
        double sum = 0;
        for (int y = 0; y < coverage.height; y++) {
            for (int x = 0; x < coverage.width; x++) {
                sum += coverage.at(x, y);
            }
        }
        return sum;
    }

    /// In Roboto "A" is 1336 of 2048 units wide and "." 540.
    @Test
    void widthsAreRobotos() {
        assertThat(Font.REGULAR.width("A", 2048)).isEqualTo(1336);
        assertThat(Font.REGULAR.width("A.", 2048)).isEqualTo(1336 + 540);
        assertThat(Font.REGULAR.width("", 12)).isZero();
    }

    /// An "l" is a rectangle of 186 × 1536 units, 2048 of which are 32 pixels here.
    @Test
    void inkIsTheOutlinesArea() {
        assertThat(ink("l")).isCloseTo(186 * 1536 / 64.0 / 64.0, within(0.05));
    }

    @Test
    void everyPrintableAsciiCharacterHasAShapeOfItsOwn() {
        double box = ink("字");
        for (char c = '!'; c <= '~'; c++) {
            assertThat(ink(String.valueOf(c))).as("%s", c).isPositive().isNotEqualTo(box);
        }
        assertThat(ink(" ")).isZero();
    }
}
