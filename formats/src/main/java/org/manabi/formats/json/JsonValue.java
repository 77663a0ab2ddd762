package org.manabi.formats.json;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// A value of JSON (RFC 8259). It prints as JSON in one line; [#toPrettyString] takes several.
public sealed interface JsonValue
        permits JsonObject,
                JsonValue.Array,
                JsonValue.Text,
                JsonValue.Num,
                JsonValue.Bool,
                JsonValue.Null {

    /// Values in their order.
    record Array(List<JsonValue> items) implements JsonValue {
        public Array {
            items = List.copyOf(items);
        }

        @Override
        public String toString() {
            return JsonWriter.compact(this);
        }
    }

    /// A text.
    record Text(String value) implements JsonValue {
        @Override
        public String toString() {
            return JsonWriter.compact(this);
        }
    }

    /// A number as it is written, so that none of its digits is lost.
    ///
    /// @param literal in the form that JSON prescribes, such as `-1.5e3`
    record Num(String literal) implements JsonValue {

        /// Whether it is written without fraction and exponent.
        public boolean isInteger() {
            return literal.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
        }

        @Override
        public String toString() {
            return literal;
        }
    }

    /// `true` or `false`.
    enum Bool implements JsonValue {
        TRUE,
        FALSE;

        @Override
        public String toString() {
            return this == TRUE ? "true" : "false";
        }
    }

    /// `null`.
    enum Null implements JsonValue {
        NULL;

        @Override
        public String toString() {
            return "null";
        }
    }

    static JsonValue of(String text) {
        return new Text(text);
    }

    static JsonValue of(boolean value) {
        return value ? Bool.TRUE : Bool.FALSE;
    }

    static JsonValue of(long number) {
        return new Num(Long.toString(number));
    }

    /// The shortest decimal that reads back as the same double. JSON has no numbers that are not
    /// finite; they become the texts `NaN`, `Infinity` and `-Infinity`, which [#asDouble] knows.
    static JsonValue of(double number) {
        String literal = Double.toString(number);
        return Double.isFinite(number) ? new Num(literal) : new Text(literal);
    }

    /// An array of texts.
    static JsonValue ofTexts(List<String> texts) {
        return new Array(texts.stream().map(JsonValue::of).toList());
    }

    /// An array of numbers.
    static JsonValue of(double[] numbers) {
        return new Array(Arrays.stream(numbers).mapToObj(JsonValue::of).toList());
    }

    /// An array of numbers.
    static JsonValue of(int[] numbers) {
        return new Array(Arrays.stream(numbers).mapToObj(n -> of((long) n)).toList());
    }

    /// Whole numbers, such as a shape.
    static JsonValue of(long[] numbers) {
        return new Array(Arrays.stream(numbers).mapToObj(JsonValue::of).toList());
    }

    /// The text, if it is one.
    default Optional<String> asText() {
        return this instanceof Text(String value) ? Optional.of(value) : Optional.empty();
    }

    /// The integer, if it is one that fits 64 bits with its sign.
    default OptionalLong asLong() {
        if (this instanceof Num number && number.isInteger()) {
            try {
                return OptionalLong.of(Long.parseLong(number.literal()));
            } catch (NumberFormatException e) {
                return OptionalLong.empty();
            }
        }
        return OptionalLong.empty();
    }

    /// The number nearest to it, also for the texts `NaN`, `Infinity` and `-Infinity`.
    default OptionalDouble asDouble() {
        return switch (this) {
            case Num(String literal) -> OptionalDouble.of(Double.parseDouble(literal));
            case Text(String name) ->
                    switch (name) {
                        case "NaN", "Infinity", "-Infinity" ->
                                OptionalDouble.of(Double.parseDouble(name));
                        default -> OptionalDouble.empty();
                    };
            default -> OptionalDouble.empty();
        };
    }

    /// What kind of value it is, for messages.
    default String kind() {
        return switch (this) {
            case JsonObject _ -> "an object";
            case Array _ -> "an array";
            case Text _ -> "a text";
            case Num _ -> "a number";
            case Bool _ -> "true or false";
            case Null _ -> "null";
        };
    }

    /// The value over several indented lines, without a newline at its end.
    default String toPrettyString() {
        return JsonWriter.pretty(this);
    }
}
