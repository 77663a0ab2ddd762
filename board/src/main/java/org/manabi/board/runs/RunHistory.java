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

    /// The kind of event that is kept whole: the spread of weights and activations.
    static final String HISTOGRAMS = "histograms";

    private static final int MAX_KINDS = 40;

    private final Path file;
    private final MetricsLog log;
    private final Map<String, Columns> kinds = new LinkedHashMap<>();
    private final Map<String, JsonObject> last = new LinkedHashMap<>();
    private Frames histograms = new Frames();
    private Bookmark read;

    RunHistory(Path folder) {
        this.file = folder.resolve("metrics.jsonl");
        this.log = new MetricsLog(file);
        this.read = new Bookmark(file);
    }

    /// Reads what is new; everything, if a resumed training has cut off what was read.
    ///
    /// @throws org.manabi.formats.FormatException if a line is damaged
    synchronized void refresh() {
        if (!read.holds()) {
            kinds.clear();
            last.clear();
            histograms = new Frames();
            read = new Bookmark(file);
        }
        for (MetricsLog.Page page = log.readFrom(read.position());
                !page.events().isEmpty();
                page = log.readFrom(read.position())) {
            page.events().forEach(this::add);
            read.moveTo(page.next());
        }
    }

    private void add(JsonObject event) {
        String kind = event.get("event").flatMap(JsonValue::asText).orElse("other");
        if (kind.equals(HISTOGRAMS)) {
            histograms.add(event);
        } else if (kinds.containsKey(kind) || kinds.size() < MAX_KINDS) {
            kinds.computeIfAbsent(kind, _ -> new Columns()).add(event);
            last.put(kind, event);
        }
    }

    /// Columns by kind, the last event of each kind, the histograms, and where in the file the next
    /// event begins.
    synchronized JsonObject toJson() {
        JsonObject all = JsonObject.EMPTY;
        for (Map.Entry<String, Columns> kind : kinds.entrySet()) {
            all = all.with(kind.getKey(), kind.getValue().toJson());
        }
        JsonObject latest = JsonObject.EMPTY;
        for (Map.Entry<String, JsonObject> kind : last.entrySet()) {
            latest = latest.with(kind.getKey(), kind.getValue());
        }
        return JsonObject.EMPTY
                .with("next", read.position())
                .with("kinds", all)
                .with("last", latest)
                .with("histograms", histograms.toJson());
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
