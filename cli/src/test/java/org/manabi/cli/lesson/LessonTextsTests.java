package org.manabi.cli.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LessonTextsTests {

    private static final Pattern SPECIFIER = Pattern.compile("%(?:(\\d+)\\$)?([sd])");

    private final Properties english = load("Lessons.properties");
    private final Properties japanese = load("Lessons_ja.properties");

    @Test
    void bothLanguagesHaveTheSameKeys() {
        assertThat(japanese.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
    }

    @Test
    void bothLanguagesTakeTheSameValues() {
        for (String key : english.stringPropertyNames()) {
            assertThat(values(japanese.getProperty(key)))
                    .as(key)
                    .isEqualTo(values(english.getProperty(key)));
        }
    }

    @Test
    void everyTextButFormulasIsJapanese() {
        for (String key : japanese.stringPropertyNames()) {
            if (!key.startsWith("cross-entropy-batch.form.")) {
                assertThat(japanese.getProperty(key))
                        .as(key)
                        .containsPattern("[\\p{IsHiragana}\\p{IsKatakana}\\p{IsHan}]");
            }
        }
    }

    /// A key is asked for by its whole name or, where its last part is a constant, by what is
    /// before.
    @Test
    void everyTextIsAskedFor() throws IOException {
        String sources;
        try (Stream<Path> files =
                Files.list(Path.of("src", "main", "java", "org", "manabi", "cli", "lesson"))) {
            sources = files.map(LessonTextsTests::read).collect(Collectors.joining());
        }
        for (String key : english.stringPropertyNames()) {
            String last = key.substring(Math.max(0, key.lastIndexOf('.')));
            boolean ofEveryLesson = Set.of(".title", ".summary").contains(last);
            String before = key.substring(0, key.length() - last.length()) + ".";
            assertThat(
                            ofEveryLesson
                                    || sources.contains('"' + key + '"')
                                    || sources.contains('"' + before + '"'))
                    .as(key)
                    .isTrue();
        }
    }

    /// The values of a text by their place, each with its conversion.
    private static Map<Integer, String> values(String text) {
        Map<Integer, String> values = new TreeMap<>();
        int next = 1;
        for (MatchResult found : SPECIFIER.matcher(text.replace("%%", "")).results().toList()) {
            int place = found.group(1) == null ? next++ : Integer.parseInt(found.group(1));
            values.put(place, found.group(2));
        }
        return values;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Properties load(String name) {
        Properties properties = new Properties();
        try (Reader reader =
                new InputStreamReader(
                        Objects.requireNonNull(Lesson.class.getResourceAsStream(name)),
                        StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
