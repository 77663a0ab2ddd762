package org.manabi.formats.onnx;

import java.util.Optional;
import org.manabi.formats.array.ElementType;

/// The numbers by which ONNX files name types of elements.
///
/// Source: `onnx.proto3`, `TensorProto.DataType`.
public final class OnnxTypes {

    private OnnxTypes() {}

    /// The type of a number; empty if it is not read.
    public static Optional<ElementType> ofCode(long code) {
        return code < 1 || code > 16
                ? Optional.empty()
                : Optional.ofNullable(
                        switch ((int) code) {
                            case 1 -> ElementType.FLOAT32;
                            case 2 -> ElementType.UINT8;
                            case 3 -> ElementType.INT8;
                            case 4 -> ElementType.UINT16;
                            case 5 -> ElementType.INT16;
                            case 6 -> ElementType.INT32;
                            case 7 -> ElementType.INT64;
                            case 9 -> ElementType.BOOL;
                            case 10 -> ElementType.FLOAT16;
                            case 11 -> ElementType.FLOAT64;
                            case 12 -> ElementType.UINT32;
                            case 13 -> ElementType.UINT64;
                            case 16 -> ElementType.BFLOAT16;
                            default -> null;
                        });
    }

    /// The number of a type.
    public static int code(ElementType type) {
        return switch (type) {
            case FLOAT32 -> 1;
            case UINT8 -> 2;
            case INT8 -> 3;
            case UINT16 -> 4;
            case INT16 -> 5;
            case INT32 -> 6;
            case INT64 -> 7;
            case BOOL -> 9;
            case FLOAT16 -> 10;
            case FLOAT64 -> 11;
            case UINT32 -> 12;
            case UINT64 -> 13;
            case BFLOAT16 -> 16;
        };
    }

    /// What a number that is not read stands for.
    static String name(long code) {
        return code == 8
                ? "text"
                : code == 14 || code == 15 ? "complex numbers" : "elements of type " + code;
    }
}
