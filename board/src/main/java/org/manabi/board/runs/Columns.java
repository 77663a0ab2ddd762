package org.manabi.board.runs;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;

/// The numbers of many events of one kind, a column for each name. When there are too many rows,
/// each two neighbors become one, with the mean of their numbers; so memory is bounded however long
/// a training goes on, and a curve keeps its course.
///
/// Numbers within objects have names such as `validation.loss`; those in arrays of named things, such
/// as `layers.0.weight.gradient`.
final class Columns {

    /// The most rows before they are halved.
    static final int MAX_ROWS = 2_000;

    private static final int FIRST_ROWS = 64;
    private static final int MAX_COLUMNS = 400;

    /// Of two neighbors the later one counts, not the mean.
    private static final Set<String> PLACES = Set.of("step", "epoch", "seconds");

    private final Map<String, double[]> columns = new LinkedHashMap<>();
    private int rows;
    private int merged = 1;
    private Map<String, Double> pending = Map.of();
    private int pendingCount;

    /// Adds one event.
    void add(JsonObject event) {
        Map<String, Double> row = new LinkedHashMap<>();
        flatten("", event, row);
        pending = pendingCount == 0 ? row : sum(pending, row);
        pendingCount++;
        if (pendingCount == merged && rows == MAX_ROWS) {
            halve(); // what is pending is now half a row, and waits for its other half
        } else if (pendingCount == merged) {
            append(pending, pendingCount);
            pendingCount = 0;
        }
    }

    int rows() {
        return rows;
    }

    /// Columns by their names; what is not finite is `null`. The last rows, if they are not yet as
    /// many as are merged, are left out.
    JsonObject toJson() {
        JsonObject json = JsonObject.EMPTY;
        for (Map.Entry<String, double[]> column : columns.entrySet()) {
            JsonValue[] values = new JsonValue[rows];
            for (int i = 0; i < rows; i++) {
                double value = column.getValue()[i];
                values[i] = Double.isFinite(value) ? JsonValue.of(value) : JsonValue.Null.NULL;
            }
            json = json.with(column.getKey(), new JsonValue.Array(List.of(values)));
        }
        return JsonObject.EMPTY.with("merged", merged).with("columns", json);
    }

    /// One column, with NaN where an event had no such number.
    double[] column(String name) {
        double[] all = columns.get(name);
        return all == null ? new double[0] : Arrays.copyOf(all, rows);
    }

    private static void flatten(String path, JsonValue value, Map<String, Double> row) {
        switch (value) {
            case JsonObject object ->
                    object.fields().forEach((name, part) -> flatten(join(path, name), part, row));
            case JsonValue.Array(var items) -> {
                for (JsonValue item : items) {
                    if (item instanceof JsonObject named && named.get("parameter").isPresent()) {
                        String name = named.get("parameter").flatMap(JsonValue::asText).orElse("?");
                        flatten(join(path, name), named, row);
                    }
                }
            }
            case JsonValue.Bool truth -> row.put(path, truth == JsonValue.Bool.TRUE ? 1.0 : 0.0);
            default -> value.asDouble().ifPresent(number -> row.put(path, number));
        }
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static Map<String, Double> sum(Map<String, Double> one, Map<String, Double> other) {
        Map<String, Double> sum = new LinkedHashMap<>(one);
        other.forEach(
                (name, value) ->
                        sum.merge(name, value, PLACES.contains(name) ? Math::max : Double::sum));
        return sum;
    }

    private void append(Map<String, Double> row, int count) {
        if (rows == capacity()) {
            grow();
        }
        row.forEach(
                (name, value) -> {
                    double number = PLACES.contains(name) ? value : value / count;
                    double[] column = columns.get(name);
                    if (column == null && columns.size() < MAX_COLUMNS) {
                        column = blank(capacity());
                        columns.put(name, column);
                    }
                    if (column != null) {
                        column[rows] = number;
                    }
                });
        rows++;
    }

    /// So long are all columns: a short run takes little memory.
    private int capacity() {
        return columns.isEmpty() ? FIRST_ROWS : columns.values().iterator().next().length;
    }

    private static double[] blank(int length) {
        double[] column = new double[length];
        Arrays.fill(column, Double.NaN);
        return column;
    }

    private void grow() {
        int longer = Math.min(MAX_ROWS, 2 * capacity());
        columns.replaceAll(
                (_, column) -> {
                    double[] copy = blank(longer);
                    System.arraycopy(column, 0, copy, 0, column.length);
                    return copy;
                });
    }

    /// How many numbers there is room for.
    int room() {
        return columns.size() * capacity();
    }

    private void halve() {
        for (Map.Entry<String, double[]> column : columns.entrySet()) {
            double[] values = column.getValue();
            boolean place = PLACES.contains(column.getKey());
            for (int i = 0; i < rows / 2; i++) {
                double left = values[2 * i];
                double right = values[2 * i + 1];
                values[i] = place || Double.isNaN(left) ? right : mean(left, right);
            }
            Arrays.fill(values, rows / 2, values.length, Double.NaN);
        }
        rows /= 2;
        merged *= 2;
    }

    private static double mean(double left, double right) {
        return Double.isNaN(right) ? left : left + (right - left) / 2;
    }
}
