package org.manabi.formats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTests {

    @Test
    void whatATerminalObeysIsNotPrinted() {
        assertThat(Printable.line("a\u001b[2Jb\u009b31mc\rd\ne\tf\u007f\b"))
                .isEqualTo("a?[2Jb?31mc?d?e?f??");
        assertThat(Printable.line("right\u202eleft\u2028\ufeff\ud800")).isEqualTo("right?left???");
    }

    @Test
    void textStaysAsItIs() {
        String text = "重み ✓ — naïve 👍 ▶";
        assertThat(Printable.line(text)).isSameAs(text);
        assertThat(Printable.lines("a\n\tb\r\nc\u001b")).isEqualTo("a\n\tb\nc?");
    }

    @Test
    void longTextIsCutBetweenCharacters() {
        assertThat(Printable.start("👍👍👍", 2)).isEqualTo("👍👍…");
        assertThat(Printable.start("abc", 3)).isEqualTo("abc");
    }

    @Test
    void faultsOfFilesAreOneVisibleLine() {
        FormatException fault =
                new FormatException("a\u001b].npz", "two arrays\nare named " + "x".repeat(10_000));
        assertThat(fault).hasMessageStartingWith("a?].npz: two arrays?are named xxx");
        assertThat(String.valueOf(fault.getMessage()).length()).isLessThan(5000);
        assertThat(fault.file()).isEqualTo("a\u001b].npz");
    }
}
