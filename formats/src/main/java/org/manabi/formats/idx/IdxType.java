package org.manabi.formats.idx;

import java.util.Optional;

/// The element types of IDX, by the third byte of the file.
public enum IdxType {
    /// Bytes 0 … 255: pixels and labels.
    UINT8(0x08, 1),
    /// Bytes −128 … 127.
    INT8(0x09, 1),
    /// 16-bit integers.
    INT16(0x0B, 2),
    /// 32-bit integers.
    INT32(0x0C, 4),
    /// 32-bit floating point.
    FLOAT32(0x0D, 4),
    /// 64-bit floating point.
    FLOAT64(0x0E, 8);

    private final int code;
    private final int bytes;

    IdxType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /// The byte that stands for this type in a file.
    public int code() {
        return code;
    }

    /// Bytes of one element.
    public int bytes() {
        return bytes;
    }

    static Optional<IdxType> ofCode(int code) {
        for (IdxType type : values()) {
            if (type.code == code) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
