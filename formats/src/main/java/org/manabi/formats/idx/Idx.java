package org.manabi.formats.idx;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.manabi.formats.FormatException;
import org.manabi.formats.OpenedFile;
import org.manabi.formats.gzip.GzipInput;

/// Reads and writes IDX, the format of MNIST:
///
///     00 00 type rank, rank × big-endian unsigned 32-bit lengths, the elements in row-major order
///
/// Readers are strict: the file has exactly the bytes that its header promises, none missing and
/// none left over. They are total: whatever the bytes are, the answer is an array or a
/// [FormatException]. They take no more memory than the file justifies, whatever its header
/// promises. Gzip is known by its first bytes, not by the name, and may have several members.
///
/// Source: Y. LeCun, C. Cortes, C. Burges, *The MNIST database of handwritten digits*, "The IDX
/// file format".
public final class Idx {

    private static final String FORMAT = "an IDX file";

    private Idx() {}

    /// The array in a file, which may be gzip.
    ///
    /// @throws FormatException if the file is absent, may not be read, or is not an IDX file
    /// @throws UncheckedIOException if the disk fails while reading
    public static IdxArray read(Path file) {
        return open(file, IdxReader::read);
    }

    /// Reads a file, which may be gzip, to its last byte and says what is in it, keeping no
    /// elements in memory.
    ///
    /// @throws FormatException if the file is absent, may not be read, or is not an IDX file
    /// @throws UncheckedIOException if the disk fails while reading
    public static IdxDescription describe(Path file) {
        return open(file, IdxReader::describe);
    }

    /// What is done with the reader of a file.
    @FunctionalInterface
    private interface Use<T> {
        T of(IdxReader reader) throws IOException;
    }

    private static <T> T open(Path path, Use<T> use) {
        return OpenedFile.read(
                path,
                FORMAT,
                file ->
                        read(
                                Channels.newInputStream(file.channel()),
                                file.length(),
                                file.name(),
                                use));
    }

    /// The array in these bytes, which may be gzip.
    ///
    /// @param name what errors call the bytes
    /// @throws FormatException if they are not those of an IDX file
    public static IdxArray read(byte[] content, String name) {
        try {
            return read(new ByteArrayInputStream(content), content.length, name, IdxReader::read);
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": " + e.getMessage(), e);
        }
    }

    /// The array in a stream of uncompressed bytes, which is read to its end and stays open.
    ///
    /// @param length how many bytes it should have
    /// @param name what errors call it
    /// @throws FormatException if they are not those of an IDX file of that length
    /// @throws IOException if the stream fails
    public static IdxArray readRaw(InputStream in, long length, String name) throws IOException {
        return new IdxReader(in, name, length, length).read();
    }

    private static <T> T read(InputStream in, long length, String name, Use<T> use)
            throws IOException {
        PeekedInput peeked = new PeekedInput(in, 2);
        if (!GzipInput.looksLikeGzip(peeked.head())) {
            return use.of(new IdxReader(peeked, name, length, length));
        }
        try (InputStream content = new GzipInput(peeked, name)) {
            return use.of(
                    new IdxReader(content, name, IdxReader.UNKNOWN, GzipInput.mostBytes(length)));
        }
    }

    /// Writes the array to a file, as gzip if the name ends in `.gz`.
    ///
    /// @throws IOException if the file cannot be written
    public static void write(Path file, IdxArray array) throws IOException {
        boolean compressed = file.toString().endsWith(".gz");
        try (OutputStream plain = new BufferedOutputStream(Files.newOutputStream(file));
                OutputStream out = compressed ? new GZIPOutputStream(plain) : plain) {
            array.writeTo(out);
        }
    }

    /// Writes the array uncompressed; the stream stays open.
    ///
    /// @throws IOException if the stream fails
    public static void write(OutputStream out, IdxArray array) throws IOException {
        array.writeTo(out);
    }
}
