package org.manabi.cli.data;

import org.jspecify.annotations.Nullable;
import org.manabi.cli.console.Console;
import org.manabi.formats.idx.Idx;
import org.manabi.formats.idx.IdxArray;
import org.manabi.formats.json.JsonObject;

import java.nio.file.Path;

/// What was found in one file.
///
/// @param idx its content if it is an IDX file
record Inspected(Path path, String description, JsonObject report, @Nullable IdxArray idx) {

    /// @throws org.manabi.formats.FormatException if the file is damaged or of no known format
    static Inspected of(Path path, Console console) {
        IdxArray array = Idx.read(path);
        return new Inspected(path, array.describe(), IdxReport.of(array), array);
    }
}
