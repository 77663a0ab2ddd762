package org.manabi.formats.npy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.manabi.formats.FileKind;
import org.manabi.formats.FormatException;
import org.manabi.formats.array.ElementType;
import org.manabi.formats.array.NumericArray;

/// Reads one npy file from a stream whose length is known.
final class NpyReader {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MAX_HEADER = 10_000;
    private static final int CHUNK = 1 << 18; // a multiple of every element's length
    private static final int FIRST_ALLOCATION = 1 << 20;

    private final InputStream in;
    private final String file;
    private final long length;
    private final int headerBytes;
    private final NpyHeader header;

    /// Reads the header.
    NpyReader(InputStream in, String file, long length) throws IOException {
        this.in = in;
        this.file = file;
        this.length = length;
        byte[] start = in.readNBytes(8);
        checkMagic(start);
        int width = start[6] == 1 ? 2 : 4;
        byte[] count = in.readNBytes(width);
        if (count.length < width) {
            throw fault("ends inside the length of its header");
        }
        long promised = 0;
        for (int i = width - 1; i >= 0; i--) {
            promised = promised << 8 | (count[i] & 0xFF);
        }
        if (promised > MAX_HEADER) {
            throw fault(
                    "promises a header of %d bytes, but %d are the most"
                            .formatted(promised, MAX_HEADER));
        }
        byte[] text = in.readNBytes((int) promised);
        if (text.length < promised) {
            throw fault(
                    "ends after %d of the %d bytes of its header".formatted(text.length, promised));
        }
        int begin = 8 + width;
        headerBytes = begin + text.length;
        header = new NpyHeaderParser(decode(text, start[6]), file, begin).parse();
        checkLength();
    }

    private void checkMagic(byte[] start) throws IOException {
        if (start.length == 0) {
            throw fault("is empty; an npy file begins with 93 NUMPY");
        }
        int same = Arrays.mismatch(start, MAGIC);
        if (same >= 0 && same < MAGIC.length) {
            byte[] head = Arrays.copyOf(start, FileKind.HEAD);
            int more = in.readNBytes(head, start.length, head.length - start.length);
            throw fault(
                    "does not begin with the 93 NUMPY of npy"
                            + FileKind.guess(Arrays.copyOf(head, start.length + more))
                                    .map("; this looks like %s"::formatted)
                                    .orElse(""));
        }
        if (start.length < 8) {
            throw fault(
                    "ends after %d of the 8 bytes that npy begins with".formatted(start.length));
        }
        if (start[6] < 1 || start[6] > 3 || start[7] != 0) {
            throw fault(
                    "is of version %d.%d; there are 1.0, 2.0 and 3.0"
                            .formatted(start[6] & 0xFF, start[7] & 0xFF));
        }
    }

    private String decode(byte[] text, byte version) {
        Charset charset = version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(text)).toString();
        } catch (CharacterCodingException e) {
            throw fault("the header is not UTF-8");
        }
    }

    private void checkLength() {
        long width = header.type().bytes();
        boolean countable = Math.multiplyHigh(header.size(), width) == 0;
        long bytes = header.size() * width;
        long have = length - headerBytes;
        if (!countable || bytes < 0 || have != bytes) {
            throw fault(
                    "the header promises %s, %s bytes of data, but %d follow; %s"
                            .formatted(
                                    header,
                                    countable && bytes >= 0 ? bytes : "too many",
                                    have,
                                    countable && have > bytes
                                            ? "something was appended"
                                            : "the file is cut short, copy it again"));
        }
    }

    NpyHeader header() {
        return header;
    }

    /// Reads the numbers.
    NumericArray array() throws IOException {
        long bytes = header.size() * header.type().bytes();
        if (bytes > Integer.MAX_VALUE - 8) {
            throw fault("%s has 2 GiB or more, too many for one array".formatted(header));
        }
        byte[] data = new byte[(int) Math.min(bytes, FIRST_ALLOCATION)];
        int have = 0;
        while (have < bytes) {
            if (have == data.length) {
                data = Arrays.copyOf(data, (int) Math.min(bytes, 2L * have));
            }
            int count = in.readNBytes(data, have, data.length - have);
            if (count == 0) {
                throw cutShort(have, bytes);
            }
            have += count;
        }
        requireEnd();
        check(data, have, 0);
        if (header.bigEndian()) {
            reverse(data, header.type().bytes());
        }
        if (header.fortranOrder()) {
            data = toRowMajor(data);
        }
        return NumericArray.of(header.type(), header.dims(), ByteBuffer.wrap(data));
    }

    /// Reads to the end without keeping anything, so that all that can be wrong is found.
    void verify() throws IOException {
        long bytes = header.size() * header.type().bytes();
        byte[] chunk = new byte[CHUNK];
        for (long done = 0; done < bytes; ) {
            int count = in.readNBytes(chunk, 0, (int) Math.min(CHUNK, bytes - done));
            if (count == 0) {
                throw cutShort(done, bytes);
            }
            check(chunk, count, done);
            done += count;
        }
        requireEnd();
    }

    private FormatException cutShort(long have, long bytes) {
        return fault("ends after %d of %d bytes of data; copy it again".formatted(have, bytes));
    }

    private void requireEnd() throws IOException {
        if (in.read() >= 0) {
            throw fault("has more bytes than its header promises; something was appended");
        }
    }

    /// Truth values are bytes 0 or 1.
    private void check(byte[] data, int count, long first) {
        if (header.type() != ElementType.BOOL) {
            return;
        }
        for (int i = 0; i < count; i++) {
            if ((data[i] & 0xFE) != 0) {
                throw fault(
                        "truth value %d is %d, neither 0 nor 1"
                                .formatted(first + i, data[i] & 0xFF));
            }
        }
    }

    private static void reverse(byte[] data, int width) {
        for (int i = 0; i < data.length; i += width) {
            for (int a = i, b = i + width - 1; a < b; a++, b--) {
                byte kept = data[a];
                data[a] = data[b];
                data[b] = kept;
            }
        }
    }

    private byte[] toRowMajor(byte[] data) {
        return Transposed.reverseAxes(data, header.type().bytes(), header.dims());
    }

    private FormatException fault(String fault) {
        return new FormatException(file, fault);
    }
}
