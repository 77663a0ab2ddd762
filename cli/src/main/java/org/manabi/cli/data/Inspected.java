package org.manabi.cli.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.datasets.IdxDirectory;
import org.manabi.formats.idx.Idx;
import org.manabi.formats.idx.IdxArray;
import org.manabi.formats.json.JsonObject;

/// What was found in one file.
///
/// @param lines what there is to say to people
/// @param report the same as JSON
/// @param idx its content if it is an IDX file
record Inspected(Path path, List<String> lines, JsonObject report, @Nullable IdxArray idx) {

    /// @throws org.manabi.formats.FormatException if the file is damaged or of no known format
    static Inspected of(Path path, Console console) {
        if (Files.isDirectory(path)) {
            return directory(path, console);
        }
        return switch (FileFormat.of(path)) {
            case SAFETENSORS -> SafetensorsReport.of(path, console);
            case NPY -> NumpyReport.ofArray(path);
            case NPZ -> NumpyReport.ofArchive(path, console);
            case ONNX -> OnnxReport.of(path, console);
            case EVENTS -> EventsReport.of(path, console);
            case TABLE -> TableReport.of(path, console);
            case IDX -> {
                IdxArray array = Idx.read(path);
                yield new Inspected(path, List.of(array.describe()), IdxReport.of(array), array);
            }
        };
    }

    private static Inspected directory(Path path, Console console) {
        if (Files.exists(path.resolve("run.json"))) {
            return RunReport.of(path, console);
        }
        throw CommandException.wrongRequest(
                console.text(
                        IdxDirectory.hasFilesIn(path)
                                ? "inspect.error.data"
                                : "inspect.error.directory",
                        path));
    }
}
