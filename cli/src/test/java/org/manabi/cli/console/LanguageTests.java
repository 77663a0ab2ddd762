package org.manabi.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LanguageTests {

    private static final String[] NOTHING = {};

    @Test
    void optionIsStrongerThanTheEnvironment() {
        Map<String, String> japan = Map.of("LANG", "ja_JP.UTF-8");
        assertThat(Language.choose(words("--lang", "en"), japan, Locale.ROOT))
                .isEqualTo(Language.EN);
        assertThat(Language.choose(words("loss", "--lang=ja"), Map.of(), Locale.ROOT))
                .isEqualTo(Language.JA);
    }

    @Test
    void environmentIsStrongerThanTheSystem() {
        assertThat(Language.choose(NOTHING, Map.of("LANG", "ja_JP.UTF-8"), Locale.ENGLISH))
                .isEqualTo(Language.JA);
        assertThat(
                        Language.choose(
                                NOTHING,
                                Map.of("LANG", "ja_JP.UTF-8", "LC_ALL", "C"),
                                Locale.JAPANESE))
                .isEqualTo(Language.EN);
    }

    @Test
    void systemDecidesWhereTheEnvironmentSaysNothing() {
        assertThat(Language.choose(NOTHING, Map.of(), Locale.JAPAN)).isEqualTo(Language.JA);
        assertThat(Language.choose(NOTHING, Map.of("LANG", ""), Locale.GERMANY))
                .isEqualTo(Language.EN);
    }

    private static String[] words(String... words) {
        return words;
    }
}
