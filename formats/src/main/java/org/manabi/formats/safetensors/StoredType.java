package org.manabi.formats.safetensors;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.manabi.tensor.DType;

/// A type of elements in a safetensors file. The order is that of the Rust implementation, by
/// alignment, and decides where a writer puts a tensor.
public enum StoredType {
    BOOL(8, DType.UINT8),
    F4(4, null),
    F6_E2M3(6, null),
    F6_E3M2(6, null),
    U8(8, DType.UINT8),
    I8(8, DType.INT32),
    F8_E5M2(8, null),
    F8_E4M3(8, null),
    F8_E8M0(8, null),
    F8_E4M3FNUZ(8, null),
    F8_E5M2FNUZ(8, null),
    I16(16, DType.INT32),
    U16(16, DType.INT32),
    F16(16, DType.FLOAT32),
    BF16(16, DType.FLOAT32),
    I32(32, DType.INT32),
    U32(32, null),
    F32(32, DType.FLOAT32),
    C64(64, null),
    F64(64, DType.FLOAT64),
    I64(64, null),
    U64(64, null);

    private final int bits;
    private final @Nullable DType dtype;

    StoredType(int bits, @Nullable DType dtype) {
        this.bits = bits;
        this.dtype = dtype;
    }

    /// Bits of one element.
    public int bits() {
        return bits;
    }

    /// The type of tensor that holds every value of this type exactly; empty if there is none.
    public Optional<DType> dtype() {
        return Optional.ofNullable(dtype);
    }

    /// How tensors of a type are stored.
    public static StoredType of(DType dtype) {
        return switch (dtype) {
            case FLOAT32 -> F32;
            case FLOAT64 -> F64;
            case INT32 -> I32;
            case UINT8 -> U8;
        };
    }

    /// The type of this name in the file, if there is one; upper case matters.
    static Optional<StoredType> named(String name) {
        for (StoredType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
