package org.manabi.formats.table;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.FormatException;
import org.manabi.formats.csv.Csv;

/// How the records of a table lie in a file, or in several.
interface TableFormat {

    /// The format of a file, found out from its content, or of a folder of files.
    ///
    /// @throws org.manabi.formats.FormatException if there is no such file, or it is no table
    static TableFormat of(Path path) {
        if (Files.isDirectory(path)) {
            return ShardsFormat.of(path);
        }
        if (ParquetFormat.isOne(path)) {
            return ParquetFormat.of(path);
        }
        if (path.toString().toLowerCase(Locale.ROOT).endsWith(".parquet")) {
            throw new FormatException(
                    path.toString(), "does not begin with PAR1 as a Parquet file does");
        }
        return new CsvFormat(Csv.of(path));
    }

    /// What the columns are called.
    ///
    /// @param named whether they have names in the file; otherwise they are numbered from 1
    record Names(List<String> names, boolean named) {

        public Names {
            names = List.copyOf(names);
        }
    }

    /// The names of the columns.
    ///
    /// @param known the name of a column, which tells that the first line holds names; may be null
    /// @throws org.manabi.formats.FormatException if the file has no rows
    Names names(@Nullable String known);

    /// Begins to read the records.
    ///
    /// @param named whether the columns have names in the file
    /// @throws org.manabi.formats.FormatException if the file is gone
    TableRecords records(boolean named);

    /// How the text of the table is written; nothing if it is no text.
    Optional<Csv> text();
}
