package org.manabi.formats.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.manabi.formats.FormatException;

/// Where in a row the columns of a schema stand.
///
/// @param columns the place of each column, in the schema's order
/// @param label the place of the label, −1 if the rows have none
record ColumnPlaces(List<Integer> columns, int label) {

    ColumnPlaces {
        columns = List.copyOf(columns);
    }

    int of(int column) {
        return columns.get(column);
    }

    boolean hasLabel() {
        return label >= 0;
    }

    /// Whether a first row holds names of columns. A model whose columns were numbered knows no
    /// names, and where names are numbers themselves, only all of them together are names.
    static boolean areNames(List<String> row, TableSchema schema) {
        if (!schema.named()) {
            return false;
        }
        List<String> names = names(schema);
        return row.containsAll(names)
                || names.stream()
                        .anyMatch(name -> Double.isNaN(Cells.number(name)) && row.contains(name));
    }

    /// @throws FormatException if a column is not named, or twice
    static ColumnPlaces named(List<String> row, TableSchema schema, TableRecords in) {
        List<String> missing = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (String name : names(schema)) {
            int at = row.indexOf(name);
            if (at < 0) {
                missing.add(name);
            } else if (row.lastIndexOf(name) != at) {
                throw in.fault("has two columns named \"%s\"".formatted(name));
            }
            places.add(at);
        }
        if (!missing.isEmpty()) {
            throw in.fault(
                    "has no column %s; the model learned from %s"
                            .formatted(
                                    String.join(", ", missing), String.join(", ", names(schema))));
        }
        return new ColumnPlaces(places, row.indexOf(schema.label()));
    }

    /// The places in rows of so many fields without names.
    ///
    /// @throws FormatException if so many fields are nothing that the model knows
    static ColumnPlaces counted(int fields, TableSchema schema, TableRecords in) {
        List<String> all = schema.table();
        if (fields == all.size()) {
            return in(all, schema);
        }
        if (fields == all.size() - 1) {
            return in(all.stream().filter(name -> !name.equals(schema.label())).toList(), schema);
        }
        List<String> names = names(schema);
        if (fields == names.size()) {
            return new ColumnPlaces(IntStream.range(0, fields).boxed().toList(), -1);
        }
        throw in.fault(
                "has %d fields, but the model learned from %d columns: %s"
                        .formatted(fields, names.size(), String.join(", ", names)));
    }

    private static ColumnPlaces in(List<String> order, TableSchema schema) {
        return new ColumnPlaces(
                names(schema).stream().map(order::indexOf).toList(), order.indexOf(schema.label()));
    }

    private static List<String> names(TableSchema schema) {
        return schema.columns().stream().map(Column::name).toList();
    }
}
