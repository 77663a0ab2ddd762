package org.manabi.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTests {

    @Test
    void lossesKeepTheirDigitsWhenTheyAreSmall() {
        assertThat(Numbers.loss(2.302585)).isEqualTo("2.3026");
        assertThat(Numbers.loss(0.00001234)).isEqualTo("1.23e-05");
        assertThat(Numbers.loss(0)).isEqualTo("0.0000");
    }

    @Test
    void timesReadLikeAClock() {
        assertThat(Numbers.clock(7.4)).isEqualTo("0:07");
        assertThat(Numbers.clock(3723)).isEqualTo("1:02:03");
        assertThat(Numbers.clock(-1)).isEqualTo("0:00");
    }

    @Test
    void countsAndSharesArePrintedAlikeEverywhere() {
        assertThat(Numbers.count(60_000)).isEqualTo("60,000");
        assertThat(Numbers.percent(0.97844)).isEqualTo("97.84%");
        assertThat(Numbers.fixed(1.25, 1)).isEqualTo("1.3");
        assertThat(Numbers.brief(0.1 / 10)).isEqualTo("0.01");
        assertThat(Numbers.brief(1e30 / 10)).isEqualTo("1E+29");
        assertThat(Numbers.brief(Double.NaN)).isEqualTo("NaN");
    }
}
