package org.manabi.formats.json;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.FormatException;
import org.manabi.formats.OpenedFile;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/// The one way in which JSON is read: strictly RFC 8259, a name only once in an object, nested at
/// most [#MAX_DEPTH] deep, names and numbers no longer than sense asks for. It goes forward through the text, so that a long one needs no tree:
///
///     reader.object(name -> switch (name) {
///         case "shape" -> reader.array(() -> shape.add(reader.unsigned()));
///         default -> reader.skip();
///     });
///
/// Whatever is wrong becomes a [FormatException] that names the file and the place.
public final class JsonReader {

    /// How deep objects and arrays may lie in one another.
    public static final int MAX_DEPTH = 100;

    /// The largest file that [#parse(Path)] takes.
    private static final int MAX_MEBIBYTES = 8;

    private static final int MAX_NAMES = 65_536;

    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonParser parser;
    private final String file;
    private final String part;
    private @Nullable JsonToken token;
    private int depth;

    /// A reader that stands before the only value of a text.
    ///
    /// @param file the name of the file, for messages
    /// @param part which part of the file the text is, such as `header`; empty for the whole
    public JsonReader(Reader text, String file, String part) {
        this.file = file;
        this.part = part;
        this.parser = FACTORY.createParser(ObjectReadContext.empty(), text);
        advance();
    }

    /// The value that a text is.
    ///
    /// @param file the name of the file, for messages
    /// @throws FormatException if it is not JSON
    public static JsonValue parse(String text, String file) {
        return parse(text, file, "");
    }

    /// The value that a text within a file is.
    ///
    /// @param part which part of the file the text is, for messages
    /// @throws FormatException if it is not JSON
    public static JsonValue parse(String text, String file, String part) {
        JsonReader reader = new JsonReader(new StringReader(text), file, part);
        JsonValue value = reader.value();
        reader.end();
        return value;
    }

    /// The value in a file.
    ///
    /// @throws FormatException if there is no such file, or it is not JSON in UTF-8
    /// @throws UncheckedIOException if the disk fails
    public static JsonValue parse(Path path) {
        return parse(OpenedFile.text(path, "JSON", MAX_MEBIBYTES), path.toString());
    }

    /// Reads an object: `field` is called for each name and reads the value that follows.
    public void object(Consumer<String> field) {
        Set<String> names = new HashSet<>();
        distinctObject(
                name -> {
                    if (!names.add(name)) {
                        throw duplicate(name);
                    }
                    if (names.size() > MAX_NAMES) {
                        throw fault("more than " + MAX_NAMES + " names in one object");
                    }
                    field.accept(name);
                });
    }

    /// Reads an object as [#object] does, but leaves it to `field` to refuse a [#duplicate] name:
    /// for objects of a million names, which the caller keeps anyway.
    public void distinctObject(Consumer<String> field) {
        enter(JsonToken.START_OBJECT, "an object {…}");
        while (token != JsonToken.END_OBJECT) {
            String name = wellFormed(parser.currentName());
            advance();
            field.accept(name);
        }
        leave();
    }

    /// The exception for a name that comes twice.
    public FormatException duplicate(String name) {
        return fault("the name " + JsonValue.of(name) + " comes twice in one object; keep one");
    }

    /// Reads an array: `item` is called for each value and reads it.
    public void array(Runnable item) {
        enter(JsonToken.START_ARRAY, "an array […]");
        while (token != JsonToken.END_ARRAY) {
            item.run();
        }
        leave();
    }

    /// Reads a text.
    public String text() {
        expect(JsonToken.VALUE_STRING, "a text");
        String text = wellFormed(string());
        advance();
        return text;
    }

    /// Reads an integer of unsigned 64 bits, whose bits are those of the result.
    public long unsigned() {
        expect(JsonToken.VALUE_NUMBER_INT, "an integer 0 … 2⁶⁴−1");
        try {
            long value = Long.parseUnsignedLong(string());
            advance();
            return value;
        } catch (NumberFormatException e) {
            throw fault("expected an integer 0 … 2⁶⁴−1, got " + string());
        }
    }

    /// Whether an array follows.
    public boolean isArray() {
        return token == JsonToken.START_ARRAY;
    }

    /// Reads a number as the nearest double, which is infinite if it is too large for one.
    public double number() {
        if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
            throw fault("expected a number, got " + got());
        }
        try {
            double value = parser.getDoubleValue();
            advance();
            return value;
        } catch (JacksonException e) {
            throw translated(e);
        }
    }

    /// Reads a value of any kind.
    public JsonValue value() {
        return switch (token) {
            case START_OBJECT -> objectValue();
            case START_ARRAY -> arrayValue();
            case VALUE_STRING -> JsonValue.of(text());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> then(new JsonValue.Num(string()));
            case VALUE_TRUE -> then(JsonValue.Bool.TRUE);
            case VALUE_FALSE -> then(JsonValue.Bool.FALSE);
            case VALUE_NULL -> then(JsonValue.Null.NULL);
            case null, default -> throw fault("expected a value, got " + got());
        };
    }

    /// Reads a value of any kind and forgets it.
    public void skip() {
        switch (token) {
            case START_OBJECT -> object(_ -> skip());
            case START_ARRAY -> array(this::skip);
            case null, default -> {
                var _ = value();
            }
        }
    }

    /// Checks that nothing but blanks follows.
    public void end() {
        if (token != null) {
            throw fault("expected nothing more, got " + got());
        }
    }

    /// The exception for a fault at the present place.
    public FormatException fault(String fault) {
        return faultAt(parser.currentTokenLocation(), fault);
    }

    private JsonObject objectValue() {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        distinctObject(
                name -> {
                    if (fields.containsKey(name)) {
                        throw duplicate(name);
                    }
                    fields.put(name, value());
                });
        return new JsonObject(fields);
    }

    private JsonValue arrayValue() {
        List<JsonValue> items = new ArrayList<>();
        array(() -> items.add(value()));
        return new JsonValue.Array(items);
    }

    private JsonValue then(JsonValue value) {
        advance();
        return value;
    }

    private void enter(JsonToken start, String what) {
        expect(start, what);
        if (++depth > MAX_DEPTH) {
            throw fault("nested deeper than " + MAX_DEPTH + " levels");
        }
        advance();
    }

    private void leave() {
        depth--;
        advance();
    }

    private void expect(JsonToken wanted, String what) {
        if (token != wanted) {
            throw fault("expected " + what + ", got " + got());
        }
    }

    private String got() {
        return switch (token) {
            case null -> "the end";
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "the number " + string();
            default -> string();
        };
    }

    /// Unicode has no halves of characters, so two names that differ in one would be written alike.
    private String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw fault("a text holds half of a character, \\u" + Integer.toHexString(c));
            }
        }
        return text;
    }

    private String string() {
        try {
            return parser.getString();
        } catch (JacksonException e) {
            throw translated(e);
        }
    }

    private void advance() {
        try {
            token = parser.nextToken();
        } catch (JacksonException e) {
            throw translated(e);
        }
    }

    private RuntimeException translated(JacksonException e) {
        if (e instanceof JacksonIOException && e.getCause() instanceof IOException cause) {
            return new UncheckedIOException(file + ": " + cause.getMessage(), cause);
        }
        return faultAt(e.getLocation(), "is not JSON: " + e.getOriginalMessage());
    }

    private FormatException faultAt(@Nullable TokenStreamLocation place, String fault) {
        String where =
                place == null
                        ? ""
                        : "line " + place.getLineNr() + ", column " + place.getColumnNr() + ": ";
        return new FormatException(file, (part.isEmpty() ? "" : part + ", ") + where + fault);
    }
}
