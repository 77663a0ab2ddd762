package org.manabi.board.runs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.formats.run.MetricsLog;

/// All events of a run so far, in bounded memory: numbers as columns for each kind of event. Reads on
/// from where it stopped when it is asked again.
final class RunHistory {

    private static final int MAX_KINDS = 40;

    private final MetricsLog log;
    private final Map<String, Columns> kinds = new LinkedHashMap<>();
    private final Map<String, JsonObject> last = new LinkedHashMap<>();
    private long next;

    RunHistory(Path folder) {
        this.log = new MetricsLog(folder.resolve("metrics.jsonl"));
    }

    /// Reads what is new.
    synchronized void refresh() {
        for (MetricsLog.Page page = log.readFrom(next);
                !page.events().isEmpty();
                page = log.readFrom(next)) {
            page.events().forEach(this::add);
            next = page.next();
        }
    }

    private void add(JsonObject event) {
        String kind = event.get("event").flatMap(JsonValue::asText).orElse("other");
        if (kinds.containsKey(kind) || kinds.size() < MAX_KINDS) {
            kinds.computeIfAbsent(kind, _ -> new Columns()).add(event);
            last.put(kind, event);
        }
    }

    /// Columns by kind, the last event of each kind, and where in the file the next event begins.
    synchronized JsonObject toJson() {
        JsonObject all = JsonObject.EMPTY;
        for (Map.Entry<String, Columns> kind : kinds.entrySet()) {
            all = all.with(kind.getKey(), kind.getValue().toJson());
        }
        JsonObject latest = JsonObject.EMPTY;
        for (Map.Entry<String, JsonObject> kind : last.entrySet()) {
            latest = latest.with(kind.getKey(), kind.getValue());
        }
        return JsonObject.EMPTY.with("next", next).with("kinds", all).with("last", latest);
    }

    /// The last event of a kind, or an empty object.
    synchronized JsonObject last(String kind) {
        return last.getOrDefault(kind, JsonObject.EMPTY);
    }

    /// One column of a kind without the rows that lack it.
    synchronized List<Double> finite(String kind, String column) {
        Columns columns = kinds.get(kind);
        List<Double> values = new ArrayList<>();
        if (columns != null) {
            for (double value : columns.column(column)) {
                if (Double.isFinite(value)) {
                    values.add(value);
                }
            }
        }
        return values;
    }
}
