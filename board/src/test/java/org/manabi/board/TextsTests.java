package org.manabi.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What the pages say, in both languages.
class TextsTests {

    private static final Pattern LINE =
            Pattern.compile("^ {2}\"([^\"]+)\": \"((?:[^\"\\\\]|\\\\.)*)\",$", Pattern.MULTILINE);
    private static final Pattern PLACE = Pattern.compile("\\{\\d}");
    private static final Pattern ASKED = Pattern.compile("\\bt\\(\"([^\"]+)\"[,)]");

    private static String page(String name) throws IOException {
        try (InputStream in = Board.class.getResourceAsStream("pages/" + name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Map<String, String> texts(String name) throws IOException {
        String page = page(name);
        Map<String, String> texts = new TreeMap<>();
        Matcher matcher = LINE.matcher(page);
        while (matcher.find()) {
            assertThat(texts.put(matcher.group(1), matcher.group(2)))
                    .as("%s stands twice in %s", matcher.group(1), name)
                    .isNull();
        }
        long lines = page.lines().filter(line -> line.startsWith("  \"")).count();
        assertThat(texts).as("lines of %s that could be read", name).hasSize((int) lines);
        return texts;
    }

    private static Set<String> places(String text) {
        Set<String> places = new TreeSet<>();
        Matcher matcher = PLACE.matcher(text);
        while (matcher.find()) {
            places.add(matcher.group());
        }
        return places;
    }

    @Test
    void bothLanguagesSayTheSameThings() throws IOException {
        Map<String, String> english = texts("text-en.js");
        Map<String, String> japanese = texts("text-ja.js");

        assertThat(japanese.keySet()).isEqualTo(english.keySet());
        english.forEach(
                (key, text) ->
                        assertThat(places(japanese.get(key))).as(key).isEqualTo(places(text)));
    }

    @Test
    void whatThePagesAskForIsThere() throws IOException {
        Set<String> known = texts("text-en.js").keySet();
        for (String name : Board.PAGES) {
            if (name.endsWith(".js") && !name.startsWith("uplot")) {
                Matcher matcher = ASKED.matcher(page(name));
                while (matcher.find()) {
                    assertThat(known).as(name).contains(matcher.group(1));
                }
            }
        }
    }
}
