package org.manabi.formats.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.Durably;
import org.manabi.formats.FormatException;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonReader;

/// Events in a file, each a JSON object on a line of its own. A line is appended in one write; one
/// that a crash tore is passed over by readers and cut off by the next writer.
public final class MetricsLog {

    private static final int PAGE = 16 << 20;

    private final Path path;
    private @Nullable FileChannel channel;

    /// A log in this file, which need not exist yet.
    public MetricsLog(Path path) {
        this.path = path;
    }

    /// Some events and where the next begin.
    ///
    /// @param events in their order
    /// @param next the position in the file, in bytes, from which to read on
    public record Page(List<JsonObject> events, long next) {
        public Page {
            events = List.copyOf(events);
        }
    }

    /// Appends one event as one whole line.
    ///
    /// @throws org.manabi.formats.WriteException if the disk refuses
    public synchronized void append(JsonObject event) {
        byte[] line = (event + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            Durably.writeAll(channel(), ByteBuffer.wrap(line));
        } catch (IOException e) {
            throw Durably.failure(path, e);
        }
    }

    /// Forces all events to the disk and closes the file; the next event opens it again.
    ///
    /// @throws org.manabi.formats.WriteException if the disk refuses
    public synchronized void flush() {
        if (channel == null) {
            return;
        }
        try (FileChannel open = channel) {
            channel = null;
            open.force(true);
        } catch (IOException e) {
            throw Durably.failure(path, e);
        }
    }

    /// How many bytes of whole lines there are.
    ///
    /// @throws org.manabi.formats.WriteException if the disk refuses
    public synchronized long length() {
        try {
            return channel().size();
        } catch (IOException e) {
            throw Durably.failure(path, e);
        }
    }

    /// Forgets all events from a position on, which will come again.
    ///
    /// @param position in bytes; nothing happens if the file is not so long
    /// @throws org.manabi.formats.WriteException if the disk refuses
    public synchronized void truncate(long position) {
        flush();
        if (!Files.exists(path)) {
            return;
        }
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            if (position < file.size()) {
                file.truncate(position);
                file.force(true);
            }
        } catch (IOException e) {
            throw Durably.failure(path, e);
        }
    }

    private FileChannel channel() throws IOException {
        FileChannel open = channel;
        if (open == null || !open.isOpen()) {
            cutTornLine();
            open =
                    FileChannel.open(
                            path,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.APPEND);
            channel = open;
        }
        return open;
    }

    private void cutTornLine() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (FileChannel file =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = file.size();
            ByteBuffer last = ByteBuffer.allocate(1);
            while (end > 0) {
                last.clear();
                if (file.read(last, end - 1) == 1 && last.get(0) == '\n') {
                    break;
                }
                end--;
            }
            file.truncate(end);
        }
    }

    /// All events.
    ///
    /// @throws FormatException if a whole line is not a JSON object
    public List<JsonObject> read() {
        List<JsonObject> events = new ArrayList<>();
        Page page = readFrom(0);
        while (!page.events().isEmpty()) {
            events.addAll(page.events());
            page = readFrom(page.next());
        }
        return events;
    }

    /// Some events from a position on; none if there are no further whole lines yet.
    ///
    /// @param position 0, or where an earlier page ended
    /// @throws FormatException if a whole line is not a JSON object
    public Page readFrom(long position) {
        byte[] bytes = bytesFrom(position);
        List<JsonObject> events = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                String line = new String(bytes, begin, i - begin, StandardCharsets.UTF_8);
                events.add(event(line, position + begin));
                begin = i + 1;
            }
        }
        if (begin == 0 && bytes.length == PAGE) {
            throw new FormatException(
                    path.toString(), "the line at byte " + position + " is longer than 16 MiB");
        }
        return new Page(events, position + begin);
    }

    private JsonObject event(String line, long position) {
        String part = "the line at byte " + position;
        return JsonFields.of(JsonReader.parse(line, path.toString(), part), path.toString(), part)
                .object();
    }

    private byte[] bytesFrom(long position) {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new FormatException(path.toString(), "is no file, so nothing is read from it");
        }
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            long there = Math.max(0, file.size() - position);
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(PAGE, there));
            int count = 0;
            while (bytes.hasRemaining() && count >= 0) {
                count = file.read(bytes, position + bytes.position());
            }
            byte[] read = new byte[bytes.position()];
            bytes.get(0, read);
            return read;
        } catch (NoSuchFileException e) {
            return new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": " + e.getMessage(), e);
        }
    }
}
