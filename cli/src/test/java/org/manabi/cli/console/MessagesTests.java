package org.manabi.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessagesTests {

    private static final Pattern SPECIFIER =
            Pattern.compile("%(?:(\\d+)\\$)?([-+ 0,(#]*\\d*(?:\\.\\d+)?)([a-zA-Z%])");
    private static final Pattern USE =
            Pattern.compile(
                    "(?:text|wrongRequest|failed)\\(\\s*\"([a-z]+[a-z0-9.-]*[a-z0-9])\"|descriptionKey"
                            + " = \"([^\"]+)\"");

    /// Texts that are names and numbers only.
    private static final Set<String> NO_WORDS =
            Set.of("error.prefix", "data.check.file", "doctor.manabi", "doctor.java");

    private final Properties english = load("Messages.properties");
    private final Properties japanese = load("Messages_ja.properties");

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
    void noTextIsLeftInEnglish() {
        for (String key : japanese.stringPropertyNames()) {
            String text = japanese.getProperty(key);
            boolean hasLetters = text.replaceAll("%\\S*|\\$\\{\\S*}", "").matches(".*[a-zA-Z].*");
            if (hasLetters && !key.contains(".footer.") && !NO_WORDS.contains(key)) {
                assertThat(text)
                        .as(key)
                        .containsPattern("[\\p{IsHiragana}\\p{IsKatakana}\\p{IsHan}]");
            }
        }
    }

    @Test
    void everyKeyThatTheCommandsAskForExists() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            for (Path file : files.filter(MessagesTests::speaksByThisBundle).toList()) {
                for (MatchResult use : USE.matcher(Files.readString(file)).results().toList()) {
                    String key = use.group(1) == null ? use.group(2) : use.group(1);
                    assertThat(english.stringPropertyNames()).as(file.toString()).contains(key);
                }
            }
        }
    }

    @Test
    void numbersArePrintedAlikeInAllLanguages() {
        Messages messages = Messages.of("org.manabi.cli.Messages", Language.JA);
        assertThat(messages.text("train.error.learning-rate", -0.5)).contains("-0.5");
    }

    private static boolean speaksByThisBundle(Path path) {
        boolean lesson = path.toString().replace('\\', '/').contains("/lesson/");
        return path.toString().endsWith(".java") && !lesson;
    }

    /// The values of a text by their place, each with its conversion.
    private static Map<Integer, String> values(String text) {
        Map<Integer, String> values = new TreeMap<>();
        int next = 1;
        for (MatchResult found : SPECIFIER.matcher(text).results().toList()) {
            String conversion = found.group(3);
            if (!conversion.equals("n") && !conversion.equals("%")) {
                int place = found.group(1) == null ? next++ : Integer.parseInt(found.group(1));
                values.put(place, conversion);
            }
        }
        return values;
    }

    private static Properties load(String name) {
        Properties properties = new Properties();
        try (Reader reader =
                new InputStreamReader(
                        Objects.requireNonNull(
                                Messages.class.getResourceAsStream("/org/manabi/cli/" + name)),
                        StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return properties;
    }
}
