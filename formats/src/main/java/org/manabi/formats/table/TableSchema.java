package org.manabi.formats.table;

import java.util.ArrayList;
import java.util.List;
import org.manabi.formats.FormatException;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;

/// How the rows of a table become numbers for a network and back. It is fitted on training data and
/// saved with the model, so that raw rows can be predicted.
///
/// @param columns those that the network is shown, in order
/// @param label the column that it predicts
/// @param classNames the label's words in the order of their classes; empty for real numbers
/// @param mean of a label of real numbers in the training data
/// @param scale its standard deviation
public record TableSchema(
        List<Column> columns, String label, List<String> classNames, double mean, double scale) {

    public TableSchema {
        columns = List.copyOf(columns);
        classNames = List.copyOf(classNames);
    }

    /// How many numbers a row becomes.
    public int width() {
        return columns.stream().mapToInt(Column::width).sum();
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
        return new TableSchema(
                columns,
                fields.text("label"),
                fields.texts("classes"),
                fields.number("mean"),
                fields.number("scale"));
    }
}
