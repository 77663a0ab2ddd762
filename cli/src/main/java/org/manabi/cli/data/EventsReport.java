package org.manabi.cli.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.Numbers;
import org.manabi.formats.Printable;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.tensorboard.Event;
import org.manabi.formats.tensorboard.EventFile;

/// What there is to say of a file of TensorBoard events: how often each tag comes.
final class EventsReport {

    private static final int TAGS = 100;

    private EventsReport() {}

    static Inspected of(Path path, Console console) {
        Map<String, Long> tags = new TreeMap<>();
        long[] counts = new long[2];
        EventFile.read(
                path,
                event -> {
                    counts[0]++;
                    counts[1] = Math.max(counts[1], event.step());
                    for (Event.Value value : event.values()) {
                        if (tags.size() < TAGS || tags.containsKey(value.tag())) {
                            tags.merge(Printable.line(value.tag()), 1L, Long::sum);
                        }
                    }
                });
        List<String> lines = new ArrayList<>();
        lines.add(
                console.text("inspect.events", Numbers.count(counts[0]), Numbers.count(counts[1])));
        tags.forEach((tag, times) -> lines.add("  " + tag + "  " + Numbers.count(times)));
        JsonObject report =
                JsonObject.EMPTY
                        .with("format", "events")
                        .with("events", counts[0])
                        .with("lastStep", counts[1])
                        .with("tags", List.copyOf(tags.keySet()));
        return new Inspected(path, lines, report, null);
    }
}
