package org.manabi.board.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.manabi.board.web.HttpFault;
import org.manabi.formats.FormatException;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonReader;
import org.manabi.formats.json.JsonValue;
import org.manabi.formats.table.Column;
import org.manabi.formats.table.RawRows;
import org.manabi.formats.table.TableSchema;

/// Takes rows of a table out of a request's body, with their cells as people write them: JSON rows
/// or objects by the names of the columns, or the lines of a CSV file.
final class TableSamples {

    private static final String FORM = "write {\"inputs\": [[…]]} or {\"inputs\": [{\"%s\": …}]}";

    private final TableSchema schema;

    TableSamples(TableSchema schema) {
        this.schema = schema;
    }

    List<String> columns() {
        return schema.columns().stream().map(Column::name).toList();
    }

    /// The rows one after the other, as the model is shown them.
    ///
    /// @param type the body's content type
    /// @throws HttpFault with 400, 413, 415 or 422, saying what is wrong and where
    double[] read(String type, byte... body) {
        String plain = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        try {
            return switch (plain) {
                case "application/json" -> json(Samples.text(body));
                case "text/csv" -> rows(RawRows.parse(Samples.text(body), schema));
                default ->
                        throw new HttpFault(
                                415,
                                "the model learned from a table; the content type is"
                                        + " application/json or text/csv, not \""
                                        + type
                                        + "\"");
            };
        } catch (FormatException e) {
            throw HttpFault.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static double[] rows(RawRows rows) {
        requireRows(rows.lines().size());
        return rows.inputs().toDoubles();
    }

    private static void requireRows(int rows) {
        if (rows > Samples.MAX_ROWS) {
            throw new HttpFault(
                    413,
                    "%d rows are too many for one request; send %d each"
                            .formatted(rows, Samples.MAX_ROWS));
        }
    }

    private double[] json(String text) {
        if (!(JsonReader.parse(text, "the body") instanceof JsonObject body
                && body.get("inputs").orElse(null) instanceof JsonValue.Array inputs)) {
            throw HttpFault.badRequest(
                    "inputs are missing; " + FORM.formatted(columns().getFirst()));
        }
        List<JsonValue> rows = inputs.items();
        if (!rows.isEmpty() && rows.stream().noneMatch(TableSamples::isRow)) {
            rows = List.of(inputs); // one row alone
        }
        requireRows(rows.size());
        int width = schema.width();
        float[] row = new float[width];
        double[] all = new double[rows.size() * width];
        for (int i = 0; i < rows.size(); i++) {
            encode(cells(rows.get(i), i), row, i);
            for (int k = 0; k < width; k++) {
                all[i * width + k] = row[k];
            }
        }
        if (all.length == 0) {
            throw new HttpFault(422, "there are no rows to predict");
        }
        return all;
    }

    private static boolean isRow(JsonValue value) {
        return value instanceof JsonValue.Array || value instanceof JsonObject;
    }

    private List<String> cells(JsonValue row, int number) {
        List<String> cells = new ArrayList<>();
        switch (row) {
            case JsonObject object -> {
                for (String name : columns()) {
                    JsonValue cell =
                            object.get(name)
                                    .orElseThrow(
                                            () ->
                                                    new HttpFault(
                                                            422,
                                                            "row %d has no column %s; null means"
                                                                            .formatted(number, name)
                                                                    + " that it is not known"));
                    cells.add(cell(cell, number, name));
                }
            }
            case JsonValue.Array(List<JsonValue> items) -> {
                if (items.size() != schema.columns().size()) {
                    throw new HttpFault(
                            422,
                            "row %d has %d cells, the model learned from %d columns: %s"
                                    .formatted(
                                            number,
                                            items.size(),
                                            schema.columns().size(),
                                            String.join(", ", columns())));
                }
                for (int i = 0; i < items.size(); i++) {
                    cells.add(cell(items.get(i), number, schema.columns().get(i).name()));
                }
            }
            default ->
                    throw new HttpFault(
                            422,
                            "row %d is no row; %s"
                                    .formatted(number, FORM.formatted(columns().getFirst())));
        }
        return cells;
    }

    private static String cell(JsonValue value, int row, String column) {
        return switch (value) {
            case JsonValue.Text(String text) -> text.strip();
            case JsonValue.Num(String literal) -> literal;
            case JsonValue.Bool truth -> truth.toString();
            case JsonValue.Null _ -> "";
            case JsonValue.Array _, JsonObject _ ->
                    throw new HttpFault(
                            422,
                            "row %d, column %s: a cell is a number, a text or null"
                                    .formatted(row, column));
        };
    }

    private void encode(List<String> cells, float[] row, int number) {
        int at = 0;
        for (int i = 0; i < cells.size(); i++) {
            Column column = schema.columns().get(i);
            try {
                column.encode(cells.get(i), row, at);
            } catch (IllegalArgumentException e) {
                throw new HttpFault(422, "row %d, %s".formatted(number, e.getMessage()));
            }
            at += column.width();
        }
    }

    /// A value that is predicted, in the units of the table.
    double inUnits(double output) {
        return schema.target().original(output);
    }

    String label() {
        return schema.label();
    }
}
