package org.xerial.snappy;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Decompresses Snappy, in the place of snappy-java's class of this name, whose code is native.
///
/// Source: *Snappy compressed format description*, the format's own page (revision 2011-10-05).
public final class Snappy {

    private static final int LITERAL = 0;
    private static final int COPY_1 = 1;
    private static final int COPY_2 = 2;

    /// Literals from this tag on have their length in so many bytes more.
    private static final int LONG_LITERAL = 60;

    private final ByteBuffer in;
    private final ByteBuffer out;
    private final int start;

    private Snappy(ByteBuffer in, ByteBuffer out) {
        this.in = in;
        this.out = out;
        this.start = out.position();
    }

    /// Decompresses all of a buffer, from its position to its limit.
    ///
    /// @param uncompressed written from its position on; its limit is set behind the last byte
    /// @return how many bytes were written
    /// @throws IOException if the bytes are no such stream, or have no room
    public static int uncompress(ByteBuffer compressed, ByteBuffer uncompressed)
            throws IOException {
        Snappy snappy = new Snappy(compressed.duplicate(), uncompressed.duplicate());
        int length = snappy.run();
        uncompressed.limit(uncompressed.position() + length);
        compressed.position(compressed.limit());
        return length;
    }

    private int run() throws IOException {
        int length = length();
        if (length > out.remaining()) {
            throw new IOException(
                    "the Snappy stream has %d bytes, but there is room for %d"
                            .formatted(length, out.remaining()));
        }
        out.limit(start + length);
        while (in.hasRemaining()) {
            int tag = next();
            switch (tag & 3) {
                case LITERAL -> literal(tag >>> 2);
                case COPY_1 -> copy(4 + (tag >>> 2 & 7), (tag >>> 5) << 8 | next());
                case COPY_2 -> copy(1 + (tag >>> 2), little(2));
                default -> copy(1 + (tag >>> 2), little(4));
            }
        }
        if (out.hasRemaining()) {
            throw new IOException(
                    "the Snappy stream ends %d bytes too early".formatted(out.remaining()));
        }
        return length;
    }

    /// How many bytes will come out, seven bits in each byte, the lowest first.
    private int length() throws IOException {
        long length = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int one = next();
            length |= (long) (one & 0x7F) << shift;
            if (one < 0x80) {
                if (length > Integer.MAX_VALUE) {
                    break;
                }
                return (int) length;
            }
        }
        throw new IOException("the length of the Snappy stream is no number below 2³¹");
    }

    private int next() throws IOException {
        if (!in.hasRemaining()) {
            throw new IOException("the Snappy stream is cut off");
        }
        return in.get() & 0xFF;
    }

    private int little(int bytes) throws IOException {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) next() << (8 * i);
        }
        if (value > Integer.MAX_VALUE) {
            throw new IOException("the Snappy stream has the length or distance " + value);
        }
        return (int) value;
    }

    private void literal(int tag) throws IOException {
        int before = tag < LONG_LITERAL ? tag : little(tag - LONG_LITERAL + 1);
        if (before >= in.remaining() || before >= out.remaining()) {
            throw new IOException("a literal of the Snappy stream is longer than what remains");
        }
        int count = before + 1;
        out.put(out.position(), in, in.position(), count);
        out.position(out.position() + count);
        in.position(in.position() + count);
    }

    /// Repeats what came out so many bytes ago; the two may overlap.
    private void copy(int count, int distance) throws IOException {
        int at = out.position();
        if (distance == 0 || distance > at - start || count > out.remaining()) {
            throw new IOException(
                    "the Snappy stream repeats %d bytes from %d before, outside what there is"
                            .formatted(count, distance));
        }
        if (distance >= count) {
            out.put(at, out, at - distance, count);
        } else {
            for (int i = 0; i < count; i++) {
                out.put(at + i, out.get(at + i - distance));
            }
        }
        out.position(at + count);
    }
}
