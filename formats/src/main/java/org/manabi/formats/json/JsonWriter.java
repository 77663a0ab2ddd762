package org.manabi.formats.json;

import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Writes JSON that every reader takes: no bare NaN, and no half of a character.
final class JsonWriter {

    private static final String INDENT = "  ";

    private final StringBuilder out = new StringBuilder();
    private final boolean pretty;
    private int depth;

    private JsonWriter(boolean pretty) {
        this.pretty = pretty;
    }

    static String compact(JsonValue value) {
        return new JsonWriter(false).write(value);
    }

    static String pretty(JsonValue value) {
        return new JsonWriter(true).write(value);
    }

    private String write(JsonValue value) {
        append(value);
        return out.toString();
    }

    private void append(JsonValue value) {
        switch (value) {
            case JsonObject object ->
                    group('{', '}', List.copyOf(object.fields().entrySet()), this::field, pretty);
            case JsonValue.Array array ->
                    group('[', ']', array.items(), this::append, pretty && hasGroups(array));
            case JsonValue.Text(String text) -> quote(text);
            case JsonValue.Num number -> out.append(number.literal());
            case JsonValue.Bool truth -> out.append(truth);
            case JsonValue.Null nothing -> out.append(nothing);
        }
    }

    /// Arrays of numbers and texts stay on one line.
    private static boolean hasGroups(JsonValue.Array array) {
        return array.items().stream()
                .anyMatch(item -> item instanceof JsonObject || item instanceof JsonValue.Array);
    }

    private void field(Map.Entry<String, JsonValue> field) {
        quote(field.getKey());
        out.append(pretty ? ": " : ":");
        append(field.getValue());
    }

    private <T> void group(
            char open, char close, List<T> items, Consumer<T> item, boolean overLines) {
        out.append(open);
        depth++;
        for (Iterator<T> all = items.iterator(); all.hasNext(); ) {
            line(overLines);
            item.accept(all.next());
            if (all.hasNext()) {
                out.append(pretty && !overLines ? ", " : ",");
            }
        }
        depth--;
        line(overLines && !items.isEmpty());
        out.append(close);
    }

    private void line(boolean wanted) {
        if (wanted) {
            out.append('\n').repeat(INDENT, depth);
        }
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> i = plainOrEscaped(text, i);
            }
        }
        out.append('"');
    }

    /// Appends the character at `i`, both halves of it if it has two, and returns its last place.
    private int plainOrEscaped(String text, int i) {
        char c = text.charAt(i);
        boolean pair =
                Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
        if (pair) {
            out.append(c).append(text.charAt(i + 1));
            return i + 1;
        }
        if (Character.isISOControl(c) || Character.isSurrogate(c)) {
            out.append("\\u").append(HexFormat.of().toHexDigits(c));
        } else {
            out.append(c);
        }
        return i;
    }
}
