package org.manabi.formats.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.FormatException;
import org.manabi.formats.csv.Csv;

/// A table in a file, or in the files of a folder one after another, read once: its columns' names, what they hold, and, unless it was only looked at,
/// the cells of its rows.
public final class TableFile {

    /// Larger files are kept as a file of cells, smaller ones in memory.
    private static final long IN_MEMORY = 8L << 20;

    private final Path path;
    private final TableFormat format;
    private final boolean named;
    private final List<ColumnSurvey> columns;
    private final @Nullable CellStore cells;

    private TableFile(
            Path path,
            TableFormat format,
            boolean named,
            List<ColumnSurvey> columns,
            @Nullable CellStore cells) {
        this.path = path;
        this.format = format;
        this.named = named;
        this.columns = List.copyOf(columns);
        this.cells = cells;
    }

    /// Where the cells of a large table are kept from one reading to the next.
    ///
    /// @param folder of such files
    /// @param digest of the table's bytes
    public record Cache(Path folder, String digest) {}

    /// Looks at all rows of a file without keeping any.
    ///
    /// @throws FormatException if there is no such file, or it is not a table
    public static TableFile survey(Path path) {
        TableFormat format = TableFormat.of(path);
        TableFormat.Names names = names(path, format, null);
        try {
            return new TableFile(
                    path, format, names.named(), read(path, format, names, CellWriter.NONE), null);
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    /// Reads a file whose cells fit into memory.
    ///
    /// @param known the name of a column, which tells that the first line holds names; may be null
    /// @throws FormatException if there is no such file, or it is not a table
    public static TableFile read(Path path, @Nullable String known) {
        TableFormat format = TableFormat.of(path);
        return read(path, format, names(path, format, known));
    }

    private static TableFile read(Path path, TableFormat format, TableFormat.Names names) {
        CellWriter.ToMemory writer = new CellWriter.ToMemory();
        try {
            List<ColumnSurvey> columns = read(path, format, names, writer);
            CellStore cells = writer.finish(columns.getFirst().rows(), columns.size());
            return new TableFile(path, format, names.named(), columns, cells);
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    /// Reads a file. The cells of a large one are kept in a file of their own, which takes eight bytes
    /// for each and is found again when the same table is read again.
    ///
    /// @param known the name of a column, which tells that the first line holds names; may be null
    /// @throws FormatException if there is no such file, or it is not a table
    /// @throws org.manabi.formats.WriteException if the disk refuses the file of cells
    public static TableFile read(Path path, @Nullable String known, Cache cache) {
        return read(path, known, cache, IN_MEMORY);
    }

    /// @param inMemory the length of the largest file whose cells are kept in memory
    static TableFile read(Path path, @Nullable String known, Cache cache, long inMemory) {
        TableFormat format = TableFormat.of(path);
        TableFormat.Names names = names(path, format, known);
        if (length(path) <= inMemory) {
            return read(path, format, names);
        }
        String key = cache.digest() + (names.named() ? "" : "-without-names");
        CellFile found =
                CellFile.open(CellFile.in(cache.folder(), key))
                        .filter(one -> namesOf(one.columns()).equals(names.names()))
                        .orElseGet(
                                () ->
                                        CellFile.make(
                                                cache.folder(),
                                                key,
                                                writer -> read(path, format, names, writer)));
        return new TableFile(path, format, names.named(), found.columns(), found.cells());
    }

    /// The files that a table lies in: itself, or those of a folder, in their order.
    ///
    /// @throws FormatException if the folder may not be read
    public static List<Path> files(Path path) {
        return Files.isDirectory(path) ? ShardsFormat.files(path) : List.of(path);
    }

    private static long length(Path path) {
        try {
            long length = 0;
            for (Path file : files(path)) {
                length += Files.size(file);
            }
            return length;
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    private static TableFormat.Names names(Path path, TableFormat format, @Nullable String known) {
        TableFormat.Names names = format.names(known);
        HashSet<String> seen = new HashSet<>();
        for (String name : names.names()) {
            if (!seen.add(name)) {
                throw new FormatException(
                        path.toString(), "has two columns named \"%s\"".formatted(name));
            }
        }
        return names;
    }

    private static List<ColumnSurvey> read(
            Path path, TableFormat format, TableFormat.Names names, CellWriter writer)
            throws IOException {
        List<ColumnSurvey> columns = names.names().stream().map(ColumnSurvey::new).toList();
        long[] row = new long[columns.size()];
        try (TableRecords in = format.records(names.named())) {
            while (in.advance()) {
                for (int i = 0; i < row.length; i++) {
                    row[i] = columns.get(i).add(in, i);
                }
                writer.row(row);
            }
        } catch (CharacterCodingException e) {
            throw failure(path, e);
        }
        if (columns.getFirst().rows() == 0) {
            throw new FormatException(path.toString(), "has names of columns, but no rows");
        }
        return columns;
    }

    private static List<String> namesOf(List<ColumnSurvey> columns) {
        return columns.stream().map(ColumnSurvey::name).toList();
    }

    /// The exception for a failure to read a table.
    static RuntimeException failure(Path path, IOException e) {
        return e instanceof CharacterCodingException
                ? new FormatException(path.toString(), "has bytes that are not characters")
                : new UncheckedIOException(path + ": " + e.getMessage(), e);
    }

    /// The cells.
    ///
    /// @throws IllegalStateException if the table was only looked at
    CellStore cells() {
        if (cells == null) {
            throw new IllegalStateException(path + " was looked at without keeping its cells");
        }
        return cells;
    }

    /// How the text of the table is written; nothing if it is no text.
    public Optional<Csv> text() {
        return format.text();
    }

    /// Whether the columns have names in the file; otherwise they are numbered from 1.
    public boolean hasHeader() {
        return named;
    }

    public List<ColumnSurvey> columns() {
        return columns;
    }

    public long rows() {
        return columns.getFirst().rows();
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
        return new FormatException(path.toString(), fault);
    }
}
