package org.manabi.formats.zip;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.manabi.formats.FormatException;
import org.manabi.formats.OpenedFile;

/// Reads the directory at the end of a zip archive.
///
/// Source: PKWARE, *APPNOTE.TXT*, 4.3.12 to 4.3.16 and 4.5.3.
final class ZipDirectory {

    private static final int MAX_ENTRIES = 10_000;
    private static final int MAX_DIRECTORY = 16 << 20;
    private static final int END_BYTES = 22;
    private static final int END = 0x06054b50;
    private static final int END64 = 0x06064b50;
    private static final int LOCATOR64 = 0x07064b50;
    private static final int CENTRAL = 0x02014b50;
    private static final long ALL_ONES = 0xFFFF_FFFFL;
    private static final int ENCRYPTED = 1;
    private static final int UTF8 = 1 << 11;

    private final OpenedFile file;

    private ZipDirectory(OpenedFile file) {
        this.file = file;
    }

    static List<ZipEntryPlace> read(OpenedFile file) throws IOException {
        return new ZipDirectory(file).entries();
    }

    /// Where the directory lies.
    private record Extent(long offset, long bytes, long count) {}

    private List<ZipEntryPlace> entries() throws IOException {
        Extent extent = extent();
        if (extent.count() > MAX_ENTRIES) {
            throw file.fault(
                    "promises %s entries, but %d are the most"
                            .formatted(Long.toUnsignedString(extent.count()), MAX_ENTRIES));
        }
        if (extent.bytes() > MAX_DIRECTORY) {
            throw file.fault("its directory has more than 16 MiB");
        }
        ByteBuffer in = slice(extent.offset(), (int) extent.bytes());
        List<ZipEntryPlace> entries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        while (in.hasRemaining()) {
            ZipEntryPlace entry = entry(in, extent, entries.size());
            if (!names.add(entry.name())) {
                throw file.fault("has two entries named %s".formatted(entry.name()));
            }
            entries.add(entry);
        }
        if (entries.size() != extent.count()) {
            throw file.fault(
                    "its directory promises %d entries and has %d"
                            .formatted(extent.count(), entries.size()));
        }
        return entries;
    }

    private Extent extent() throws IOException {
        int tail = (int) Math.min(file.length(), END_BYTES + 0xFFFF);
        long start = file.length() - tail;
        ByteBuffer bytes = slice(start, tail);
        for (int i = tail - END_BYTES; i >= 0; i--) {
            boolean toTheEnd = bytes.getInt(i) == END && i + END_BYTES + u16(bytes, i + 20) == tail;
            if (toTheEnd) {
                return extent(bytes, i, start + i);
            }
        }
        throw file.fault(
                "is no whole zip archive: the directory at its end is missing; the file is cut"
                        + " short or damaged, copy it again");
    }

    private Extent extent(ByteBuffer bytes, int i, long place) throws IOException {
        Extent extent = new Extent(u32(bytes, i + 16), u32(bytes, i + 12), u16(bytes, i + 10));
        if (u16(bytes, i + 4) != 0 || u16(bytes, i + 6) != 0) {
            throw file.fault("is one part of an archive in several files");
        }
        boolean large =
                extent.offset() == ALL_ONES
                        || extent.bytes() == ALL_ONES
                        || extent.count() == 0xFFFF;
        long end = place;
        if (large && place >= 20 && slice(place - 20, 4).getInt(0) == LOCATOR64) {
            end = slice(place - 20, 20).getLong(8);
            if (end < 0 || end > place - 20 - 56) {
                throw file.fault("its zip64 directory lies outside the file");
            }
            ByteBuffer large64 = slice(end, 56);
            if (large64.getInt(0) != END64) {
                throw file.fault("its zip64 directory is missing at byte " + end);
            }
            extent = new Extent(large64.getLong(48), large64.getLong(40), large64.getLong(32));
        }
        boolean inside =
                extent.offset() >= 0
                        && extent.bytes() >= 0
                        && extent.count() >= 0
                        && extent.offset() <= end
                        && extent.bytes() == end - extent.offset();
        if (!inside) {
            throw file.fault(
                    "its directory does not lie where the archive's end says; bytes are missing"
                            + " or something was put before it");
        }
        return extent;
    }

