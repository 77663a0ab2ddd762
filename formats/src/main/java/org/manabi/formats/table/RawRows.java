package org.manabi.formats.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.FormatException;
import org.manabi.formats.csv.Csv;
import org.manabi.formats.csv.CsvReader;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.Shape;

/// Rows as people write them, turned into numbers by the schema of a model.
///
/// @param inputs `[n, width]`
/// @param labels what the label's column says in each row; `null` if there is no such column
public record RawRows(FloatTensor inputs, @Nullable List<String> labels) {

    public RawRows {
        labels = labels == null ? null : List.copyOf(labels);
    }

    /// The rows of a file. With names of columns, these are found by their names in any order, and
    /// others are passed over; without, all columns of the schema stand in its order, and the label
    /// may follow.
    ///
    /// @throws FormatException naming the line and the column of a cell that does not fit
    public static RawRows read(Path path, TableSchema schema) {
        try (CsvReader in = Csv.of(path).open()) {
            return read(in, schema);
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": " + e.getMessage(), e);
        }
    }

    /// The rows of a text, such as `5.1,3.5,1.4,0.2`.
    ///
    /// @throws FormatException naming the line and the column of a cell that does not fit
    public static RawRows parse(String text, TableSchema schema) {
        try (CsvReader in = Csv.open(text, text)) {
            return read(in, schema);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory does no input", e);
        }
    }

    private static RawRows read(CsvReader in, TableSchema schema) throws IOException {
        List<String> row = in.next();
        if (row.isEmpty()) {
            throw in.fault("has no row");
        }
        int[] places = isNumbered(schema) ? new int[0] : named(row, schema);
        int label = row.indexOf(schema.label());
        boolean header = places.length > 0;
        if (header) {
            row = in.next();
        } else {
            places = inOrder(row, schema, in);
            label = row.size() > places.length ? places.length : -1;
        }
        List<float[]> rows = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        while (!row.isEmpty()) {
            rows.add(encode(row, places, schema, in));
            if (label >= 0) {
                labels.add(row.get(label));
            }
            row = in.next();
        }
        if (rows.isEmpty()) {
            throw in.fault("has names of columns, but no row follows");
        }
        int width = schema.width();
        FloatTensor inputs = FloatTensor.zeros(Shape.of(rows.size(), width));
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, inputs.array(), i * width, width);
        }
        return new RawRows(inputs, label >= 0 ? labels : null);
    }

    /// Where the columns stand by their names; nothing if the row does not name any.
    private static int[] named(List<String> row, TableSchema schema) {
        List<String> missing = new ArrayList<>();
        int[] places =
                schema.columns().stream()
                        .mapToInt(
                                column -> {
                                    int at = row.indexOf(column.name());
                                    if (at < 0) {
                                        missing.add(column.name());
                                    }
                                    return at;
                                })
                        .toArray();
        if (missing.size() == places.length) {
            return new int[0];
        }
        if (!missing.isEmpty()) {
            throw new FormatException(
                    "the rows",
                    "have no column %s; the model learned from %s"
                            .formatted(
                                    String.join(", ", missing),
                                    String.join(
                                            ", ",
                                            schema.columns().stream().map(Column::name).toList())));
        }
        return places;
    }

    /// Whether the columns had no names, so that they were numbered.
    private static boolean isNumbered(TableSchema schema) {
        return schema.columns().stream().allMatch(column -> column.name().matches("\\d+"));
    }

    private static int[] inOrder(List<String> row, TableSchema schema, CsvReader in) {
        int count = schema.columns().size();
        if (row.size() != count && row.size() != count + 1) {
            throw in.fault(
                    "has %d fields, but the model learned from %d columns: %s"
                            .formatted(
                                    row.size(),
                                    count,
                                    String.join(
                                            ", ",
                                            schema.columns().stream().map(Column::name).toList())));
        }
        return IntStream.range(0, count).toArray();
    }

    private static float[] encode(
            List<String> row, int[] places, TableSchema schema, CsvReader in) {
        float[] numbers = new float[schema.width()];
        int at = 0;
        for (int i = 0; i < places.length; i++) {
            Column column = schema.columns().get(i);
            try {
                column.encode(row.get(places[i]), numbers, at);
            } catch (IllegalArgumentException e) {
                throw in.fault(String.valueOf(e.getMessage()));
            }
            at += column.width();
        }
        return Arrays.copyOf(numbers, at);
    }
}
