package org.manabi.formats.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.manabi.formats.FormatException;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;

/// How the rows of a table become numbers for a network and back. It is fitted on training data and
/// saved with the model, so that raw rows can be predicted.
///
/// @param table the names of all columns of the table, in order
/// @param named whether the table itself had these names; otherwise the columns were numbered
/// @param columns those that the network is shown, in order
/// @param label the column that it predicts
/// @param classNames the label's words in the order of their classes; empty for real numbers
/// @param mean of a label of real numbers in the training data
/// @param scale its standard deviation
public record TableSchema(
        List<String> table,
        boolean named,
        List<Column> columns,
        String label,
        List<String> classNames,
        double mean,
        double scale) {

    public TableSchema {
        table = List.copyOf(table);
        columns = List.copyOf(columns);
        classNames = List.copyOf(classNames);
    }

    /// How many numbers a row becomes.
    public int width() {
        return columns.stream().mapToInt(Column::width).sum();
    }

    /// The column of a label of real numbers.
    public Column.Numeric target() {
        return new Column.Numeric(label, mean, scale);
    }

    /// Whether the label is one of some classes.
    public boolean hasClasses() {
        return !classNames.isEmpty();
    }

    /// The schema as it stands in a model card.
    public JsonObject toJson() {
        List<JsonValue> all = new ArrayList<>();
        for (Column column : columns) {
            JsonObject json = JsonObject.EMPTY.with("name", column.name());
            all.add(
                    switch (column) {
                        case Column.Numeric(String _, double center, double spread) ->
                                json.with("mean", center).with("scale", spread);
                        case Column.Categorical(String _, List<String> levels) ->
                                json.with("levels", levels);
                    });
        }
        return JsonObject.EMPTY
                .with("table", table)
                .with("named", named)
                .with("columns", new JsonValue.Array(all))
                .with("label", label)
                .with("classes", classNames)
                .with("mean", mean)
                .with("scale", scale);
    }

    /// Reads what [#toJson] wrote.
    ///
    /// @throws FormatException if it is something else
    public static TableSchema of(JsonFields fields) {
        List<Column> columns = new ArrayList<>();
        for (JsonValue item : fields.array("columns")) {
            String path = fields.at("columns") + "." + columns.size();
            JsonFields column = JsonFields.of(item, fields.file(), path);
            try {
                columns.add(
                        column.has("levels")
                                ? new Column.Categorical(
                                        column.text("name"), column.texts("levels"))
                                : new Column.Numeric(
                                        column.text("name"),
                                        column.number("mean"),
                                        column.number("scale")));
            } catch (IllegalArgumentException e) {
                throw new FormatException(fields.file(), path + ": " + e.getMessage());
            }
        }
        String label = fields.text("label");
        // Models of earlier versions do not say how the table looked: the label stood last.
        List<String> usual =
                Stream.concat(columns.stream().map(Column::name), Stream.of(label)).toList();
        List<String> table = fields.has("table") ? fields.texts("table") : usual;
        if (!table.containsAll(usual)) {
            throw fields.fault("table", "lacks a column that the model learned from");
        }
        double scale = fields.number("scale");
        if (!(scale > 0)) {
            throw fields.fault("scale", scale + " is not greater than 0");
        }
        return new TableSchema(
                table,
                fields.has("named")
                        ? fields.truth("named")
                        : usual.stream().anyMatch(name -> !name.matches("\\d+")),
                columns,
                label,
                fields.texts("classes"),
                fields.number("mean"),
                scale);
    }
}
