package org.manabi.formats.table;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.manabi.formats.Durably;
import org.manabi.formats.FormatException;
import org.manabi.formats.OpenedFile;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonReader;
import org.manabi.formats.json.JsonValue;

/// A table that was read once, kept so that any row is found at once: the cells of all rows, then what
/// the columns hold, as JSON, then a tail.
///
///     rows × columns × 8   cells, little-endian
///     n                    {"columns": […]}
///     8, 8, 8              n, rows, "manabi\01" as one number
///
/// It is a cache: whoever meets one that is damaged, or of another version, makes it anew.
final class CellFile {

    private static final long MAGIC = 0x0131_6962_616E_616DL; // "manabi", version 1
    private static final int TAIL = 24;
    private static final long LONGEST_SURVEYS = 1 << 28;
    private static final Duration KEPT = Duration.ofDays(30);
    private static final String SUFFIX = ".cells";

    private final List<ColumnSurvey> columns;
    private final CellStore cells;

    private CellFile(List<ColumnSurvey> columns, CellStore cells) {
        this.columns = List.copyOf(columns);
        this.cells = cells;
    }

    List<ColumnSurvey> columns() {
        return columns;
    }

    CellStore cells() {
        return cells;
    }

    /// Reads a table's records and gives its rows to a writer.
    @FunctionalInterface
    interface Survey {

        /// Writes the rows.
        ///
        /// @return what the columns hold
        /// @throws IOException if the disk fails
        List<ColumnSurvey> writeTo(CellWriter writer) throws IOException;
    }

    /// The file of a table in a folder.
    static Path in(Path folder, String key) {
        return folder.resolve(key + SUFFIX);
    }

    /// What lies in a file; nothing if it is absent or no good.
    static Optional<CellFile> open(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            Optional<CellFile> found =
                    Optional.of(OpenedFile.read(file, "a table's cells", CellFile::read));
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            return found;
        } catch (FormatException | IOException | ArithmeticException e) {
            System.getLogger(CellFile.class.getName())
                    .log(System.Logger.Level.DEBUG, "made anew: " + file, e);
            return Optional.empty();
        }
    }

    private static CellFile read(OpenedFile file) throws IOException {
        if (file.length() < TAIL) {
            throw file.fault("ends before its tail");
        }
        ByteBuffer tail =
                ByteBuffer.wrap(file.bytes(file.length() - TAIL, TAIL))
                        .order(ByteOrder.LITTLE_ENDIAN);
        long length = tail.getLong();
        long rows = tail.getLong();
        if (tail.getLong() != MAGIC
                || length < 0
                || length > LONGEST_SURVEYS
                || length > file.length() - TAIL) {
            throw file.fault("has another tail");
        }
        long end = file.length() - TAIL - length;
        String json = new String(file.bytes(end, (int) length), StandardCharsets.UTF_8);
        JsonFields fields = JsonFields.of(JsonReader.parse(json, file.name()), file.name(), "");
        List<ColumnSurvey> columns = new ArrayList<>();
        for (JsonValue column : fields.array("columns")) {
            columns.add(ColumnSurvey.of(JsonFields.of(column, file.name(), "columns")));
        }
        if (columns.isEmpty() || rows < 1 || Math.multiplyExact(rows, columns.size() * 8L) != end) {
            throw file.fault("has not as many cells as it says");
        }
        return new CellFile(columns, CellStore.mapped(file.channel(), 0, rows, columns.size()));
    }

    /// Makes a file of a table, and removes those of others that nobody used for a month.
    ///
    /// @throws org.manabi.formats.WriteException if the disk refuses
    static CellFile make(Path folder, String key, Survey survey) {
        Path file = in(folder, key);
        Durably.createFolders(folder);
        removeUnused(folder);
        Durably.write(file, channel -> write(channel, survey));
        return open(file)
                .orElseThrow(() -> new FormatException(file.toString(), "was written in vain"));
    }

    private static void write(FileChannel channel, Survey survey) throws IOException {
        CellWriter.ToFile writer = new CellWriter.ToFile(channel);
        List<ColumnSurvey> columns = survey.writeTo(writer);
        writer.flush();
        List<JsonValue> surveys = new ArrayList<>();
        columns.forEach(column -> surveys.add(column.toJson()));
        byte[] json =
                JsonObject.EMPTY
                        .with("columns", new JsonValue.Array(surveys))
                        .toString()
                        .getBytes(StandardCharsets.UTF_8);
        Durably.writeAll(channel, ByteBuffer.wrap(json));
        ByteBuffer tail = ByteBuffer.allocate(TAIL).order(ByteOrder.LITTLE_ENDIAN);
        tail.putLong(json.length).putLong(columns.getFirst().rows()).putLong(MAGIC);
        Durably.writeAll(channel, tail.flip());
    }

    private static void removeUnused(Path folder) {
        Instant before = Instant.now().minus(KEPT);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(one -> one.toString().endsWith(SUFFIX)).toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            System.getLogger(CellFile.class.getName())
                    .log(System.Logger.Level.DEBUG, "left behind in " + folder, e);
        }
    }
}
