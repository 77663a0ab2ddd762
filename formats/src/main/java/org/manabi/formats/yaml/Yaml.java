package org.manabi.formats.yaml;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.FormatException;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// YAML 1.2 with the JSON schema, read as the JSON that it says: for files that people write by hand.
/// Keys are texts and come once; there are no aliases, no tags of one's own, and one document.
public final class Yaml {

    private static final int MAX_BYTES = 1 << 20;

    private Yaml() {}

    /// The value that a file holds.
    ///
    /// @throws FormatException if there is no such file, it is longer than 1 MiB, or it is no YAML
    public static JsonValue read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new FormatException(file.toString(), "is longer than 1 MiB");
            }
            return parse(Files.readString(file, StandardCharsets.UTF_8), file.toString());
        } catch (NoSuchFileException e) {
            throw new FormatException(file.toString(), "there is no such file");
        } catch (IOException e) {
            throw new FormatException(file.toString(), "cannot be read: " + e.getMessage());
        }
    }

    /// The value that a text holds.
    ///
    /// @param file what the text is called in messages
    /// @throws FormatException saying where it is no YAML
    public static JsonValue parse(String text, String file) {
        LoadSettings settings =
                LoadSettings.builder()
                        .setAllowDuplicateKeys(false)
                        .setMaxAliasesForCollections(0)
                        .setCodePointLimit(MAX_BYTES)
                        .build();
        try {
            return value(new Load(settings).loadFromString(text), file);
        } catch (MarkedYamlEngineException e) {
            String place =
                    e.getProblemMark()
                            .map(
                                    mark ->
                                            "line %d, column %d: "
                                                    .formatted(
                                                            mark.getLine() + 1,
                                                            mark.getColumn() + 1))
                            .orElse("");
            throw new FormatException(file, place + e.getProblem());
        } catch (YamlEngineException e) {
            throw new FormatException(file, String.valueOf(e.getMessage()));
        }
    }

    private static JsonValue value(@Nullable Object value, String file) {
        return switch (value) {
            case null -> JsonValue.Null.NULL;
            case String text -> JsonValue.of(text);
            case Boolean truth -> JsonValue.of((boolean) truth);
            case Integer number -> JsonValue.of((long) number);
            case Long number -> JsonValue.of((long) number);
            case Double number -> JsonValue.of((double) number);
            case List<?> items -> {
                List<JsonValue> values = new ArrayList<>();
                items.forEach(item -> values.add(value(item, file)));
                yield new JsonValue.Array(values);
            }
            case Map<?, ?> fields -> object(fields, file);
            default ->
                    throw new FormatException(
                            file, value + " is neither a text, a number, a list nor a mapping");
        };
    }

    private static JsonObject object(Map<?, ?> fields, String file) {
        JsonObject object = JsonObject.EMPTY;
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            if (!(field.getKey() instanceof String name)) {
                throw new FormatException(file, "the key " + field.getKey() + " is not a text");
            }
            object = object.with(name, value(field.getValue(), file));
        }
        return object;
    }
}
