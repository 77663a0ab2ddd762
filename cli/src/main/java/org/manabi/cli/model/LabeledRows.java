package org.manabi.cli.model;

import java.util.List;
import java.util.Optional;
import org.manabi.data.Dataset;
import org.manabi.formats.FormatException;
import org.manabi.formats.table.RawRows;
import org.manabi.formats.table.TableSchema;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Shape;

/// Rows of a table with what their label says, for a model that learned from a table.
final class LabeledRows {

    private LabeledRows() {}

    /// The rows with their classes, if all are known.
    static Optional<Dataset> classes(RawRows rows, TableSchema schema) {
        List<String> labels = rows.labels();
        if (labels == null || !schema.hasClasses()) {
            return Optional.empty();
        }
        int[] numbers = labels.stream().mapToInt(schema.classNames()::indexOf).toArray();
        for (int number : numbers) {
            if (number < 0) {
                return Optional.empty();
            }
        }
        return Optional.of(
                Dataset.ofClasses(
                        "rows",
                        rows.inputs(),
                        IntTensor.of(Shape.of(numbers.length), numbers),
                        schema.classNames()));
    }

    /// The rows with what is to be predicted of them.
    ///
    /// @throws FormatException if a label is missing or unknown
    static Dataset of(RawRows rows, TableSchema schema, String file) {
        List<String> labels = rows.labels();
        if (labels == null) {
            throw new FormatException(
                    file, "has no column " + schema.label() + " to measure the model by");
        }
        if (schema.hasClasses()) {
            return classes(rows, schema)
                    .orElseThrow(
                            () ->
                                    new FormatException(
                                            file,
                                            "column %s has something else than %s"
                                                    .formatted(
                                                            schema.label(),
                                                            String.join(
                                                                    ", ", schema.classNames()))));
        }
        FloatTensor values = FloatTensor.zeros(Shape.of(labels.size(), 1));
        for (int i = 0; i < labels.size(); i++) {
            values.setFromDouble(i, (number(labels.get(i), file) - schema.mean()) / schema.scale());
        }
        return Dataset.ofValues("rows", rows.inputs(), values);
    }

    private static double number(String cell, String file) {
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            throw new FormatException(file, "the label \"%s\" is no number".formatted(cell));
        }
    }
}
