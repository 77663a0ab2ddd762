package org.manabi.formats.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.manabi.formats.ForAll;
import org.manabi.formats.FormatException;

class JsonTests {

    private static JsonValue parse(String text) {
        return JsonReader.parse(text, "file.json");
    }

    private static JsonValue random(SplittableRandom random, int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 8)) {
            case 0 -> JsonValue.of(text(random));
            case 1 -> JsonValue.of(random.nextLong());
            case 2 -> JsonValue.of(Double.longBitsToDouble(random.nextLong()));
            case 3 -> JsonValue.of(random.nextDouble());
            case 4 -> JsonValue.of(random.nextBoolean());
            case 5 -> JsonValue.Null.NULL;
            case 6 -> {
                List<JsonValue> items = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(random(random, depth - 1));
                }
                yield new JsonValue.Array(items);
            }
            default -> {
                Map<String, JsonValue> fields = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    fields.put(text(random), random(random, depth - 1));
                }
                yield new JsonObject(fields);
            }
        };
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            int[] ends = {0x20, 0x80, 0xD800, 0x110000};
            int point = random.nextInt(ends[random.nextInt(ends.length)]);
            text.appendCodePoint(point >= 0xD800 && point < 0xE000 ? '学' : point);
        }
        return text.toString();
    }

    @Test
    void whatIsWrittenIsReadBack() {
        ForAll.seeds(
                2_000,
                random -> {
                    JsonValue value = random(random, 4);
                    assertThat(parse(value.toString())).isEqualTo(value);
                    assertThat(parse(value.toPrettyString())).isEqualTo(value);
                });
    }

    @Test
    void doublesAreTheShortestThatReadBackTheSame() {
        assertThat(JsonValue.of(0.1)).hasToString("0.1");
        assertThat(JsonValue.of(2.302584092994546)).hasToString("2.302584092994546");
        ForAll.seeds(
                1_000,
                random -> {
                    double number = Double.longBitsToDouble(random.nextLong());
                    double read = parse(JsonValue.of(number).toString()).asDouble().orElseThrow();
                    assertThat(read).isEqualTo(number);
                });
    }

    @Test
    void numbersThatAreNotFiniteAreTexts() {
        JsonObject object =
                JsonObject.EMPTY
                        .with("a", Double.NaN)
                        .with("b", Double.NEGATIVE_INFINITY)
                        .with("c", new double[] {Double.POSITIVE_INFINITY, 1});
        assertThat(object)
                .hasToString("{\"a\":\"NaN\",\"b\":\"-Infinity\",\"c\":[\"Infinity\",1.0]}");
        assertThat(object.get("a").orElseThrow().asDouble()).hasValue(Double.NaN);
        assertThat(object.get("b").orElseThrow().asDouble()).hasValue(Double.NEGATIVE_INFINITY);
    }

    @Test
    void prettyTextKeepsNumbersOnOneLine() {
        JsonObject object =
                JsonObject.EMPTY
                        .with("shape", new int[] {28, 28})
                        .with("none", JsonObject.EMPTY)
                        .with("inner", JsonObject.EMPTY.with("a", true));
        assertThat(object.toPrettyString())
                .isEqualTo(
                        """
                        {
                          "shape": [28, 28],
                          "none": {},
                          "inner": {
                            "a": true
                          }
                        }""");
    }

    @Test
    void halvesOfCharactersAreWrittenAsEscapesAndNotRead() {
        String written = JsonValue.of("a\ud800").toString();
        assertThat(written).isEqualTo("\"a\\ud800\"");
        assertThatThrownBy(() -> parse(written))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("half of a character, \\ud800");
        assertThat(parse("\"\\ud83d\\ude00\"")).isEqualTo(JsonValue.of("😀"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"a\":2} | line 1, column 12: the name \"a\" comes twice in one object",
                "{\"a\":{\"b\":1,\"b\":1}} | the name \"b\" comes twice in one object",
                "[1,] | is not JSON",
                "[1 2] | is not JSON",
                "{'a':1} | is not JSON",
                "{a:1} | is not JSON",
                "// | is not JSON",
                "NaN | is not JSON",
                "[01] | is not JSON",
                "[1.] | is not JSON",
                "[+1] | is not JSON",
                "\"\t\" | is not JSON",
                "[ | is not JSON",
                "{} {} | expected nothing more, got an object",
                "\uFEFF{} | is not JSON",
                "`` | expected a value, got the end",
            })
    void whatIsNotJsonIsRefused(String text, String message) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("file.json: ")
                .hasMessageContaining(message);
    }

    @Test
    void deepNestingIsRefusedBeforeTheStackEnds() {
        assertThat(parse("[".repeat(100) + "]".repeat(100))).isNotNull();
        for (String open : new String[] {"[", "{\"a\":"}) {
            assertThatThrownBy(() -> parse(open.repeat(60_000)))
                    .isInstanceOf(FormatException.class)
                    .hasMessageContaining("nested deeper than 100 levels");
        }
    }

    @Test
    void longNumbersAreRefused() {
        assertThatThrownBy(() -> parse("1".repeat(1_000_000))).isInstanceOf(FormatException.class);
        assertThat(parse("18446744073709551616").asLong()).isEmpty();
        assertThat(parse("1e999").asDouble()).hasValue(Double.POSITIVE_INFINITY);
    }

    @Test
    void randomTextIsReadOrRefused() {
        String alphabet = "{}[]\",:0123456789-+.eEtrufalsn\\ \u0000\ud800あ";
        ForAll.seeds(
                5_000,
                random -> {
                    StringBuilder text = new StringBuilder();
                    for (int i = random.nextInt(30); i > 0; i--) {
                        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
                    }
                    try {
                        assertThat(parse(text.toString())).isNotNull();
                    } catch (FormatException e) {
                        assertThat(e.file()).isEqualTo("file.json");
                    }
                });
    }

    @Test
    void fieldsSayWhatTheyLack() {
        JsonFields fields =
                JsonFields.of(parse("{\"a\":{\"b\":1,\"c\":[\"x\"],\"n\":null}}"), "f", "");
        JsonFields inner = fields.object("a");
        assertThat(inner.integer("b")).isEqualTo(1);
        assertThat(inner.texts("c")).containsExactly("x");
        assertThat(inner.optionalText("n")).isEmpty();
        assertThat(inner.has("d")).isFalse();
        assertThatThrownBy(() -> inner.text("b"))
                .hasMessage("f: a.b: expected a text, got a number");
        assertThatThrownBy(() -> inner.text("d"))
                .hasMessage("f: a.d: is missing; there are [b, c, n]");
        assertThatThrownBy(() -> inner.integer("b", 2, 3)).hasMessage("f: a.b: 1 is outside 2 … 3");
        assertThatThrownBy(() -> fields.number("a"))
                .hasMessage("f: a: expected a number, got an object");
        assertThatThrownBy(() -> JsonFields.of(parse("[]"), "f", ""))
                .hasMessage("f: expected an object, got an array");
    }

    @Test
    void filesThatAreNotThereOrNotUtf8AreRefused(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("a.json");
        assertThatThrownBy(() -> JsonReader.parse(file))
                .isInstanceOf(FormatException.class)
                .hasMessage(file + ": there is no such file");
        Files.write(file, new byte[] {'"', (byte) 0xFF, '"'});
        assertThatThrownBy(() -> JsonReader.parse(file))
                .isInstanceOf(FormatException.class)
                .hasMessage(file + ": is not text in UTF-8");
        Files.writeString(file, "{\"a\":1}");
        assertThat(JsonReader.parse(file)).isEqualTo(JsonObject.EMPTY.with("a", 1));
    }
}
