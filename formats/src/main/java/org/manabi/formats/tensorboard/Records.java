package org.manabi.formats.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// The frame around each event:
///
///     length, 8 bytes | masked CRC-32C of these | the event | masked CRC-32C of the event
///
/// all little-endian. Source: TensorFlow, `record_writer.cc`.
final class Records {

    /// The length and its checksum.
    static final int HEAD = 12;

    /// The checksum of the event.
    static final int TAIL = 4;

    private static final int MASK = 0xA282EAD8;

    private Records() {}

    /// The checksum of some bytes, turned so that checksums of checksums are no trivial numbers.
    static int masked(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        int sum = (int) crc.getValue();
        return ((sum >>> 15) | (sum << 17)) + MASK;
    }

    /// An event in its frame.
    static ByteBuffer framed(byte[] event) {
        ByteBuffer record =
                ByteBuffer.allocate(HEAD + event.length + TAIL).order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(event.length);
        record.putInt(masked(record.slice(0, Long.BYTES)));
        record.put(event);
        record.putInt(masked(ByteBuffer.wrap(event)));
        return record.flip();
    }
}
