package org.manabi.formats.model;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.manabi.formats.FormatException;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.formats.yaml.Yaml;
import org.manabi.layers.AveragePool2d;
import org.manabi.layers.Conv1d;
import org.manabi.layers.Conv2d;
import org.manabi.layers.ConvTranspose2d;
import org.manabi.layers.Dense;
import org.manabi.layers.Dropout;
import org.manabi.layers.EachStep;
import org.manabi.layers.Embedding;
import org.manabi.layers.Flatten;
import org.manabi.layers.GroupNorm;
import org.manabi.layers.Gru;
import org.manabi.layers.He;
import org.manabi.layers.Initializer;
import org.manabi.layers.Layer;
import org.manabi.layers.Lstm;
import org.manabi.layers.MaxPool2d;
import org.manabi.layers.MultiHeadSelfAttention;
import org.manabi.layers.Padding;
import org.manabi.layers.Parallel;
import org.manabi.layers.Reshape;
import org.manabi.layers.Residual;
import org.manabi.layers.Sequential;
import org.manabi.layers.Size;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;

/// A model file that people write: YAML that lists layers from the input to the scores of the classes.
///
///     layers:
///       - Reshape: [1, 28, 28]
///       - Conv2d: {filters: 32, kernel: 3, padding: same}
///       - BatchNorm2d
///       - Relu
///       - MaxPool2d: 2
///       - Flatten
///       - Dropout: 0.5
///       - Dense: classes
///
/// A layer has its name in the library and its settings under their names there. Settings that are left
/// out are the usual ones; one value alone is the first that must be given. A size or a padding may be
/// one number, an initializer its name, a `bias` false; `classes` stands for the number of classes, and
/// a list in the place of a layer for those layers one after another.
///
/// @param items the layers as they stand in the file
/// @param file where they were read, for messages
public record LayerList(JsonValue items, String file) {

    private static final String CLASSES = "classes";
    private static final Initializer BEFORE_RELU = He.NORMAL;

    /// Layers with the settings that are usual, and which of them must be given.
    private static final Map<Layer, List<String>> USUAL = new LinkedHashMap<>();

    static {
        Layer any = new Flatten();
        USUAL.put(new AveragePool2d(1), List.of("kernel"));
        USUAL.put(new Conv1d(1, 1), List.of("filters", "kernel"));
        USUAL.put(new Conv2d(1, 1), List.of("filters", "kernel"));
        USUAL.put(new ConvTranspose2d(1, 1), List.of("channels", "kernel"));
        USUAL.put(new Dense(1, BEFORE_RELU), List.of("units"));
        USUAL.put(new Dropout(0), List.of("rate"));
        USUAL.put(new EachStep(any), List.of("body"));
        USUAL.put(new Embedding(1, 1), List.of("rows", "width"));
        USUAL.put(new GroupNorm(1), List.of("groups"));
        USUAL.put(new MultiHeadSelfAttention(1), List.of("heads"));
        USUAL.put(new MaxPool2d(1), List.of("kernel"));
        USUAL.put(Parallel.concatenated(any), List.of("branches"));
        USUAL.put(Reshape.to(1), List.of("to"));
        USUAL.put(new Residual(any), List.of("body"));
        USUAL.put(Sequential.of(any), List.of("layers"));
        for (String name : Layers.names()) {
            withoutSettings(name).ifPresent(layer -> USUAL.putIfAbsent(layer, List.of()));
        }
    }

    /// The layer of this name with all settings as usual, if it has a constructor for that.
    private static Optional<Layer> withoutSettings(String name) {
        try {
            Class<?> type = Class.forName(Layer.class.getPackageName() + "." + name);
            return Optional.of((Layer) type.getConstructor().newInstance());
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a layer of the library cannot be made", e);
        }
    }

    /// The list that a file holds.
    ///
    /// @throws FormatException if there is no such file, or it lists no layers
    public static LayerList read(Path file) {
        JsonFields fields = JsonFields.of(Yaml.read(file), file.toString(), "");
        for (String name : fields.object().fields().keySet()) {
            if (!name.equals("layers")) {
                throw fields.fault(name, "is unknown; a model file has the field layers alone");
            }
        }
        LayerList list =
                new LayerList(new JsonValue.Array(fields.array("layers")), file.toString());
        list.layers(2);
        return list;
    }

    /// The layers for so many classes.
    ///
    /// @throws FormatException naming the layer that is wrong and what is right
    public List<Layer> layers(int classes) {
        Sequential all = (Sequential) built(items, "", classes);
        return all.layers();
    }

    private Layer built(JsonValue item, String path, int classes) {
        try {
            JsonFields fields = JsonFields.of(written(item, path, classes), file, path);
            return Layers.read(fields);
        } catch (ShapeException e) {
            throw new FormatException(file, String.valueOf(e.getMessage()));
        }
    }

    /// The layer as a model card has it.
    private JsonObject written(JsonValue item, String path, int classes) {
        return switch (item) {
            case JsonValue.Text(String name) -> complete(name, JsonObject.EMPTY, path, classes);
            case JsonValue.Array list ->
                    complete("Sequential", JsonObject.EMPTY.with("layers", list), path, classes);
            case JsonObject one when one.fields().size() == 1 -> {
                var field = one.fields().entrySet().iterator().next();
                String name = field.getKey();
                JsonObject settings =
                        field.getValue() instanceof JsonObject object && !isLayer(name, object)
                                ? object
                                : JsonObject.EMPTY.with(first(name, path), field.getValue());
                yield complete(name, settings, path, classes);
            }
            default ->
                    throw new FormatException(
                            file,
                            path
                                    + ": expected a layer such as Relu or Dense: 10, got "
                                    + item.kind());
        };
    }

