package org.manabi.formats.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An object of JSON: values by name, in an order that is kept. It never changes; [#with] gives
/// another one:
///
///     JsonObject.EMPTY.with("loss", 0.0975).with("classes", List.of("cat", "dog"))
public record JsonObject(Map<String, JsonValue> fields) implements JsonValue {

    /// `{}`
    public static final JsonObject EMPTY = new JsonObject(Map.of());

    public JsonObject {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /// The value of this name, if there is one.
    public Optional<JsonValue> get(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /// The same with one more field, or with another value for it.
    public JsonObject with(String name, JsonValue value) {
        Map<String, JsonValue> more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new JsonObject(more);
    }

    public JsonObject with(String name, String value) {
        return with(name, JsonValue.of(value));
    }

    public JsonObject with(String name, boolean value) {
        return with(name, JsonValue.of(value));
    }

    public JsonObject with(String name, long value) {
        return with(name, JsonValue.of(value));
    }

    /// See [JsonValue#of(double)] for numbers that are not finite.
    public JsonObject with(String name, double value) {
        return with(name, JsonValue.of(value));
    }

    public JsonObject with(String name, List<String> values) {
        return with(name, JsonValue.ofTexts(values));
    }

    public JsonObject with(String name, double[] values) {
        return with(name, JsonValue.of(values));
    }

    public JsonObject with(String name, int[] values) {
        return with(name, JsonValue.of(values));
    }

    public JsonObject with(String name, long[] values) {
        return with(name, JsonValue.of(values));
    }

    @Override
    public String toString() {
        return JsonWriter.compact(this);
    }
}
