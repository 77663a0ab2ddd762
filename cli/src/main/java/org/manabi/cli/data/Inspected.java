package org.manabi.cli.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.datasets.Cifar10;
import org.manabi.datasets.IdxDirectory;
import org.manabi.datasets.ImageFolder;
import org.manabi.formats.idx.Idx;
import org.manabi.formats.idx.IdxDescription;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.run.ModelLocation;

/// What was found in one file.
///
/// @param lines what there is to say to people
/// @param report the same as JSON
/// @param idx its content if it is an IDX file
record Inspected(Path path, List<String> lines, JsonObject report, @Nullable IdxDescription idx) {

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
            case IMAGE -> ImageReport.of(path, console);
            case JSON -> TextReport.ofJson(path, console);
            case LOG -> TextReport.ofLog(path, console);
            case YAML -> TextReport.ofYaml(path, console);
            case CIFAR -> DataReport.of(path, Cifar10.load(path), console);
            case IDX -> {
                IdxDescription array = Idx.describe(path);
                yield new Inspected(path, List.of(array.toString()), IdxReport.of(array), array);
            }
        };
    }

    private static Inspected directory(Path path, Console console) {
        if (Files.exists(path.resolve("run.json"))) {
            return RunReport.of(path, console);
        }
        if (TableSource.isTable(path.toString())) {
            return TableReport.of(path, console);
        }
        if (IdxDirectory.hasFilesIn(path) || ImageFolder.isOne(path)) {
            return DataReport.of(path, DataSource.of(path.toString(), console).load(), console);
        }
        if (Files.exists(path.resolve("last.safetensors"))
                || Files.exists(path.resolve("best.safetensors"))) {
            return SafetensorsReport.of(ModelLocation.resolve(path), console);
        }
        throw CommandException.wrongRequest(console.text("inspect.error.directory", path));
    }
}