    private ZipEntryPlace entry(ByteBuffer in, Extent extent, int number) {
        int at = in.position();
        if (in.remaining() < 46 || in.getInt(at) != CENTRAL) {
            throw file.fault("its directory is damaged at entry " + number);
        }
        int nameBytes = u16(in, at + 28);
        int extraBytes = u16(in, at + 30);
        int next = 46 + nameBytes + extraBytes + u16(in, at + 32);
        if (in.remaining() < next) {
            throw file.fault("its directory ends inside entry " + number);
        }
        byte[] raw = new byte[nameBytes];
        in.get(at + 46, raw);
        int flags = u16(in, at + 8);
        String name = name(raw, (flags & UTF8) != 0);
        if ((flags & ENCRYPTED) != 0) {
            throw file.fault("entry %s is encrypted".formatted(name));
        }
        int method = u16(in, at + 10);
        if (method != 0 && method != 8) {
            throw file.fault(
                    "entry %s is compressed by method %d; only stored and deflated ones are read"
                            .formatted(name, method));
        }
        long[] sizes = sizes(in, at, at + 46 + nameBytes, extraBytes, name);
        in.position(at + next);
        if (sizes[0] < 0 || sizes[1] < 0 || sizes[2] < 0 || sizes[2] >= extent.offset()) {
            throw file.fault("entry %s lies outside the file".formatted(name));
        }
        if (method == 0 && sizes[0] != sizes[1]) {
            throw file.fault("entry %s is stored, but has two sizes".formatted(name));
        }
        return new ZipEntryPlace(name, method == 8, sizes[0], sizes[1], u32(in, at + 16), sizes[2]);
    }

    /// The size, the compressed size and the place of the header, from the zip64 field where the
    /// directory's own numbers are all ones.
    private long[] sizes(ByteBuffer in, int at, int extra, int extraBytes, String name) {
        long[] sizes = {u32(in, at + 24), u32(in, at + 20), u32(in, at + 42)};
        boolean missing = sizes[0] == ALL_ONES || sizes[1] == ALL_ONES || sizes[2] == ALL_ONES;
        if (!missing) {
            return sizes;
        }
        for (int i = extra; i + 4 <= extra + extraBytes; i += 4 + u16(in, i + 2)) {
            int end = i + 4 + u16(in, i + 2);
            if (u16(in, i) == 1 && end <= extra + extraBytes) {
                int field = i + 4;
                for (int k = 0; k < 3; k++) {
                    if (sizes[k] == ALL_ONES && field + 8 <= end) {
                        sizes[k] = in.getLong(field);
                        field += 8;
                    }
                }
                return sizes;
            }
        }
        throw file.fault("entry %s lacks its zip64 sizes".formatted(name));
    }

    private String name(byte[] raw, boolean utf8) {
        Charset charset = utf8 ? StandardCharsets.UTF_8 : Charset.forName("IBM437");
        String name;
        try {
            name = charset.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
        } catch (CharacterCodingException e) {
            throw file.fault("the name of an entry is not UTF-8");
        }
        boolean odd = name.isEmpty() || !ZipArchive.isPlainName(name);
        if (odd) {
            throw file.fault("has an entry with the suspicious name \"%s\"".formatted(name));
        }
        return name;
    }

    private ByteBuffer slice(long position, int count) throws IOException {
        if (position < 0 || position + count > file.length()) {
            throw file.fault("its directory lies outside the file");
        }
        return ByteBuffer.wrap(file.bytes(position, count)).order(ByteOrder.LITTLE_ENDIAN);
    }

    static int u16(ByteBuffer bytes, int at) {
        return bytes.getShort(at) & 0xFFFF;
    }

    static long u32(ByteBuffer bytes, int at) {
        return bytes.getInt(at) & ALL_ONES;
    }

    /// The exception for a fault of one entry.
    static FormatException fault(OpenedFile file, ZipEntryPlace entry, String fault) {
        return file.fault("entry %s %s".formatted(entry.name(), fault));
    }
}
