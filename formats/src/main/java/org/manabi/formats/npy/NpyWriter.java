package org.manabi.formats.npy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.manabi.formats.array.ElementType;
import org.manabi.formats.array.NumericArray;

/// Writes npy 1.0, the numbers little-endian.
final class NpyWriter {

    private static final int ALIGNMENT = 64;
    private static final int PREFIX = 10;

    private NpyWriter() {}

    /// The magic number, the version, the length and the dictionary.
    static byte[] header(NumericArray array, Order order) {
        String text =
                "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }"
                        .formatted(
                                descr(array.type()),
                                order == Order.FORTRAN ? "True" : "False",
                                tuple(array.dims()));
        int length = (PREFIX + text.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        byte[] header = new byte[length];
        Arrays.fill(header, (byte) ' ');
        byte[] magic = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
        System.arraycopy(magic, 0, header, 0, magic.length);
        header[8] = (byte) (length - PREFIX);
        header[9] = (byte) ((length - PREFIX) >> 8);
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(ascii, 0, header, PREFIX, ascii.length);
        header[length - 1] = '\n';
        return header;
    }

    /// The numbers in the order that they have in the file.
    static ByteBuffer data(NumericArray array, Order order) {
        if (order == Order.C || array.rank() < 2) {
            return array.bytes();
        }
        byte[] rowMajor = new byte[array.bytes().remaining()];
        array.bytes().get(rowMajor);
        // An array in Fortran's order is its transpose in C's.
        return ByteBuffer.wrap(
                Transposed.reverseAxes(
                        rowMajor, array.type().bytes(), Transposed.reversed(array.dims())));
    }

    private static String tuple(long... dims) {
        String axes =
                Arrays.stream(dims).mapToObj(Long::toString).collect(Collectors.joining(", "));
        return dims.length == 1 ? "(" + axes + ",)" : "(" + axes + ")";
    }

    private static String descr(ElementType type) {
        return switch (type) {
            case BOOL -> "|b1";
            case INT8 -> "|i1";
            case UINT8 -> "|u1";
            case INT16 -> "<i2";
            case UINT16 -> "<u2";
            case INT32 -> "<i4";
            case UINT32 -> "<u4";
            case INT64 -> "<i8";
            case UINT64 -> "<u8";
            case FLOAT16 -> "<f2";
            case FLOAT32 -> "<f4";
            case FLOAT64 -> "<f8";
            case BFLOAT16 ->
                    throw new IllegalArgumentException(
                            "NumPy has no bfloat16; convert the array to FLOAT32 first");
        };
    }
}
