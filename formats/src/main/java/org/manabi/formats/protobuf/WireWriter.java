package org.manabi.formats.protobuf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Writes the fields of one protobuf message, in the order in which they are given.
///
/// Source: *Protocol Buffers, Encoding*, protobuf.dev.
public final class WireWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private WireWriter() {}

    /// The bytes of a message.
    public static byte[] message(Consumer<WireWriter> fields) {
        WireWriter writer = new WireWriter();
        fields.accept(writer);
        return writer.out.toByteArray();
    }

    /// A whole number.
    public WireWriter integer(int field, long value) {
        varint((long) field << 3);
        varint(value);
        return this;
    }

    /// A 32-bit floating-point number.
    public WireWriter real32(int field, float value) {
        varint((long) field << 3 | 5);
        fixed(Float.floatToRawIntBits(value), 4);
        return this;
    }

    /// A 64-bit floating-point number.
    public WireWriter real64(int field, double value) {
        varint((long) field << 3 | 1);
        fixed(Double.doubleToRawLongBits(value), 8);
        return this;
    }

    /// A text.
    public WireWriter text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /// A sequence of bytes.
    public WireWriter bytes(int field, byte[] value) {
        varint((long) field << 3 | 2);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    /// A message within this one.
    public WireWriter message(int field, Consumer<WireWriter> fields) {
        return bytes(field, message(fields));
    }

    /// 64-bit floating-point numbers packed together.
    public WireWriter packed(int field, double... values) {
        return message(
                field,
                packed -> {
                    for (double value : values) {
                        packed.fixed(Double.doubleToRawLongBits(value), 8);
                    }
                });
    }

    /// Whole numbers packed together.
    public WireWriter packed(int field, long... values) {
        return message(
                field,
                packed -> {
                    for (long value : values) {
                        packed.varint(value);
                    }
                });
    }

    private void fixed(long bits, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (bits >>> (8 * i)));
        }
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
