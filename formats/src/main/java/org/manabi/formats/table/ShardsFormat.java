package org.manabi.formats.table;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.FormatException;
import org.manabi.formats.OpenedFile;
import org.manabi.formats.csv.Csv;

/// Records in the files of a folder, which are one table cut into pieces: in the order of the files' names,
/// each with the same columns.
record ShardsFormat(Path folder, List<Path> files, List<TableFormat> shards)
        implements TableFormat {

    ShardsFormat {
        files = List.copyOf(files);
        shards = List.copyOf(shards);
    }

    /// @throws FormatException if the folder has no files, or one is no table
    static ShardsFormat of(Path folder) {
        List<Path> files = files(folder);
        if (files.isEmpty()) {
            throw new FormatException(folder.toString(), "is a folder without files of a table");
        }
        return new ShardsFormat(folder, files, files.stream().map(TableFormat::of).toList());
    }

    /// The files of a folder but hidden ones, in the order of their names.
    static List<Path> files(Path folder) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path file : all) {
                if (!Files.isHidden(file) && Files.isRegularFile(file)) {
                    files.add(file);
                }
            }
        } catch (IOException e) {
            throw OpenedFile.failure(folder.toString(), e);
        }
        files.sort(null);
        return files;
    }

    @Override
    public Names names(@Nullable String known) {
        Names first = shards.getFirst().names(known);
        for (int i = 1; i < shards.size(); i++) {
            Names others = shards.get(i).names(known);
            if (!others.equals(first)) {
                throw new FormatException(
                        files.get(i).toString(),
                        "has the columns %s, but %s, the first file of the folder, has %s"
                                .formatted(
                                        String.join(", ", others.names()),
                                        files.getFirst().getFileName(),
                                        String.join(", ", first.names())));
            }
        }
        return first;
    }

    @Override
    public TableRecords records(boolean named) {
        return new Records(named);
    }

    @Override
    public Optional<Csv> text() {
        return shards.getFirst().text();
    }

    /// The records of one file after another.
    private final class Records implements TableRecords {

        private final boolean named;
        private int next = 1;
        private TableRecords in;

        Records(boolean named) {
            this.named = named;
            in = shards.getFirst().records(named);
        }

        @Override
        public boolean advance() throws IOException {
            while (!in.advance()) {
                if (next == shards.size()) {
                    return false;
                }
                in.close();
                in = shards.get(next++).records(named);
            }
            return true;
        }

        @Override
        public int fields() {
            return in.fields();
        }

        @Override
        public boolean isMissing(int field) {
            return in.isMissing(field);
        }

        @Override
        public double number(int field) {
            return in.number(field);
        }

        @Override
        public String text(int field) {
            return in.text(field);
        }

        @Override
        public long line() {
            return in.line();
        }

        @Override
        public FormatException fault(String fault) {
            return in.fault(fault);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
