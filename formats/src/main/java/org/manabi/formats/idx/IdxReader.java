package org.manabi.formats.idx;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import org.manabi.formats.FileKind;
import org.manabi.formats.FormatException;

/// Reads one IDX file from a stream of its uncompressed bytes.
final class IdxReader {

    static final long UNKNOWN = -1;

    /// The first allocation where nothing justifies a larger one.
    private static final int SMALL = 1 << 16;

    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final InputStream in;
    private final String file;
    private final long length;
    private final long justified;

    /// @param length the number of bytes in the stream, or [#UNKNOWN]
    /// @param justified a number of bytes that it cannot exceed, or [#UNKNOWN]
    IdxReader(InputStream in, String file, long length, long justified) {
        this.in = in;
        this.file = file;
        this.length = length;
        this.justified = justified;
    }

    IdxArray read() throws IOException {
        Header header = header();
        if (header.bytes() > LARGEST_ARRAY) {
            throw fault(
                    "%s has %s bytes of data; at most %s can be read, so split the file"
                            .formatted(header.shape(), header.bytes(), LARGEST_ARRAY));
        }
        byte[] data = readData(header, (int) header.bytes());
        requireEnd(header);
        return IdxArray.decode(header.type(), header.dims(), data);
    }

    /// Reads to the end and keeps nothing but what there is to say.
    IdxDescription describe() throws IOException {
        Header header = header();
        IdxDescription.Survey survey = new IdxDescription.Survey(header.type(), header.dims());
        survey.write(header.raw());
        byte[] chunk = new byte[SMALL];
        for (long done = 0; done < header.bytes(); ) {
            int count = in.read(chunk, 0, (int) Math.min(SMALL, header.bytes() - done));
            if (count < 0) {
                throw truncated(header.shape(), header.all(), header.all() - header.bytes() + done);
            }
            survey.write(chunk, 0, count);
            done += count;
        }
        requireEnd(header);
        return survey.description();
    }

    /// What stands before the data, held against all that is known of the file.
    ///
    /// @param raw its bytes
    /// @param bytes how many follow
    @SuppressWarnings("ArrayRecordComponent") // lives while one file is read
    private record Header(IdxType type, long[] dims, byte[] raw, long bytes) {

        String shape() {
            return type + Arrays.toString(dims);
        }

        /// How many bytes there are with those of the header.
        long all() {
            return raw.length + bytes;
        }
    }

    private Header header() throws IOException {
        byte[] magic = in.readNBytes(4);
        IdxType type = checkMagic(magic);
        int rank = magic[3] & 0xFF;
        byte[] raw = Arrays.copyOf(magic, 4 + 4 * rank);
        long[] dims = readDims(raw);
        Header header = new Header(type, dims, raw, countBytes(type, dims));
        checkLength(header);
        return header;
    }

    private void requireEnd(Header header) throws IOException {
        if (in.read() >= 0) {
            throw tooLong(header.shape(), header.all());
        }
    }

    private IdxType checkMagic(byte[] magic) throws IOException {
        if (magic.length == 0) {
            throw fault("is empty; an IDX file begins with 00 00, a type and a rank");
        }
        if (magic.length >= 2 && (magic[0] != 0 || magic[1] != 0)) {
            throw wrongMagic(magic);
        }
        if (magic.length < 4) {
            throw fault("ends after %s of the 4 bytes of the magic number".formatted(magic.length));
        }
        int rank = magic[3] & 0xFF;
        if (rank == 0 || rank > IdxArray.MAX_RANK) {
            throw fault(
                    "byte 3: the rank is %s, outside 1 … %s".formatted(rank, IdxArray.MAX_RANK));
        }
        int code = magic[2] & 0xFF;
        return IdxType.ofCode(code)
                .orElseThrow(
                        () ->
                                fault(
                                        ("byte 2: %02X is no IDX type; there are 08 (UINT8),"
                                                        + " 09 (INT8), 0B (INT16), 0C (INT32),"
                                                        + " 0D (FLOAT32) and 0E (FLOAT64)")
                                                .formatted(code)));
    }

