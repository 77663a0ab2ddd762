package org.manabi.formats.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;

/// What the cells of one column are, found out row by row.
public final class ColumnSurvey {

    /// Words beyond so many are not counted one by one; such a column names its rows.
    static final int MAX_LEVELS = 1_000;

    /// A longer text is no word that could come twice.
    private static final int MAX_TEXT = 1_000;

    private final String name;

    /// The different texts in the order in which they came, and how often they did.
    private final List<String> texts = new ArrayList<>();

    private final Map<String, Level> levels = new HashMap<>();
    private long rows;
    private long missing;
    private long numbers;
    private long dates;
    private boolean whole = true;
    private boolean overflow;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    ColumnSurvey(String name) {
        this.name = name;
    }

    private static final class Level {

        private final int code;
        private int count;

        Level(int code) {
            this.code = code;
        }
    }

    /// Takes a field of a record, and returns the [Cell] to keep of it.
    long add(TableRecords record, int field) {
        rows++;
        if (record.isMissing(field)) {
            missing++;
            return Cell.MISSING;
        }
        double value = record.number(field);
        boolean number = !Double.isNaN(value);
        if (number) {
            numbers++;
            whole &= value == Math.rint(value);
            min = Math.min(min, value);
            max = Math.max(max, value);
            if (overflow) {
                return Cell.number(value);
            }
        }
        String text = record.text(field);
        double moment = number ? Double.NaN : Moments.seconds(text);
        dates += Double.isNaN(moment) ? 0 : 1;
        if (!overflow) {
            Level level = levels.get(text);
            if (level == null && texts.size() < MAX_LEVELS && text.length() <= MAX_TEXT) {
                level = new Level(texts.size());
                levels.put(text, level);
                texts.add(text);
            }
            if (level != null) {
                level.count++;
                return Cell.coded(level.code);
            }
            overflow = true; // What was coded up to here stays so.
        }
        return plain(text, value, moment);
    }

    /// The cell of a text that has no code.
    static long plain(String text) {
        return plain(text, Cells.number(text), Moments.seconds(text));
    }

    private static long plain(String text, double number, double moment) {
        if (!Double.isNaN(number)) {
            return Cell.number(number);
        }
        return Double.isNaN(moment) ? Cell.hashed(text) : Cell.number(moment);
    }

    public String name() {
        return name;
    }

    /// How many cells there are.
    long rows() {
        return rows;
    }

    public long missing() {
        return missing;
    }

    /// Whether all cells that are not missing are numbers.
    public boolean isNumeric() {
        return numbers > 0 && numbers == rows - missing;
    }

    /// Whether all cells that are not missing are dates or times as ISO 8601 writes them.
    public boolean isTime() {
        return dates > 0 && dates == rows - missing;
    }

    /// Whether it holds whole numbers only.
    public boolean isWhole() {
        return isNumeric() && whole;
    }

    /// Whether nothing is known of any row.
    public boolean isEmpty() {
        return missing == rows;
    }

    public double min() {
        return min;
    }

    public double max() {
        return max;
    }

    /// The different words and how often they come, in the order of the alphabet; empty if they are
    /// too many.
    public SortedMap<String, Integer> levels() {
        TreeMap<String, Integer> sorted = new TreeMap<>();
        if (!overflow) {
            levels.forEach((text, level) -> sorted.put(text, level.count));
        }
        return sorted;
    }

    /// Whether it has more words than are counted.
    public boolean hasTooManyLevels() {
        return overflow;
    }

    /// The text of each code.
    List<String> texts() {
        return Collections.unmodifiableList(texts);
    }

    /// The survey as it stands at the end of a file of cells.
    JsonObject toJson() {
        List<JsonValue> counts = new ArrayList<>();
        for (String text : texts) {
            Level level = levels.get(text);
            counts.add(JsonValue.of(level == null ? 0 : level.count));
        }
        JsonObject json =
                JsonObject.EMPTY
                        .with("name", name)
                        .with("texts", texts)
                        .with("counts", new JsonValue.Array(counts))
                        .with("rows", rows)
                        .with("missing", missing)
                        .with("numbers", numbers)
                        .with("dates", dates)
                        .with("whole", whole)
                        .with("overflow", overflow);
        return numbers > 0 ? json.with("min", min).with("max", max) : json;
    }

    /// Reads what [#toJson] wrote.
    ///
    /// @throws org.manabi.formats.FormatException if it is something else
    static ColumnSurvey of(JsonFields fields) {
        ColumnSurvey survey = new ColumnSurvey(fields.text("name"));
        List<JsonValue> counts = fields.array("counts");
        List<String> texts = fields.texts("texts");
        if (counts.size() != texts.size()) {
            throw fields.fault("counts", "are not as many as the texts");
        }
        for (int i = 0; i < texts.size(); i++) {
            Level level = new Level(i);
            level.count = Math.toIntExact(counts.get(i).asLong().orElse(0));
            survey.levels.put(texts.get(i), level);
            survey.texts.add(texts.get(i));
        }
        survey.rows = fields.integer("rows");
        survey.missing = fields.integer("missing");
        survey.numbers = fields.integer("numbers");
        survey.dates = fields.integer("dates");
        survey.whole = fields.truth("whole");
        survey.overflow = fields.truth("overflow");
        if (survey.numbers > 0) {
            survey.min = fields.number("min");
            survey.max = fields.number("max");
        }
        return survey;
    }
}
