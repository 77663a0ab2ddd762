package org.manabi.cli.console;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.StringWriter;
import java.util.Map;
import java.util.stream.IntStream;

/// Writes values as JSON: maps in their order, lists, arrays, strings, numbers (the shortest that
/// round-trip; `null` for those that JSON does not know), booleans and `null`.
public final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /// The value in one line.
    public static String of(@Nullable Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            write(generator, value);
        }
        return text.toString();
    }

    private static void write(JsonGenerator generator, @Nullable Object value) {
        switch (value) {
            case null -> generator.writeNull();
            case Map<?, ?> map -> {
                generator.writeStartObject();
                map.forEach(
                        (key, element) -> {
                            generator.writeName(String.valueOf(key));
                            write(generator, element);
                        });
                generator.writeEndObject();
            }
            case Iterable<?> list -> writeArray(generator, list);
            case double[] numbers -> writeArray(generator, boxed(numbers));
            case int[] numbers -> writeArray(generator, IntStream.of(numbers).boxed().toList());
            case Boolean truth -> generator.writeBoolean(truth);
            case Integer number -> generator.writeNumber(number);
            case Long number -> generator.writeNumber(number);
            case Double number when Double.isFinite(number) -> generator.writeNumber(number);
            case Double _ -> generator.writeNull();
            default -> generator.writeString(value.toString());
        }
    }

    private static void writeArray(JsonGenerator generator, Iterable<?> elements) {
        generator.writeStartArray();
        elements.forEach(element -> write(generator, element));
        generator.writeEndArray();
    }

    private static Iterable<Double> boxed(double[] numbers) {
        return java.util.Arrays.stream(numbers).boxed().toList();
    }
}
