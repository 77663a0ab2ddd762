package org.manabi.formats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A regular file that is open for reading, and the words for all that can go wrong with it.
public final class OpenedFile {

    /// From so many bytes on, a file is mapped.
    private static final int MAPPED = 1 << 20;

    private final String name;
    private final FileChannel channel;
    private final long length;

    private OpenedFile(String name, FileChannel channel, long length) {
        this.name = name;
        this.channel = channel;
        this.length = length;
    }

    /// What is done with an open file.
    @FunctionalInterface
    public interface Reader<T> {

        /// Reads it.
        ///
        /// @throws IOException if the disk fails
        T read(OpenedFile file) throws IOException;
    }

    /// Opens a file, reads it, and closes it.
    ///
    /// @param format what it should be, such as "an ONNX model", for messages
    /// @throws FormatException if it is absent, no regular file, may not be read, or the reader
    ///     refuses it
    /// @throws UncheckedIOException if the disk fails
    public static <T> T read(Path path, String format, Reader<T> reader) {
        String name = path.toString();
        if (Files.isDirectory(path)) {
            throw new FormatException(name, "is a directory, not " + format);
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new FormatException(name, "is a device or a pipe, not a file");
        }
        if (Files.isSymbolicLink(path) && !Files.exists(path)) {
            throw new FormatException(name, "is a link that leads nowhere");
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return reader.read(new OpenedFile(name, channel, channel.size()));
        } catch (IOException e) {
            throw failure(name, e);
        }
    }

    /// All of a short file that is text in UTF-8.
    ///
    /// @param most how many mebibytes it may have
    /// @throws FormatException if it is absent, no regular file, may not be read, is longer, or is no
    ///     text in UTF-8
    /// @throws UncheckedIOException if the disk fails
    public static String text(Path path, String format, int most) {
        return read(
                path,
                format,
                file -> {
                    if (file.length() > (long) most << 20) {
                        throw file.fault(
                                "is longer than the %d MiB that %s may have here"
                                        .formatted(most, format));
                    }
                    try {
                        return StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(file.bytes(0, (int) file.length())))
                                .toString();
                    } catch (CharacterCodingException e) {
                        throw file.fault("is not text in UTF-8");
                    }
                });
    }

    /// The exception for a file that could not be opened or read: a [FormatException] if it is
    /// absent or may not be read, otherwise an [UncheckedIOException].
    public static RuntimeException failure(String name, IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> new FormatException(name, "there is no such file");
            case AccessDeniedException _ ->
                    new FormatException(name, "may not be read; look at its permissions");
            default -> new UncheckedIOException(name + ": " + e.getMessage(), e);
        };
    }

    /// What errors call it.
    public String name() {
        return name;
    }

    /// Its length in bytes when it was opened.
    public long length() {
        return length;
    }

    public FileChannel channel() {
        return channel;
    }

    /// Fills a buffer from a place in the file on, and makes it ready to be read.
    ///
    /// @throws FormatException if the file ends before
    /// @throws IOException if the disk fails
    public void fill(ByteBuffer buffer, long position) throws IOException {
        long at = position;
        while (buffer.hasRemaining()) {
            int count = channel.read(buffer, at);
            if (count < 0) {
                throw fault("ends at byte " + at + " while it is read; did someone change it?");
            }
            at += count;
        }
        buffer.flip();
    }

    /// A fresh array of the bytes at a place.
    ///
    /// @throws FormatException if the file ends before
    /// @throws IOException if the disk fails
    public byte[] bytes(long position, int count) throws IOException {
        byte[] bytes = new byte[count];
        fill(ByteBuffer.wrap(bytes), position);
        return bytes;
    }

    /// The bytes at a place for reading, which stay good after the file is closed. Many are mapped,
    /// and take no memory of Java's.
    ///
    /// @throws FormatException if the file ends before
    /// @throws IOException if the disk fails
    public ByteBuffer view(long position, int count) throws IOException {
        if (position > length - count) {
            throw fault("ends after %d bytes".formatted(length));
        }
        return count < MAPPED
                ? ByteBuffer.wrap(bytes(position, count))
                : channel.map(FileChannel.MapMode.READ_ONLY, position, count);
    }

    /// The whole file for reading; see [#view].
    ///
    /// @throws FormatException if it has 2 GiB or more
    /// @throws IOException if the disk fails
    public ByteBuffer whole() throws IOException {
        if (length > Integer.MAX_VALUE - 8) {
            throw fault("has " + length + " bytes; files below 2 GiB can be read");
        }
        return view(0, (int) length);
    }

    /// What it looks like by its first bytes, as the end of a sentence: `; this looks like …`, or
    /// nothing.
    ///
    /// @throws IOException if the disk fails
    public String looksLike() throws IOException {
        byte[] head = bytes(0, (int) Math.min(length, FileKind.HEAD));
        return FileKind.guess(head).map("; this looks like %s"::formatted).orElse("");
    }

    /// The exception for a fault in it.
    public FormatException fault(String fault) {
        return new FormatException(name, fault);
    }
}
