package org.manabi.cli.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTests {

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        Table table = new Table().head("way", "accuracy").row("rule", "84%").row("net", "100%");

        assertThat(table.lines())
                .containsExactly(
                        "way   accuracy", "──────────────", "rule       84%", "net       100%");
    }

    @Test
    void japaneseLettersTakeTwoColumns() {
        Table table = new Table().row("損失", "1").row("a", "22");

        assertThat(table.lines()).containsExactly("損失   1", "a     22");
    }
}
