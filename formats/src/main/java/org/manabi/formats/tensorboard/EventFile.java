package org.manabi.formats.tensorboard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.manabi.formats.FormatException;
import org.manabi.formats.OpenedFile;
import org.manabi.formats.protobuf.WireReader;

/// Reads files of events strictly: every length and every event has its checksum, and the file ends
/// where a record ends.
public final class EventFile {

    private static final String FORMAT = "a TensorBoard event file";
    private static final int MAX_EVENT = 256 << 20;

    private EventFile() {}

    /// Shows all events of a file, in order.
    ///
    /// @throws FormatException if there is no such file, or it is not a file of events
    public static void read(Path path, Consumer<Event> reader) {
        OpenedFile.read(
                path,
                FORMAT,
                file -> {
                    long at = 0;
                    while (at < file.length()) {
                        ByteBuffer event = record(file, at);
                        long size = event.remaining();
                        Event read = Event.read(WireReader.of(event, name(file, at)));
                        if (at == 0 && !read.version().startsWith("brain.Event:")) {
                            throw file.fault("does not begin with the version of its events");
                        }
                        reader.accept(read);
                        at += Records.HEAD + size + Records.TAIL;
                    }
                    if (at == 0) {
                        throw file.fault("is empty; a file of events begins with their version");
                    }
                    return at;
                });
    }

    private static String name(OpenedFile file, long at) {
        return file.name() + ": event at byte " + at;
    }

    private static ByteBuffer record(OpenedFile file, long at) throws IOException {
        if (file.length() - at < Records.HEAD) {
            throw file.fault("ends inside the length of a record, at byte " + at);
        }
        ByteBuffer head =
                ByteBuffer.wrap(file.bytes(at, Records.HEAD)).order(ByteOrder.LITTLE_ENDIAN);
        if (head.getInt(Long.BYTES) != Records.masked(head.slice(0, Long.BYTES))) {
            throw file.fault(
                    "the checksum of the length at byte %d is wrong; the file is damaged%s"
                            .formatted(at, at == 0 ? file.looksLike() : ""));
        }
        long length = head.getLong(0);
        if (length < 0
                || length > MAX_EVENT
                || length > file.length() - at - Records.HEAD - Records.TAIL) {
            throw file.fault(
                    "the record at byte %d promises %s bytes, more than follow; the file is cut short"
                            .formatted(at, Long.toUnsignedString(length)));
        }
        ByteBuffer event = file.view(at + Records.HEAD, (int) length);
        ByteBuffer tail =
                ByteBuffer.wrap(file.bytes(at + Records.HEAD + length, Records.TAIL))
                        .order(ByteOrder.LITTLE_ENDIAN);
        if (tail.getInt(0) != Records.masked(event)) {
            throw file.fault("the checksum of the event at byte %d is wrong".formatted(at));
        }
        return event;
    }
}
