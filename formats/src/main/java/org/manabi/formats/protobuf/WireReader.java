package org.manabi.formats.protobuf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.manabi.formats.FormatException;

/// Reads the fields of one protobuf message, strictly: whatever the bytes are, the answer is a value
/// or a [FormatException] that names the byte.
///
///     while (in.next()) {
///         switch (in.field()) {
///             case 1 -> name = in.text();
///             default -> in.skip();
///         }
///     }
///
/// Source: *Protocol Buffers, Encoding*, protobuf.dev.
public final class WireReader {

    /// How deep messages may lie in messages.
    private static final int MAX_DEPTH = 64;

    /// The longest text: many times what names and descriptions have.
    private static final int MAX_TEXT = 1 << 20;

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final ByteBuffer in;
    private final String file;
    private final long start;
    private final int depth;
    private int field;
    private int wireType;

    private WireReader(ByteBuffer in, String file, long start, int depth) {
        this.in = in.slice().order(ByteOrder.LITTLE_ENDIAN);
        this.file = file;
        this.start = start;
        this.depth = depth;
    }

    /// A reader of an outermost message.
    ///
    /// @param file what errors call it
    public static WireReader of(ByteBuffer message, String file) {
        return new WireReader(message, file, 0, 0);
    }

    /// Goes to the next field; `false` at the end of the message.
    public boolean next() {
        if (!in.hasRemaining()) {
            return false;
        }
        long key = varint64();
        field = (int) (key >>> 3);
        wireType = (int) (key & 7);
        if (key >>> 3 == 0 || key >>> 3 > 536_870_911) {
            throw fault("%d is no field number".formatted(key >>> 3));
        }
        boolean known =
                wireType == VARINT
                        || wireType == FIXED64
                        || wireType == BYTES
                        || wireType == FIXED32;
        if (!known) {
            throw fault("field %d has the wire type %d".formatted(field, wireType));
        }
        return true;
    }

    /// The number of the field.
    public int field() {
        return field;
    }

    /// Whether the field is a sequence of bytes, as packed numbers are.
    public boolean isBytes() {
        return wireType == BYTES;
    }

    /// Goes over the field's value.
    public void skip() {
        switch (wireType) {
            case VARINT -> varint64();
            case FIXED64 -> take(8);
            case BYTES -> bytes();
            default -> take(4);
        }
    }

    /// A whole number.
    public long integer() {
        require(VARINT, "a whole number");
        return varint64();
    }

    /// A 32-bit floating-point number.
    public float real32() {
        require(FIXED32, "a 32-bit number");
        return in.getFloat(take(4));
    }

    /// A 64-bit floating-point number.
    public double real64() {
        require(FIXED64, "a 64-bit number");
        return in.getDouble(take(8));
    }

    /// A view of a sequence of bytes.
    public ByteBuffer bytes() {
        require(BYTES, "a sequence of bytes");
        long length = varint64();
        if (length < 0 || length > in.remaining()) {
            throw fault(
                    "field %d promises %s bytes, but %d are left; the file is cut short or damaged"
                            .formatted(field, Long.toUnsignedString(length), in.remaining()));
        }
        int at = take((int) length);
        return in.slice(at, (int) length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// A text in UTF-8.
    public String text() {
        long at = place();
        ByteBuffer bytes = bytes();
        if (bytes.remaining() > MAX_TEXT) {
            throw fault(
                    "field %d is a text of %d bytes; at most %d are read"
                            .formatted(field, bytes.remaining(), MAX_TEXT));
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(bytes)
                    .toString();
        } catch (CharacterCodingException e) {
            throw new FormatException(
                    file, "byte %d: the text of field %d is not UTF-8".formatted(at, field));
        }
    }

    /// A reader of a message within this one.
    public WireReader message() {
        if (depth == MAX_DEPTH) {
            throw fault("messages lie more than %d deep in each other".formatted(MAX_DEPTH));
        }
        ByteBuffer content = bytes();
        return new WireReader(
                content, file, start + in.position() - content.remaining(), depth + 1);
    }

    /// What is done with each of some numbers.
    @FunctionalInterface
    public interface LongConsumer {

        /// Takes one number.
        void accept(long value);
    }

    /// The whole numbers of the field: one, or many packed together.
    public void integers(LongConsumer consumer) {
        if (wireType != BYTES) {
            consumer.accept(integer());
            return;
        }
        WireReader packed = message();
        while (packed.in.hasRemaining()) {
            consumer.accept(packed.varint64());
        }
    }

    private void require(int expected, String what) {
        if (wireType != expected) {
            throw fault("field %d is not %s".formatted(field, what));
        }
    }

    private long varint64() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (!in.hasRemaining()) {
                throw fault("ends inside a number");
            }
            byte b = in.get();
            if (shift == 63 && (b & 0xFE) != 0) {
                break;
            }
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw fault("a number has more than 64 bits");
    }

    /// Goes over some bytes and returns where they began.
    private int take(int count) {
        if (count > in.remaining()) {
            throw fault("ends inside field %d".formatted(field));
        }
        int at = in.position();
        in.position(at + count);
        return at;
    }

    private long place() {
        return start + in.position();
    }

    /// The exception for a fault at this place.
    public FormatException fault(String fault) {
        return new FormatException(file, "byte %d: %s".formatted(place(), fault));
    }
}
