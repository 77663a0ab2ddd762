package org.manabi.cli.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.datasets.IdxDirectory;
import org.manabi.formats.FileKind;
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
        if (isSafetensors(path)) {
            return SafetensorsReport.of(path, console);
        }
        IdxArray array = Idx.read(path);
        return new Inspected(path, List.of(array.describe()), IdxReport.of(array), array);
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

    private static boolean isSafetensors(Path path) {
        if (path.toString().endsWith(".safetensors")) {
            return true;
        }
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] head = in.readNBytes(FileKind.HEAD);
            return FileKind.guess(head).filter(kind -> kind.contains("safetensors")).isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
