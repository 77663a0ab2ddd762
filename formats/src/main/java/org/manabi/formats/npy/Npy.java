package org.manabi.formats.npy;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Path;
import org.manabi.formats.Durably;
import org.manabi.formats.FormatException;
import org.manabi.formats.OpenedFile;
import org.manabi.formats.WriteException;
import org.manabi.formats.array.NumericArray;

/// Reads and writes npy, NumPy's format of one array:
///
///     93 NUMPY, version, length of the header, a Python dictionary, the numbers
///
/// Readers are strict: versions 1.0 to 3.0, numbers and truth values of either byte order in either
/// order of axes, exactly as many bytes as the shape needs. Python objects, which only running code
/// can read, are refused.
///
/// Source: NumPy, *numpy.lib.format*, and `numpy/lib/_format_impl.py`.
public final class Npy {

    private static final String FORMAT = "an npy file";

    private Npy() {}

    /// The array in a file.
    ///
    /// @throws FormatException if there is no such file, or it is not an npy file
    public static NumericArray read(Path path) {
        return OpenedFile.read(path, FORMAT, file -> reader(file).array());
    }

    /// The array in these bytes.
    ///
    /// @param name what errors call them
    /// @throws FormatException if they are not those of an npy file
    public static NumericArray read(byte[] content, String name) {
        try {
            return new NpyReader(new ByteArrayInputStream(content), name, content.length).array();
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory does no input", e);
        }
    }

    /// Reads a file to its last byte and says what is in it, keeping nothing in memory.
    ///
    /// @throws FormatException if there is no such file, or it is not an npy file
    public static ArrayDescription describe(Path path) {
        return OpenedFile.read(
                path,
                FORMAT,
                file -> {
                    NpyReader reader = reader(file);
                    reader.verify();
                    return ArrayDescription.of("", reader.header());
                });
    }

    private static NpyReader reader(OpenedFile file) throws IOException {
        var in = new BufferedInputStream(Channels.newInputStream(file.channel()), 1 << 16);
        return new NpyReader(in, file.name(), file.length());
    }

    /// Writes a file durably: see [Durably].
    ///
    /// @throws WriteException if the file cannot be written; it is then as it was
    public static void write(Path path, NumericArray array) {
        write(path, array, Order.C);
    }

    /// Writes a file durably, its elements in an order.
    ///
    /// @throws WriteException if the file cannot be written; it is then as it was
    public static void write(Path path, NumericArray array, Order order) {
        byte[] header = NpyWriter.header(array, order);
        Durably.write(
                path,
                channel -> {
                    Durably.writeAll(channel, ByteBuffer.wrap(header));
                    Durably.writeAll(channel, NpyWriter.data(array, order));
                });
    }
}
