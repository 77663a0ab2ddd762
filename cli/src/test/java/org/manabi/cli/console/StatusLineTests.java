package org.manabi.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatusLineTests {

    @Test
    void lineIsCutAtTheEdgeOfTheTerminal() {
        assertThat(StatusLine.cut("loss 0.5", 6)).isEqualTo("loss 0");
        assertThat(StatusLine.cut("loss", 6)).isEqualTo("loss");
    }

    @Test
    void japaneseLettersTakeTwoColumnsAndBarsOne() {
        assertThat(StatusLine.cut("損失 0.5", 5)).isEqualTo("損失 ");
        assertThat(StatusLine.cut("━━╌╌ 1", 6)).isEqualTo("━━╌╌ 1");
    }
}
