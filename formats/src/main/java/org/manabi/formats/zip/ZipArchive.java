package org.manabi.formats.zip;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.manabi.formats.OpenedFile;

/// Reads a zip archive strictly: the directory at its end and the headers before the entries agree,
/// entries do not overlap, no name comes twice, sizes and checksums are right, and all entries
/// together are not much larger than the file. Entries are read one by one; nothing is extracted.
public final class ZipArchive {

    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_BYTES = 30;

    /// What all entries together may have when inflated: this, and a multiple of the file's length.
    private static final long ALLOWANCE = 64L << 20;

    private static final long MAX_RATIO = 200;

    private final OpenedFile file;
    private final List<ZipEntryPlace> entries;

    /// Whether an entry may have this name, which is never a path of the disk here, but might
    /// become one elsewhere: without control characters, backslashes and steps upward.
    public static boolean isPlainName(String name) {
        return name.indexOf('\\') < 0
                && name.chars().noneMatch(Character::isISOControl)
                && !List.of(name.split("/", -1)).contains("..");
    }

    /// Reads the directory of a file.
    ///
    /// @throws org.manabi.formats.FormatException if it is not a zip archive that can be trusted
    /// @throws IOException if the disk fails
    public ZipArchive(OpenedFile file) throws IOException {
        this.file = file;
        entries = ZipDirectory.read(file);
        checkTotal();
        checkOverlap();
    }

    private void checkTotal() {
        long most = ALLOWANCE + MAX_RATIO * file.length();
        long total = 0;
        for (ZipEntryPlace entry : entries) {
            if (entry.size() > most - total) {
                throw ZipDirectory.fault(
                        file,
                        entry,
                        ("inflates to %d bytes; all entries of a file of %d bytes may have %d"
                                        + " together (is it a zip bomb?)")
                                .formatted(entry.size(), file.length(), most));
            }
            total += entry.size();
        }
    }

    private void checkOverlap() throws IOException {
        List<ZipEntryPlace> byPlace = new ArrayList<>(entries);
        byPlace.sort(Comparator.comparingLong(ZipEntryPlace::header));
        long end = 0;
        for (ZipEntryPlace entry : byPlace) {
            if (entry.header() < end) {
                throw ZipDirectory.fault(file, entry, "overlaps the entry before it");
            }
            end = dataOf(entry) + entry.compressedSize();
            if (end > file.length()) {
                throw ZipDirectory.fault(file, entry, "ends after the file");
            }
        }
    }

    /// The byte where an entry's data begins, after a header that agrees with the directory.
    private long dataOf(ZipEntryPlace entry) throws IOException {
        if (entry.header() + LOCAL_BYTES > file.length()) {
            throw ZipDirectory.fault(file, entry, "begins after the file's end");
        }
        ByteBuffer header =
                ByteBuffer.wrap(file.bytes(entry.header(), LOCAL_BYTES))
                        .order(ByteOrder.LITTLE_ENDIAN);
        if (header.getInt(0) != LOCAL) {
            throw ZipDirectory.fault(
                    file, entry, "has no header at byte " + entry.header() + " of the file");
        }
        if (ZipDirectory.u16(header, 8) != (entry.deflated() ? 8 : 0)) {
            throw ZipDirectory.fault(file, entry, "has a header that contradicts the directory");
        }
        return entry.header()
                + LOCAL_BYTES
                + ZipDirectory.u16(header, 26)
                + ZipDirectory.u16(header, 28);
    }

    /// The entries in the order of the directory.
    public List<ZipEntryPlace> entries() {
        return List.copyOf(entries);
    }

    /// What is done with the content of an entry.
    @FunctionalInterface
    public interface Content<T> {

        /// Reads the content to its end.
        ///
        /// @throws IOException if the disk fails
        T read(InputStream in) throws IOException;
    }

    /// Reads an entry, which must be read to its end; its size and its checksum are verified.
    ///
    /// @throws org.manabi.formats.FormatException if it is damaged
    /// @throws IOException if the disk fails
    public <T> T read(ZipEntryPlace entry, Content<T> content) throws IOException {
        InputStream raw = new Range(file, dataOf(entry), entry.compressedSize());
        Inflater inflater = new Inflater(true);
        try {
            Checked checked =
                    new Checked(
                            entry.deflated()
                                    ? new InflaterInputStream(raw, inflater, 1 << 15)
                                    : raw,
                            entry);
            T result = content.read(checked);
            checked.finish();
            return result;
        } catch (ZipException | java.io.EOFException e) {
            throw ZipDirectory.fault(file, entry, "is damaged: its compressed data cannot be read");
        } finally {
            inflater.end();
        }
    }

    /// Counts and sums what is read.
    private final class Checked extends FilterInputStream {

        private final ZipEntryPlace entry;
        private final CRC32 crc = new CRC32();
        private long count;

        Checked(InputStream in, ZipEntryPlace entry) {
            super(in);
            this.entry = entry;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            if (read > 0) {
                crc.update(bytes, offset, read);
                count += read;
                if (count > entry.size()) {
                    throw ZipDirectory.fault(
                            file,
                            entry,
                            "has more bytes than the %d that are promised".formatted(entry.size()));
                }
            }
            return read;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        void finish() throws IOException {
            if (read() >= 0 || count != entry.size()) {
                throw ZipDirectory.fault(
                        file,
                        entry,
                        "has %d bytes, not the %d that are promised"
                                .formatted(count, entry.size()));
            }
            if (crc.getValue() != entry.crc()) {
                throw ZipDirectory.fault(
                        file,
                        entry,
                        "is damaged: its CRC-32 is %08x, the directory says %08x; copy it again"
                                .formatted(crc.getValue(), entry.crc()));
            }
        }
    }

    /// Some bytes of a file.
    private static final class Range extends InputStream {

        private final OpenedFile file;
        private long at;
        private final long end;

        Range(OpenedFile file, long begin, long count) {
            this.file = file;
            at = begin;
            end = begin + count;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (at >= end) {
                return -1;
            }
            int count = (int) Math.min(length, end - at);
            file.fill(ByteBuffer.wrap(bytes, offset, count), at);
            at += count;
            return count;
        }
    }
}
