package org.manabi.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HalfBlocksTests {

    private static final byte ON = (byte) 255;

    @Test
    void eachCharacterIsTwoPixels() {
        byte[] pixels = {ON, 0, ON, 0, 0, ON, ON, 0};
        assertThat(new HalfBlocks(HalfBlocks.Ink.CHARACTERS).draw(pixels, 0, 4, 2))
                .containsExactly("▀▄█ ");
    }

    @Test
    void oddHeightEndsInTheDark() {
        assertThat(new HalfBlocks(HalfBlocks.Ink.CHARACTERS).draw(new byte[] {ON, ON, ON}, 0, 1, 3))
                .containsExactly("█", "▀");
    }

    @Test
    void greysAreColorsOfTheTerminal() {
        assertThat(new HalfBlocks(HalfBlocks.Ink.GREYS).draw(new byte[] {ON, 0}, 0, 1, 2))
                .containsExactly("\u001b[38;5;255;48;5;232m▀\u001b[0m");
    }

    @Test
    void picturesStandSideBySide() {
        assertThat(HalfBlocks.beside(List.of(List.of("a", "b"), List.of("c", "d"))))
                .containsExactly("a c", "b d");
    }
}