    /// Whether the only value of a layer that holds another one is that layer, not its settings.
    private static boolean isLayer(String name, JsonObject value) {
        boolean holdsLayers =
                Layers.settings(name).stream()
                        .anyMatch(setting -> setting.getType() == Layer.class);
        return holdsLayers
                && value.fields().size() == 1
                && Layers.settings(name).stream()
                        .noneMatch(setting -> value.fields().containsKey(setting.getName()));
    }

    private String first(String name, String path) {
        for (var usual : USUAL.entrySet()) {
            if (nameOf(usual.getKey()).equals(name) && !usual.getValue().isEmpty()) {
                return usual.getValue().getFirst();
            }
        }
        List<RecordComponent> settings = settings(name, path);
        if (settings.isEmpty()) {
            throw new FormatException(file, path + ": " + name + " has no settings");
        }
        return settings.getFirst().getName();
    }

    private List<RecordComponent> settings(String name, String path) {
        boolean known = false;
        for (String one : Layers.names()) {
            known |= one.equals(name);
        }
        if (!known) {
            throw new FormatException(
                    file,
                    path
                            + ": there is no layer "
                            + name
                            + "; there are "
                            + String.join(", ", Layers.names()));
        }
        return Layers.settings(name);
    }

    private static String nameOf(Layer layer) {
        return layer.getClass().getSimpleName();
    }

    private JsonObject complete(String name, JsonObject given, String path, int classes) {
        List<RecordComponent> settings = settings(name, path);
        for (String setting : given.fields().keySet()) {
            if (settings.stream().noneMatch(known -> known.getName().equals(setting))) {
                throw new FormatException(
                        file,
                        path
                                + ": "
                                + name
                                + " has no setting "
                                + setting
                                + (settings.isEmpty() ? "" : "; it has " + names(settings)));
            }
        }
        JsonObject whole = JsonObject.EMPTY.with("layer", name);
        boolean recurrent = name.equals("Lstm") || name.equals("Gru");
        if (recurrent && given.get("units").flatMap(value -> integer(value)).isPresent()) {
            int units = given.get("units").flatMap(value -> integer(value)).get();
            whole = Layers.write(name.equals("Lstm") ? new Lstm(units) : new Gru(units));
        }
        for (var usual : USUAL.entrySet()) {
            if (nameOf(usual.getKey()).equals(name)) {
                whole = Layers.write(usual.getKey());
                for (String needed : usual.getValue()) {
                    if (given.get(needed).isEmpty()) {
                        throw new FormatException(
                                file, path + ": " + name + " needs its setting " + needed);
                    }
                }
            }
        }
        for (RecordComponent setting : settings) {
            String key = setting.getName();
            if (given.get(key).isPresent()) {
                JsonValue value = given.get(key).get();
                JsonValue before = whole.get(key).orElse(JsonValue.Null.NULL);
                whole =
                        whole.with(
                                key,
                                translated(
                                        setting.getType(),
                                        value,
                                        before,
                                        path.isEmpty() ? key : path + "." + key,
                                        classes));
            }
        }
        boolean sideBySide = name.endsWith("Pool2d") && given.get("stride").isEmpty();
        return sideBySide
                ? whole.with("stride", whole.get("kernel").orElse(JsonValue.Null.NULL))
                : whole;
    }

    private static Optional<Integer> integer(JsonValue value) {
        long number = value.asLong().orElse(0);
        return number >= 1 && number <= Integer.MAX_VALUE
                ? Optional.of((int) number)
                : Optional.empty();
    }

    private static String names(List<RecordComponent> settings) {
        return settings.stream().map(RecordComponent::getName).collect(Collectors.joining(", "));
    }

    /// What people write, brought to the one form that a model card has.
    private JsonValue translated(
            Class<?> type, JsonValue value, JsonValue usual, String path, int classes) {
        if (type == int.class && value instanceof JsonValue.Text(String text)) {
            return text.equals(CLASSES) ? JsonValue.of((long) classes) : value;
        }
        if (value instanceof JsonValue.Num) {
            if (type == Size.class) {
                return repeated(value, 2);
            }
            if (type == Padding.class) {
                return repeated(value, 4);
            }
            if (type == Shape.class) {
                return repeated(value, 1);
            }
        }
        if (type.isEnum() && value instanceof JsonValue.Text(String text)) {
            return JsonValue.of(text.toUpperCase(Locale.ROOT));
        }
        if (type == Initializer.class) {
            return switch (value) {
                case JsonValue.Text _ -> new JsonObject(Map.of("initializer", value));
                case JsonValue.Bool truth ->
                        truth == JsonValue.Bool.TRUE ? usual : JsonValue.Null.NULL;
                default -> value;
            };
        }
        if (type == Layer.class && value != JsonValue.Null.NULL) {
            return written(value, path, classes);
        }
        if (type == List.class && value instanceof JsonValue.Array(List<JsonValue> list)) {
            List<JsonValue> layers = new ArrayList<>();
            for (JsonValue item : list) {
                layers.add(written(item, path + "." + layers.size(), classes));
            }
            return new JsonValue.Array(layers);
        }
        return value;
    }

    private static JsonValue repeated(JsonValue value, int times) {
        return new JsonValue.Array(Collections.nCopies(times, value));
    }
}
