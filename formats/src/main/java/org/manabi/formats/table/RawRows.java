package org.manabi.formats.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.manabi.data.Dataset;
import org.manabi.formats.FormatException;
import org.manabi.formats.csv.Csv;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Shape;

/// Rows as people write them, turned into numbers by the schema of a model.
///
/// @param file what errors call them
/// @param inputs `[n, width]`
/// @param lines where each row begins, counted from 1
/// @param labels what the label's column says in each row; `null` if there is no such column
public record RawRows(
        String file, FloatTensor inputs, List<Long> lines, @Nullable List<String> labels) {

    public RawRows {
        lines = List.copyOf(lines);
        labels = labels == null ? null : List.copyOf(labels);
    }

    /// The rows of a file. With names of columns, these are found by their names in any order, and
    /// others are passed over. Without, a row has either all columns of the table that the model
    /// learned from, or all but the label, or only those that the model looks at, in their order.
    ///
    /// @throws FormatException naming the file, and the line and column of a cell that does not fit
    public static RawRows read(Path path, TableSchema schema) {
        TableFormat format = TableFormat.of(path);
        boolean single = format instanceof CsvFormat;
        try (TableRecords in = format.records(!single)) {
            // The first line of a text may be names or not; a folder's files are asked first.
            return single
                    ? read(in, path.toString(), schema)
                    : readNamed(in, path.toString(), format.names(null).names(), schema);
        } catch (IOException e) {
            throw TableFile.failure(path, e);
        }
    }

    /// The rows of a text, such as `5.1,3.5,1.4,0.2`.
    ///
    /// @throws FormatException naming the line and the column of a cell that does not fit
    public static RawRows parse(String text, TableSchema schema) {
        String name = text.lines().findFirst().orElse("");
        try (TableRecords in = new CsvRecords(Csv.open(text, name))) {
            return read(in, name, schema);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory does no input", e);
        }
    }

    private static RawRows read(TableRecords in, String file, TableSchema schema)
            throws IOException {
        if (!in.advance()) {
            throw in.fault("has no row");
        }
        List<String> row = cells(in);
        if (!ColumnPlaces.areNames(row, schema)) {
            return read(in, file, ColumnPlaces.counted(row.size(), schema, in), schema);
        }
        ColumnPlaces places = ColumnPlaces.named(row, schema, in);
        if (!in.advance()) {
            throw in.fault("has names of columns, but no row follows");
        }
        return read(in, file, places, schema);
    }

    private static RawRows readNamed(
            TableRecords in, String file, List<String> names, TableSchema schema)
            throws IOException {
        ColumnPlaces places = ColumnPlaces.named(names, schema, in);
        if (!in.advance()) {
            throw new FormatException(file, "has no row");
        }
        return read(in, file, places, schema);
    }

    private static List<String> cells(TableRecords in) {
        return IntStream.range(0, in.fields())
                .mapToObj(i -> in.isMissing(i) ? "" : in.text(i))
                .toList();
    }

    /// The record that the reader stands at, and all that follow.
    private static RawRows read(
            TableRecords in, String file, ColumnPlaces places, TableSchema schema)
            throws IOException {
        List<float[]> rows = new ArrayList<>();
        List<Long> lines = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        do {
            rows.add(encode(in, places, schema));
            lines.add(in.line());
            if (places.hasLabel()) {
                labels.add(in.text(places.label()));
            }
        } while (in.advance());
        int width = schema.width();
        FloatTensor inputs = FloatTensor.zeros(Shape.of(rows.size(), width));
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, inputs.array(), i * width, width);
        }
        return new RawRows(file, inputs, lines, places.hasLabel() ? labels : null);
    }

    private static float[] encode(TableRecords in, ColumnPlaces places, TableSchema schema) {
        float[] numbers = new float[schema.width()];
        int at = 0;
        for (int i = 0; i < schema.columns().size(); i++) {
            Column column = schema.columns().get(i);
            try {
                int place = places.of(i);
                column.encode(in.isMissing(place) ? "" : in.text(place), numbers, at);
            } catch (IllegalArgumentException e) {
                throw in.fault(String.valueOf(e.getMessage()));
            }
            at += column.width();
        }
        return numbers;
    }

    /// The rows with their classes, if all are known.
    public Optional<Dataset> classes(TableSchema schema) {
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
                        file,
                        inputs,
                        IntTensor.of(Shape.of(numbers.length), numbers),
                        schema.classNames()));
    }

    /// The rows with what is to be predicted of them.
    ///
    /// @throws FormatException naming the line of a label that is missing or unknown
    public Dataset labeled(TableSchema schema) {
        List<String> cells = labels;
        if (cells == null) {
            throw new FormatException(
                    file, "has no column %s to measure the model by".formatted(schema.label()));
        }
        return schema.hasClasses()
                ? classes(schema).orElseThrow(() -> unknownClass(cells, schema))
                : values(cells, schema);
    }

    private Dataset values(List<String> cells, TableSchema schema) {
        FloatTensor values = FloatTensor.zeros(Shape.of(cells.size(), 1));
        Column.Numeric target = schema.target();
        for (int i = 0; i < cells.size(); i++) {
            double value = Cells.number(cells.get(i));
            if (Double.isNaN(value)) {
                throw fault(
                        i,
                        "column %s: \"%s\" is no number".formatted(schema.label(), cells.get(i)));
            }
            try {
                values.array()[i] = target.scaled(value);
            } catch (IllegalArgumentException e) {
                throw fault(i, String.valueOf(e.getMessage()));
            }
        }
        return Dataset.ofValues(file, inputs, values);
    }

    private FormatException unknownClass(List<String> cells, TableSchema schema) {
        for (int i = 0; i < cells.size(); i++) {
            if (!schema.classNames().contains(cells.get(i))) {
                return fault(
                        i,
                        "column %s: \"%s\" is none of the classes %s"
                                .formatted(
                                        schema.label(),
                                        cells.get(i),
                                        String.join(", ", schema.classNames())));
            }
        }
        throw new IllegalStateException("all classes are known");
    }

    private FormatException fault(int row, String fault) {
        return new FormatException(file, "line %d %s".formatted(lines.get(row), fault));
    }
}
