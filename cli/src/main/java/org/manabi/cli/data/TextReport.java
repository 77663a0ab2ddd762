package org.manabi.cli.data;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.Numbers;
import org.manabi.formats.Printable;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonReader;
import org.manabi.formats.json.JsonValue;
import org.manabi.formats.model.LayerList;
import org.manabi.formats.run.MetricsLog;
import org.manabi.formats.yaml.Yaml;

/// What there is to say of JSON, of JSON in lines, and of YAML.
final class TextReport {

    private static final int NAMES = 12;

    private TextReport() {}

    static Inspected ofJson(Path path, Console console) {
        return of(path, "JSON", JsonReader.parse(path), console);
    }

    /// YAML that has `layers` is a network, all of whose layers must be right.
    static Inspected ofYaml(Path path, Console console) {
        JsonValue value = Yaml.read(path);
        if (value instanceof JsonObject object && object.get("layers").isPresent()) {
            int layers = LayerList.read(path).layers(2).size();
            JsonObject report =
                    JsonObject.EMPTY.with("format", "layers").with("layers", (long) layers);
            return new Inspected(
                    path, List.of(console.text("inspect.layers", layers)), report, null);
        }
        return of(path, "YAML", value, console);
    }

    private static Inspected of(Path path, String format, JsonValue value, Console console) {
        String line =
                switch (value) {
                    case JsonObject object ->
                            console.text(
                                    "inspect.text.object",
                                    format,
                                    object.fields().size(),
                                    names(object));
                    case JsonValue.Array list ->
                            console.text("inspect.text.list", format, list.items().size());
                    default -> console.text("inspect.text.value", format, value.kind());
                };
        JsonObject report =
                JsonObject.EMPTY.with("format", format.toLowerCase(java.util.Locale.ROOT));
        if (value instanceof JsonObject object) {
            report = report.with("names", List.copyOf(object.fields().keySet()));
        }
        return new Inspected(path, List.of(line), report, null);
    }

    private static String names(JsonObject object) {
        String some =
                object.fields().keySet().stream()
                        .limit(NAMES)
                        .map(Printable::line)
                        .collect(Collectors.joining(", "));
        return some + (object.fields().size() > NAMES ? ", …" : "");
    }

    /// Events, a JSON object in each line.
    static Inspected ofLog(Path path, Console console) {
        long events = count(path);
        JsonObject report = JsonObject.EMPTY.with("format", "jsonl").with("events", events);
        return new Inspected(
                path, List.of(console.text("inspect.log", Numbers.count(events))), report, null);
    }

    /// Reads all events of a log, of which it keeps none.
    static long count(Path path) {
        MetricsLog log = new MetricsLog(path);
        long events = 0;
        MetricsLog.Page page = log.readFrom(0);
        while (!page.events().isEmpty()) {
            events += page.events().size();
            page = log.readFrom(page.next());
        }
        return events;
    }
}
