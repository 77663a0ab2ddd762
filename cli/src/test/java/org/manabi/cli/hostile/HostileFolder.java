package org.manabi.cli.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// A folder of files that are made to do harm, none of which any command may accept.
final class HostileFolder {

    private static final int CHUNK = 1 << 20;

    private final Path folder;
    private final List<Path> files = new ArrayList<>();

    HostileFolder(Path folder) {
        this.folder = folder;
    }

    /// Those that were added so far.
    List<Path> files() {
        return List.copyOf(files);
    }

    /// Adds a file whose content was or will be written otherwise.
    Path add(String name) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.add(file);
        return file;
    }

    /// Adds a file of these bytes, one part after the other.
    Path file(String name, byte[]... parts) {
        Path file = add(name);
        write(file, parts);
        return file;
    }

    /// Adds a file with a text.
    Path text(String name, String text) {
        return file(name, bytes(text));
    }

    /// Writes what belongs to a file that was added.
    void beside(String name, byte[]... parts) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write(file, parts);
    }

    private static void write(Path file, byte[]... parts) {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (byte[] part : parts) {
                out.write(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Adds a file that has a beginning and is then filled with one byte up to a length.
    void filled(String name, long length, int filler, byte[] begin) {
        byte[] chunk = new byte[CHUNK];
        Arrays.fill(chunk, (byte) filler);
        try (OutputStream out = Files.newOutputStream(add(name))) {
            out.write(begin);
            for (long rest = length - begin.length; rest > 0; rest -= CHUNK) {
                out.write(chunk, 0, (int) Math.min(CHUNK, rest));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Bytes given as numbers 0 … 255.
    static byte[] bytes(int... numbers) {
        byte[] bytes = new byte[numbers.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) numbers[i];
        }
        return bytes;
    }

    static byte[] filled(int count, int filler) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) filler);
        return bytes;
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] cut(byte[] bytes, int count) {
        return Arrays.copyOf(bytes, count);
    }

    static byte[] big(int... words) {
        ByteBuffer out = ByteBuffer.allocate(4 * words.length);
        Arrays.stream(words).forEach(out::putInt);
        return out.array();
    }

    static byte[] little16(int... words) {
        ByteBuffer out = ByteBuffer.allocate(2 * words.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(words).forEach(word -> out.putShort((short) word));
        return out.array();
    }

    static byte[] little(int... words) {
        ByteBuffer out = ByteBuffer.allocate(4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(words).forEach(out::putInt);
        return out.array();
    }

    static byte[] little64(long... words) {
        ByteBuffer out = ByteBuffer.allocate(8 * words.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(words).forEach(out::putLong);
        return out.array();
    }

    /// The gzip of a beginning followed by zeros.
    static byte[] gzip(byte[] begin, long zeros) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        try (OutputStream out = new GZIPOutputStream(packed, 1 << 16)) {
            out.write(begin);
            for (long rest = zeros; rest > 0; rest -= CHUNK) {
                out.write(chunk, 0, (int) Math.min(CHUNK, rest));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
