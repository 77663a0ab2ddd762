package org.manabi.formats.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.FormatException;
import org.manabi.formats.csv.Csv;
import org.manabi.formats.csv.CsvReader;

/// A table in a file, looked at once: its columns' names and what they hold.
///
/// The first line is taken for names if it holds the name of the label or, that being unknown, if no
/// field of it is a number while the lines below have some, or if it is all there is of words.
public final class TableFile {

    private final Csv csv;
    private final boolean header;
    private final List<ColumnSurvey> columns;
    private final long rows;

    private TableFile(Csv csv, boolean header, List<ColumnSurvey> columns, long rows) {
        this.csv = csv;
        this.header = header;
        this.columns = List.copyOf(columns);
        this.rows = rows;
    }

    /// What is done with one row.
    @FunctionalInterface
    public interface RowReader {

        /// Takes the cells of a row.
        void row(long line, List<String> cells);
    }

    /// Reads a file to its end.
    ///
    /// @param known the name of a column, which tells that the first line holds names; may be null
    /// @throws FormatException if there is no such file, or it is not a table
    public static TableFile read(Path path, @Nullable String known) {
        Csv csv = Csv.of(path);
        List<List<String>> first = new ArrayList<>();
        try (CsvReader in = csv.open()) {
            for (List<String> row = in.next(); !row.isEmpty() && first.size() < 100; ) {
                first.add(row);
                row = in.next();
            }
        } catch (IOException e) {
            throw failure(path, e);
        }
        if (first.isEmpty()) {
            throw new FormatException(path.toString(), "has no rows");
        }
        boolean header = hasHeader(first, known);
        List<String> names = header ? first.getFirst() : numbered(first.getFirst().size());
        requireDistinct(path, names);
        List<ColumnSurvey> columns = new ArrayList<>();
        names.forEach(name -> columns.add(new ColumnSurvey(name)));
        long[] rows = new long[1];
        each(
                csv,
                header,
                (line, cells) -> {
                    rows[0]++;
                    for (int i = 0; i < cells.size(); i++) {
                        columns.get(i).add(cells.get(i));
                    }
                });
        if (rows[0] == 0) {
            throw new FormatException(path.toString(), "has names of columns, but no rows");
        }
        return new TableFile(csv, header, columns, rows[0]);
    }

    private static void requireDistinct(Path path, List<String> names) {
        HashSet<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new FormatException(
                        path.toString(), "line 1 has two columns named \"%s\"".formatted(name));
            }
        }
    }

    private static List<String> numbered(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList();
    }

    private static boolean hasHeader(List<List<String>> rows, @Nullable String known) {
        List<String> first = rows.getFirst();
        if (known != null && first.contains(known)) {
            return true;
        }
        if (first.stream().anyMatch(cell -> !Double.isNaN(Cells.number(cell)))) {
            return false;
        }
        for (List<String> row : rows.subList(1, rows.size())) {
            if (row.stream().anyMatch(cell -> !Double.isNaN(Cells.number(cell)))) {
                return true;
            }
        }
        return known == null && new HashSet<>(first).size() == first.size();
    }

    private static void each(Csv csv, boolean header, RowReader reader) {
        try (CsvReader in = csv.open()) {
            if (header) {
                in.next();
            }
            for (List<String> row = in.next(); !row.isEmpty(); row = in.next()) {
                reader.row(in.line(), row);
            }
        } catch (IOException e) {
            throw failure(csv.path(), e);
        }
    }

    /// The exception for a failure to read a table.
    static RuntimeException failure(Path path, IOException e) {
        return e instanceof CharacterCodingException
                ? new FormatException(path.toString(), "has bytes that are not characters")
                : new UncheckedIOException(path + ": " + e.getMessage(), e);
    }

    /// Shows each row to a reader, in the order of the file.
    public void each(RowReader reader) {
        each(csv, header, reader);
    }

    public Csv csv() {
        return csv;
    }

    /// Whether the first line holds the names of the columns; otherwise they are numbered from 1.
    public boolean hasHeader() {
        return header;
    }

    public List<ColumnSurvey> columns() {
        return columns;
    }

    public long rows() {
        return rows;
    }

    /// The place of a column, −1 if there is none of that name.
    public int indexOf(String name) {
        return IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).name().equals(name))
                .findFirst()
                .orElse(-1);
    }

    /// The exception for a fault of the file.
    public FormatException fault(String fault) {
        return new FormatException(csv.path().toString(), fault);
    }
}
