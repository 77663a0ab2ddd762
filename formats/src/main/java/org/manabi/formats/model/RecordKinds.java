package org.manabi.formats.model;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.FormatException;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.layers.Initializer;
import org.manabi.layers.Layer;
import org.manabi.layers.Padding;
import org.manabi.layers.Size;
import org.manabi.tensor.Shape;

/// A closed set of record types that can be written as JSON and read back: the type's simple name
/// under a tag, and each component under its own name:
///
///     {"layer":"Dense","units":50,"weights":{…},"bias":null}
///
/// A file can name only what is in the set; it never names a class. Components are `int`, `double`,
/// constants of an enum by their names, shapes, sizes `[height, width]`, paddings `"same"` or
/// `[top, bottom, left, right]`, layers, initializers, and lists of layers or of `double`s.
final class RecordKinds {

    private static final String SAME = "same";

    /// The components that may be `null`.
    private static final Set<String> OPTIONAL = Set.of("bias", "shortcut");

    private final String tag;
    private final Map<String, Class<? extends Record>> kinds = new LinkedHashMap<>();

    /// @param tag the name of the field that tells which of the types it is
    RecordKinds(String tag, List<Class<? extends Record>> types) {
        this.tag = tag;
        types.forEach(type -> kinds.put(type.getSimpleName(), type));
    }

    boolean contains(Object value) {
        return kinds.containsValue(value.getClass());
    }

    /// The names that a file may use.
    Iterable<String> names() {
        return kinds.keySet();
    }

    /// The components of the type of this name; empty if there is none.
    List<RecordComponent> components(String name) {
        Class<? extends Record> type = kinds.get(name);
        return type == null ? List.of() : List.of(type.getRecordComponents());
    }

    JsonObject write(Record value) {
        JsonObject object = JsonObject.EMPTY.with(tag, value.getClass().getSimpleName());
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            object = object.with(component.getName(), writeComponent(get(value, component)));
        }
        return object;
    }

    private static JsonValue writeComponent(@Nullable Object value) {
        return switch (value) {
            case null -> JsonValue.Null.NULL;
            case Integer number -> JsonValue.of((long) number);
            case Double number -> JsonValue.of((double) number);
            case Shape shape -> numbers(shape.toArray());
            case Size size -> numbers(size.height(), size.width());
            case Padding.Same _ -> JsonValue.of(SAME);
            case Padding.Around(int top, int bottom, int left, int right) ->
                    numbers(top, bottom, left, right);
            case Layer layer -> Layers.write(layer);
            case Initializer initializer -> Initializers.write(initializer);
            case Enum<?> constant -> JsonValue.of(constant.name());
            case List<?> list ->
                    new JsonValue.Array(list.stream().map(RecordKinds::writeComponent).toList());
            default -> throw new IllegalStateException("no way to write a " + value.getClass());
        };
    }

    private static @Nullable Object get(Record value, RecordComponent component) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a public record has public accessors", e);
        }
    }

    /// The value that an object describes.
    Record read(JsonFields fields) {
        String name = fields.text(tag);
        Class<? extends Record> type = kinds.get(name);
        if (type == null) {
            throw fields.fault(
                    tag,
                    "there is no "
                            + tag
                            + " "
                            + name
                            + " in this version; known are "
                            + String.join(", ", kinds.keySet()));
        }
        List<Class<?>> types = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            types.add(component.getType());
            values.add(readComponent(fields, component));
        }
        return construct(type, types, values, fields);
    }

    private static @Nullable Object readComponent(JsonFields fields, RecordComponent component) {
        String name = component.getName();
        Class<?> type = component.getType();
        if (type == int.class) {
            return fields.integer(name, Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        if (type == double.class) {
            return fields.number(name);
        }
        if (type == Shape.class) {
            return Shape.of(numbers(fields, name, fields.array(name).size()));
        }
        if (type == Size.class) {
            int[] sides = numbers(fields, name, 2);
            return new Size(sides[0], sides[1]);
        }
        if (type == Padding.class) {
            return padding(fields, name);
        }
        if (type.isEnum()) {
            return constant(fields, name, type);
        }
        if (type == Layer.class) {
            return isLeftOut(fields, name) ? null : Layers.read(fields.object(name));
        }
        if (type == Initializer.class) {
            return isLeftOut(fields, name) ? null : Initializers.read(fields.object(name));
        }
        if (type == List.class) {
            return component.getGenericType().getTypeName().endsWith("<java.lang.Double>")
                    ? numbers(fields, name)
                    : layers(fields, name);
        }
        throw new IllegalStateException("no way to read " + component);
    }

    private static boolean isLeftOut(JsonFields fields, String name) {
        return OPTIONAL.contains(name) && fields.require(name) == JsonValue.Null.NULL;
    }

    private static JsonValue numbers(int... numbers) {
        return new JsonValue.Array(
                Arrays.stream(numbers).mapToObj(n -> JsonValue.of((long) n)).toList());
    }

    private static int[] numbers(JsonFields fields, String name, int count) {
        List<JsonValue> items = fields.array(name);
        if (items.size() != count) {
            throw fields.fault(name, "it holds " + items.size() + " numbers instead of " + count);
        }
        return items.stream()
                .mapToInt(
                        item -> {
                            long number = item.asLong().orElse(-1);
                            if (number < 0 || number > Integer.MAX_VALUE) {
                                throw fields.fault(name, item + " is not a length");
                            }
                            return (int) number;
                        })
                .toArray();
    }

    private static Padding padding(JsonFields fields, String name) {
        if (fields.require(name) instanceof JsonValue.Text) {
            if (fields.text(name).equals(SAME)) {
                return Padding.SAME;
            }
            throw fields.fault(name, fields.text(name) + " is neither same nor four lengths");
        }
        int[] sides = numbers(fields, name, 4);
        return new Padding.Around(sides[0], sides[1], sides[2], sides[3]);
    }

    private static Object constant(JsonFields fields, String name, Class<?> type) {
        String text = fields.text(name);
        List<String> known = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(text)) {
                return constant;
            }
            known.add(((Enum<?>) constant).name());
        }
        throw fields.fault(name, text + " is not one of " + String.join(", ", known));
    }

    private static List<Double> numbers(JsonFields fields, String name) {
        List<Double> numbers = new ArrayList<>();
        for (JsonValue item : fields.array(name)) {
            numbers.add(
                    item.asDouble()
                            .orElseThrow(() -> fields.fault(name, item + " is not a number")));
        }
        return numbers;
    }

    private static List<Layer> layers(JsonFields fields, String name) {
        List<Layer> layers = new ArrayList<>();
        for (JsonValue item : fields.array(name)) {
            String path = fields.at(name) + "." + layers.size();
            layers.add(Layers.read(JsonFields.of(item, fields.file(), path)));
        }
        return layers;
    }

    private static Record construct(
            Class<? extends Record> type,
            List<Class<?>> types,
            List<@Nullable Object> values,
            JsonFields fields) {
        try {
            return type.getConstructor(types.toArray(Class<?>[]::new))
                    .newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw new FormatException(
                        fields.file(), fields.path() + ": " + refused.getMessage());
            }
            throw new IllegalStateException("a record refused its values", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a public record has a public constructor", e);
        }
    }
}
