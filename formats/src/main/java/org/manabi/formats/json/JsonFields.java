package org.manabi.formats.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.manabi.formats.FormatException;

/// Takes known fields out of an object. A field that is absent or of another kind becomes a
/// [FormatException] with the file and the field's path:
///
///     runs/a/run.json: data.sha256: expected a text, got a number
///
/// @param object what is read
/// @param file the file's name, for messages
/// @param path where the object lies in the file, for messages; empty for the whole
public record JsonFields(JsonObject object, String file, String path) {

    /// The fields of a value that ought to be an object.
    public static JsonFields of(JsonValue value, String file, String path) {
        if (value instanceof JsonObject object) {
            return new JsonFields(object, file, path);
        }
        throw new FormatException(
                file,
                (path.isEmpty() ? "" : path + ": ") + "expected an object, got " + value.kind());
    }

    /// Whether the field is there and not null.
    public boolean has(String name) {
        return find(name).isPresent();
    }

    public String text(String name) {
        return require(name).asText().orElseThrow(() -> wrong(name, "a text"));
    }

    public Optional<String> optionalText(String name) {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    public long integer(String name) {
        OptionalLong value = require(name).asLong();
        return value.orElseThrow(() -> wrong(name, "an integer"));
    }

    /// An integer in `min … max`.
    public int integer(String name, int min, int max) {
        long value = integer(name);
        if (value < min || value > max) {
            throw fault(name, value + " is outside " + min + " … " + max);
        }
        return (int) value;
    }

    public double number(String name) {
        OptionalDouble value = require(name).asDouble();
        return value.orElseThrow(() -> wrong(name, "a number"));
    }

    public boolean truth(String name) {
        if (require(name) instanceof JsonValue.Bool value) {
            return value == JsonValue.Bool.TRUE;
        }
        throw wrong(name, "true or false");
    }

    public JsonFields object(String name) {
        return of(require(name), file, at(name));
    }

    /// The object of that name, or an empty one.
    public JsonObject optionalObject(String name) {
        return has(name) ? object(name).object() : JsonObject.EMPTY;
    }

    public List<JsonValue> array(String name) {
        if (require(name) instanceof JsonValue.Array(List<JsonValue> items)) {
            return items;
        }
        throw wrong(name, "an array");
    }

    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonValue item : array(name)) {
            texts.add(item.asText().orElseThrow(() -> wrong(name, "texts")));
        }
        return texts;
    }

    /// The value of a field, which may be null.
    public JsonValue require(String name) {
        return object.get(name)
                .orElseThrow(
                        () -> fault(name, "is missing; there are " + object.fields().keySet()));
    }

    /// The exception for a field that is not as it should be.
    public FormatException fault(String name, String fault) {
        return new FormatException(file, at(name) + ": " + fault);
    }

    /// The path of a field.
    public String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private Optional<JsonValue> find(String name) {
        return object.get(name).filter(value -> value != JsonValue.Null.NULL);
    }

    private FormatException wrong(String name, String wanted) {
        return fault(name, "expected " + wanted + ", got " + require(name).kind());
    }
}
