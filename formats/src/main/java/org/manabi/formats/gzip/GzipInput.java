package org.manabi.formats.gzip;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.manabi.formats.FormatException;

/// The content of a gzip file, strictly: unlike `java.util.zip.GZIPInputStream`, which silently
/// ignores whatever follows the first member when it does not look like a second one, this reader
/// accepts members and nothing else. Checksums, lengths and reserved bits are checked, and each
/// fault is a [FormatException] with its place.
///
/// Source: RFC 1952, *GZIP file format specification version 4.3*.
public final class GzipInput extends InputStream {

    /// Deflate could make a thousandth of some bytes. No data that one learns from is so empty, and
    /// a bomb is.
    private static final long RATIO = 200;

    private static final long ALLOWANCE = 64L << 20;

    private static final int FLAG_HEADER_CRC = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;
    private static final int RESERVED_FLAGS = 0xE0;

    private final InputStream in;
    private final String file;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();

    private final byte[] buffer = new byte[1 << 16];
    private int next;
    private int limit;
    private long bytesBeforeBuffer;

    private int members;
    private boolean inMember;
    private boolean ended;

    /// @param in the compressed bytes
    /// @param file the name that errors begin with
    public GzipInput(InputStream in, String file) {
        this.in = in;
        this.file = file;
    }

    /// Whether a file that begins with these bytes is gzip.
    public static boolean looksLikeGzip(byte[] head) {
        return head.length >= 2 && head[0] == 0x1F && head[1] == (byte) 0x8B;
    }

    /// How many bytes a gzip file is trusted to inflate to: 64 MiB and 200 times its length.
    public static long mostBytes(long length) {
        return ALLOWANCE + RATIO * length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            if (!inMember && !beginMember()) {
                ended = true;
                break;
            }
            int count = inflate(target, offset, length);
            if (count > 0) {
                crc.update(target, offset, count);
                return count;
            }
            if (inflater.finished()) {
                endMember();
            } else if (inflater.needsInput()) {
                feedInflater();
            } else {
                throw fault("the compressed data asks for a dictionary, which gzip has not");
            }
        }
        return -1;
    }

    private int inflate(byte[] target, int offset, int length) {
        try {
            return inflater.inflate(target, offset, length);
        } catch (DataFormatException e) {
            throw fault(
                    "the compressed data is damaged (%s); copy or download the file again"
                            .formatted(e.getMessage()));
        }
    }

    private void feedInflater() throws IOException {
        if (next == limit && !refill()) {
            throw fault("ends inside the compressed data; copy or download the file again");
        }
        inflater.setInput(buffer, next, limit - next);
        next = limit;
    }

    private boolean beginMember() throws IOException {
        if (next == limit && !refill()) {
            if (members == 0) {
                throw fault("is empty, not gzip");
            }
            return false;
        }
        long start = bytesBeforeBuffer + next;
        crc.reset();
        if (header() != 0x1F || header() != 0x8B) {
            throw fault(
                    start,
                    members == 0
                            ? "is not gzip, whose first bytes are 1F 8B"
                            : "bytes follow the end of the gzip data; remove them");
        }
        int method = header();
        if (method != 8) {
            throw fault("compression method %s is unknown; gzip has only 8".formatted(method));
        }
        int flags = header();
        if ((flags & RESERVED_FLAGS) != 0) {
            throw fault("the reserved flags are set: %02X".formatted(flags));
        }
        skipHeader(6); // time, extra flags, operating system
        if ((flags & FLAG_EXTRA) != 0) {
            skipHeader(header() | header() << 8);
        }
        if ((flags & FLAG_NAME) != 0) {
            skipZeroTerminated();
        }
        if ((flags & FLAG_COMMENT) != 0) {
            skipZeroTerminated();
        }
        if ((flags & FLAG_HEADER_CRC) != 0) {
            long expected = crc.getValue() & 0xFFFF;
            requireEqual("checksum of the header", expected, header() | header() << 8);
        }
        crc.reset();
        inflater.reset();
        inMember = true;
        members++;
        return true;
    }

    private void endMember() throws IOException {
        next = limit - inflater.getRemaining();
        inMember = false;
        long content = crc.getValue();
        long size = inflater.getBytesWritten() & 0xFFFFFFFFL;
        requireEqual("checksum", content, trailer());
        requireEqual("length modulo 2^32", size, trailer());
    }

    private void requireEqual(String what, long actual, long stored) {
        if (actual != stored) {
            throw fault(
                    "the stored %s is %s, the data's is %s; copy or download the file again"
                            .formatted(what, stored, actual));
        }
    }

    private long trailer() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            value |= (long) header() << shift;
        }
        return value;
    }

    private void skipHeader(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            header();
        }
    }

    private void skipZeroTerminated() throws IOException {
        while (header() != 0) {
            // the name and the comment tell us nothing
        }
    }

    /// The next byte outside the compressed data.
    private int header() throws IOException {
        if (next == limit && !refill()) {
            throw fault("ends inside gzip's own bytes; copy or download the file again");
        }
        int value = buffer[next++] & 0xFF;
        crc.update(value);
        return value;
    }

    private boolean refill() throws IOException {
        bytesBeforeBuffer += limit;
        next = 0;
        limit = Math.max(0, in.read(buffer, 0, buffer.length));
        return limit > 0;
    }

    private FormatException fault(String fault) {
        return fault(bytesBeforeBuffer + next - (inMember ? inflater.getRemaining() : 0), fault);
    }

    private FormatException fault(long place, String fault) {
        return new FormatException(file, "gzip, byte %s: %s".formatted(place, fault));
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
