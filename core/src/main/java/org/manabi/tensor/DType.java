package org.manabi.tensor;

/// The type of a tensor's elements.
public enum DType {
    /// 32-bit floating point: what training runs in.
    FLOAT32(4),
    /// 64-bit floating point: what gradients are checked in.
    FLOAT64(8),
    /// 32-bit integers: class labels and indices.
    INT32(4),
    /// Unsigned bytes, 0 … 255: pixels as they lie in the file.
    UINT8(1);

    private final int bytes;

    DType(int bytes) {
        this.bytes = bytes;
    }

    /// Bytes of one element.
    public int bytes() {
        return bytes;
    }

    /// Whether a gradient can flow through tensors of this type.
    public boolean isFloating() {
        return this == FLOAT32 || this == FLOAT64;
    }
}
