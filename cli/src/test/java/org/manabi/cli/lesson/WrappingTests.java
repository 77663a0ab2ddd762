package org.manabi.cli.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WrappingTests {

    @Test
    void englishBreaksBetweenWords() {
        assertThat(Wrapping.lines("the loss falls until it turns", 12))
                .containsExactly("the loss", "falls until", "it turns");
    }

    @Test
    void japaneseBreaksBetweenLettersOfTwoColumns() {
        assertThat(Wrapping.lines("損失関数の値", 8)).containsExactly("損失関数", "の値");
    }

    @Test
    void noLineBeginsWithWhatCloses() {
        List<String> lines = Wrapping.lines("損失関数。交差エントロピー誤差（平均）", 8);

        assertThat(lines).allMatch(line -> !line.startsWith("。"));
        assertThat(lines).allMatch(line -> !line.startsWith("ー"));
        assertThat(lines).allMatch(line -> !line.endsWith("（"));
        assertThat(String.join("", lines)).isEqualTo("損失関数。交差エントロピー誤差（平均）");
    }

    @Test
    void numbersWithinJapaneseAreKeptWhole() {
        assertThat(Wrapping.lines("全部で 60,000 枚", 10)).containsExactly("全部で", "60,000 枚");
    }

    @Test
    void wordThatIsTooWideStandsAlone() {
        assertThat(Wrapping.lines("a verylongword b", 5)).containsExactly("a", "verylongword", "b");
    }
}
