package org.manabi.formats.npy;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.manabi.formats.Durably;
import org.manabi.formats.FormatException;
import org.manabi.formats.OpenedFile;
import org.manabi.formats.WriteException;
import org.manabi.formats.array.NumericArray;
import org.manabi.formats.zip.ZipArchive;
import org.manabi.formats.zip.ZipEntryPlace;

/// Reads and writes npz: a zip archive of npy files, each an array under its name.
///
/// Source: NumPy, `numpy.savez` and `numpy.load`.
public final class Npz {

    private static final String FORMAT = "an npz file";
    private static final String SUFFIX = ".npy";
    private static final int CHUNK = 1 << 16;

    private Npz() {}

    /// The arrays of a file by their names, in the order of the file.
    ///
    /// @throws FormatException if there is no such file, or it is not an npz file
    public static Map<String, NumericArray> read(Path path) {
        return OpenedFile.read(
                path,
                FORMAT,
                file -> {
                    Map<String, NumericArray> arrays = new LinkedHashMap<>();
                    ZipArchive archive = open(file);
                    for (ZipEntryPlace entry : archive.entries()) {
                        arrays.put(
                                arrayName(file, entry),
                                archive.read(entry, in -> reader(file, entry, in).array()));
                    }
                    return arrays;
                });
    }

    /// Reads a file to its last byte and says what is in it, keeping no numbers in memory.
    ///
    /// @throws FormatException if there is no such file, or it is not an npz file
    public static List<ArrayDescription> describe(Path path) {
        return OpenedFile.read(
                path,
                FORMAT,
                file -> {
                    List<ArrayDescription> arrays = new ArrayList<>();
                    ZipArchive archive = open(file);
                    for (ZipEntryPlace entry : archive.entries()) {
                        String name = arrayName(file, entry);
                        arrays.add(
                                archive.read(
                                        entry,
                                        in -> {
                                            NpyReader reader = reader(file, entry, in);
                                            reader.verify();
                                            return ArrayDescription.of(name, reader.header());
                                        }));
                    }
                    return arrays;
                });
    }

    private static ZipArchive open(OpenedFile file) throws IOException {
        byte[] head = file.bytes(0, (int) Math.min(file.length(), 2));
        if (head.length < 2 || head[0] != 'P' || head[1] != 'K') {
            throw file.fault(
                    file.length() == 0
                            ? "is empty; an npz file is a zip archive"
                            : "is not an npz file, which begins with PK" + file.looksLike());
        }
        ZipArchive archive = new ZipArchive(file);
        for (ZipEntryPlace entry : archive.entries()) {
            arrayName(file, entry);
        }
        return archive;
    }

    private static NpyReader reader(OpenedFile file, ZipEntryPlace entry, java.io.InputStream in)
            throws IOException {
        return new NpyReader(in, file.name() + ": entry " + entry.name(), entry.size());
    }

    private static String arrayName(OpenedFile file, ZipEntryPlace entry) {
        String name = entry.name();
        if (!name.endsWith(SUFFIX) || name.length() == SUFFIX.length()) {
            throw file.fault(
                    "entry %s is no array (NAME.npy), so this is another kind of zip archive"
                            .formatted(name));
        }
        return name.substring(0, name.length() - SUFFIX.length());
    }

    /// Writes arrays without compression, durably: see [Durably]. The same arrays give the same
    /// bytes.
    ///
    /// @throws WriteException if the file cannot be written; it is then as it was
    public static void write(Path path, Map<String, NumericArray> arrays) {
        write(path, arrays, Compression.NONE);
    }

    /// Writes arrays durably: see [Durably]. The same arrays give the same bytes.
    ///
    /// @throws WriteException if the file cannot be written; it is then as it was
    /// @throws IllegalArgumentException if an array has a name that an archive must not have
    public static void write(Path path, Map<String, NumericArray> arrays, Compression compression) {
        for (String name : arrays.keySet()) {
            if (name.isEmpty() || !ZipArchive.isPlainName(name)) {
                throw new IllegalArgumentException(
                        "an array named \"%s\" cannot be written to %s; rename it"
                                .formatted(name, path));
            }
        }
        Durably.write(
                path,
                channel -> {
                    var out =
                            new ZipOutputStream(
                                    new BufferedOutputStream(
                                            Channels.newOutputStream(channel), CHUNK));
                    for (Map.Entry<String, NumericArray> array : arrays.entrySet()) {
                        put(out, array.getKey() + SUFFIX, array.getValue(), compression);
                    }
                    out.finish();
                    out.flush();
                });
    }

    private static void put(
            ZipOutputStream out, String name, NumericArray array, Compression compression)
            throws IOException {
        byte[] header = NpyWriter.header(array, Order.C);
        ZipEntry entry = new ZipEntry(name);
        // The oldest time that zip knows, so that equal arrays make equal files.
        entry.setTimeLocal(java.time.LocalDateTime.of(1980, 1, 1, 0, 0));
        if (compression == Compression.NONE) {
            CRC32 crc = new CRC32();
            crc.update(header);
            crc.update(array.bytes());
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(header.length + (long) array.bytes().remaining());
            entry.setCrc(crc.getValue());
        }
        out.putNextEntry(entry);
        out.write(header);
        writeAll(out, array.bytes());
        out.closeEntry();
    }

    private static void writeAll(OutputStream out, ByteBuffer bytes) throws IOException {
        byte[] chunk = new byte[CHUNK];
        while (bytes.hasRemaining()) {
            int count = Math.min(CHUNK, bytes.remaining());
            bytes.get(chunk, 0, count);
            out.write(chunk, 0, count);
        }
    }
}
