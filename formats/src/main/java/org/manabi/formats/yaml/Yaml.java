package org.manabi.formats.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.FormatException;
import org.manabi.formats.OpenedFile;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonReader;
import org.manabi.formats.json.JsonValue;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.JsonSchema;
import org.snakeyaml.engine.v2.schema.Schema;

/// YAML 1.2 with the JSON schema, read as the JSON that it says: for files that people write by hand.
/// Keys are texts and come once; there are no aliases, no tags of one's own, and one document.
public final class Yaml {

    private static final int MAX_MEBIBYTES = 1;

    private Yaml() {}

    /// The value that a file holds.
    ///
    /// @throws FormatException if there is no such file, it is longer than 1 MiB, or it is no YAML
    public static JsonValue read(Path file) {
        return parse(OpenedFile.text(file, "YAML", MAX_MEBIBYTES), file.toString());
    }

    /// The value that a file holds, with numbers and truth values as the texts that stand there.
    ///
    /// @throws FormatException if there is no such file, it is longer than 1 MiB, or it is no YAML
    public static JsonValue readTexts(Path file) {
        String text = OpenedFile.text(file, "YAML", MAX_MEBIBYTES);
        return parse(text, file.toString(), new Texts());
    }

    /// The value that a text holds.
    ///
    /// @param file what the text is called in messages
    /// @throws FormatException saying where it is no YAML
    public static JsonValue parse(String text, String file) {
        return parse(text, file, new JsonSchema());
    }

    private static JsonValue parse(String text, String file, Schema schema) {
        LoadSettings settings =
                LoadSettings.builder()
                        .setSchema(schema)
                        .setAllowDuplicateKeys(false)
                        .setCodePointLimit(MAX_MEBIBYTES << 20)
                        .build();
        if (text.isBlank()) {
            throw new FormatException(file, "is empty");
        }
        try {
            checkForm(new Parse(settings).parseString(text), file);
            return value(new Load(settings).loadFromString(text), file);
        } catch (MarkedYamlEngineException e) {
            throw fault(file, e.getProblemMark(), e.getProblem());
        } catch (YamlEngineException e) {
            throw new FormatException(file, String.valueOf(e.getMessage()));
        }
    }

    /// What is deep would exhaust the stack, and aliases make much out of little.
    private static void checkForm(Iterable<Event> events, String file) {
        int depth = 0;
        for (Event event : events) {
            switch (event) {
                case AliasEvent _ ->
                        throw fault(
                                file,
                                event.getStartMark(),
                                "aliases (*name) are not read; write out what they stand for");
                case CollectionStartEvent _ -> {
                    if (++depth > JsonReader.MAX_DEPTH) {
                        throw fault(
                                file,
                                event.getStartMark(),
                                "nested deeper than " + JsonReader.MAX_DEPTH + " levels");
                    }
                }
                case CollectionEndEvent _ -> depth--;
                default -> {}
            }
        }
    }

    private static FormatException fault(String file, Optional<Mark> place, String fault) {
        return new FormatException(
                file,
                place.map(
                                        mark ->
                                                "line %d, column %d: "
                                                        .formatted(
                                                                mark.getLine() + 1,
                                                                mark.getColumn() + 1))
                                .orElse("")
                        + fault);
    }

    /// Takes each scalar for a text, and none for nothing.
    private static final class Texts extends JsonSchema {

        @Override
        public ScalarResolver getScalarResolver() {
            return (text, _) -> text.isEmpty() ? Tag.NULL : Tag.STR;
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
        Map<String, JsonValue> values = new LinkedHashMap<>();
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            if (!(field.getKey() instanceof String name)) {
                throw new FormatException(file, "the key " + field.getKey() + " is not a text");
            }
            values.put(name, value(field.getValue(), file));
        }
        return new JsonObject(values);
    }
}
