package org.manabi.board.lesson;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;

/// The numbers of a lesson as JSON: each record becomes an object with its components by name, in
/// their order; constants become words such as `neural-network`; what is empty becomes `null`.
public final class LessonJson {

    private LessonJson() {}

    /// The object of a lesson's result.
    public static JsonObject of(Record result) {
        JsonObject object = JsonObject.EMPTY;
        for (RecordComponent component : result.getClass().getRecordComponents()) {
            object = object.with(component.getName(), value(read(component, result)));
        }
        return object;
    }

    private static JsonValue value(Object value) {
        return switch (value) {
            case Record record -> of(record);
            case List<?> list -> new JsonValue.Array(list.stream().map(LessonJson::value).toList());
            case Optional<?> optional ->
                    optional.isPresent() ? value(optional.get()) : JsonValue.Null.NULL;
            case OptionalLong optional ->
                    optional.isPresent() ? JsonValue.of(optional.getAsLong()) : JsonValue.Null.NULL;
            case Integer number -> JsonValue.of(number.longValue());
            case Long number -> JsonValue.of(number.longValue());
            case Double number -> JsonValue.of(number.doubleValue());
            case Enum<?> constant -> JsonValue.of(word(constant));
            default ->
                    throw new IllegalArgumentException(
                            "a lesson has no numbers of type " + value.getClass());
        };
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Object read(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(component + " of a lesson cannot be read", e);
        }
    }
}