    private FormatException wrongMagic(byte[] magic) throws IOException {
        byte[] head = Arrays.copyOf(magic, FileKind.HEAD);
        int more = in.readNBytes(head, magic.length, head.length - magic.length);
        head = Arrays.copyOf(head, magic.length + more);
        String begin = HexFormat.ofDelimiter(" ").withUpperCase().formatHex(magic);
        String guess =
                isReversed(magic)
                        ? "the bytes of the header are in the reverse order;"
                                + " IDX is big-endian, write it anew"
                        : FileKind.guess(head)
                                .map("this looks like %s"::formatted)
                                .orElse("is it the file that you meant?");
        return fault("begins with %s, not with the 00 00 of IDX; %s".formatted(begin, guess));
    }

    private static boolean isReversed(byte[] magic) {
        return magic.length == 4
                && magic[2] == 0
                && magic[3] == 0
                && IdxType.ofCode(magic[1] & 0xFF).isPresent();
    }

    /// Reads the lengths of the axes behind the magic number.
    private long[] readDims(byte[] raw) throws IOException {
        int rank = raw.length / 4 - 1;
        int count = in.readNBytes(raw, 4, 4 * rank);
        if (count < 4 * rank) {
            throw fault(
                    "ends after %s bytes, inside the %s axis lengths of the header"
                            .formatted(4 + count, rank));
        }
        long[] dims = new long[rank];
        for (int i = 4; i < raw.length; i++) {
            dims[i / 4 - 1] = dims[i / 4 - 1] << 8 | (raw[i] & 0xFF);
        }
        return dims;
    }

    private long countBytes(IdxType type, long[] dims) {
        try {
            long bytes = Math.multiplyExact(IdxArray.countElements(dims), type.bytes());
            long all = Math.addExact(bytes, 4 + 4 * dims.length);
            return all - (4 + 4 * dims.length);
        } catch (ArithmeticException e) {
            throw fault(
                    "the header promises %s%s, more bytes than any file has; it is damaged"
                            .formatted(type, Arrays.toString(dims)));
        }
    }

    /// Compares the promise with what is known of the file, before anything is allocated.
    private void checkLength(Header header) {
        long promised = header.all();
        if (length != UNKNOWN && length < promised) {
            throw truncated(header.shape(), promised, length);
        }
        if (length != UNKNOWN && length > promised) {
            throw tooLong(header.shape(), promised);
        }
        if (justified != UNKNOWN && justified < promised) {
            throw fault(
                    ("the header promises %s, %s bytes in all, but a gzip file of this size"
                                    + " is taken to hold at most %s; copy or download it again")
                            .formatted(header.shape(), promised, justified));
        }
    }

    private byte[] readData(Header header, int bytes) throws IOException {
        byte[] data = new byte[length == UNKNOWN ? Math.min(bytes, firstAllocation()) : bytes];
        int have = 0;
        while (have < bytes) {
            if (have == data.length) {
                data = Arrays.copyOf(data, (int) Math.min(bytes, 2L * have));
            }
            int count = in.read(data, have, data.length - have);
            if (count < 0) {
                throw truncated(header.shape(), header.all(), header.raw().length + (long) have);
            }
            have += count;
        }
        return data;
    }

    /// Some megabytes and ten times the size of the gzip file: pictures of digits take five times,
    /// and more is got by doubling as the data comes.
    private int firstAllocation() {
        return justified == UNKNOWN ? SMALL : Math.clamp(justified / 20, SMALL, LARGEST_ARRAY);
    }

    private FormatException truncated(String shape, long promised, long have) {
        return fault(
                ("ends after %s bytes; the header promises %s, %s bytes in all, so %s are missing;"
                                + " copy or download it again")
                        .formatted(have, shape, promised, promised - have));
    }

    private FormatException tooLong(String shape, long promised) {
        return fault(
                ("the header promises %s, %s bytes in all, but the file has %s; the header is"
                                + " wrong or something was appended")
                        .formatted(shape, promised, length == UNKNOWN ? "more" : length));
    }

    private FormatException fault(String fault) {
        return new FormatException(file, fault);
    }
}
