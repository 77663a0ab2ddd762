package org.manabi.formats.safetensors;

import org.manabi.formats.FormatException;

/// Checks that the tensors of a header fill the data: from its first byte to its last, with neither
/// hole nor overlap, each with exactly the bytes that its shape needs. All in unsigned 64 bits.
final class Layout {

    private final String file;
    private final long dataBytes;

    Layout(String file, long dataBytes) {
        this.file = file;
        this.dataBytes = dataBytes;
    }

    void check(SafetensorsHeader header) {
        long end = 0;
        for (StoredTensor tensor : header.tensors().values()) {
            checkBegin(tensor, end);
            checkSize(tensor);
            end = tensor.end();
        }
        if (end != dataBytes) {
            throw new FormatException(
                    file,
                    "the header describes "
                            + unsigned(end)
                            + " bytes of data, but "
                            + dataBytes
                            + (Long.compareUnsigned(end, dataBytes) > 0
                                    ? " are there; the file is cut short, copy it again"
                                    : " follow it; the rest belongs to no tensor"));
        }
    }

    private void checkBegin(StoredTensor tensor, long end) {
        if (tensor.begin() != end) {
            boolean overlap = Long.compareUnsigned(tensor.begin(), end) < 0;
            throw fault(
                    tensor,
                    "begins at byte "
                            + unsigned(tensor.begin())
                            + " of the data, but the bytes before it end at "
                            + unsigned(end)
                            + (overlap ? "; two tensors overlap" : "; there is a hole"));
        }
    }

    private void checkSize(StoredTensor tensor) {
        if (Long.compareUnsigned(tensor.end(), tensor.begin()) < 0) {
            throw fault(
                    tensor,
                    "ends at byte "
                            + unsigned(tensor.end())
                            + ", before it begins at "
                            + unsigned(tensor.begin()));
        }
        long bits = bits(tensor);
        if (bits % 8 != 0 || bits >>> 3 != tensor.bytes()) {
            throw fault(
                    tensor,
                    "needs "
                            + Long.divideUnsigned(bits, 8)
                            + (bits % 8 == 0 ? " bytes" : " bytes and a part of one")
                            + ", but its data_offsets span "
                            + unsigned(tensor.bytes()));
        }
    }

    private long bits(StoredTensor tensor) {
        try {
            long bits = 1;
            for (long axis : tensor.shape()) {
                bits = Math.unsignedMultiplyExact(bits, axis);
            }
            return Math.unsignedMultiplyExact(bits, (long) tensor.type().bits());
        } catch (ArithmeticException e) {
            throw fault(tensor, "has more bits than 64 bits can count");
        }
    }

    private FormatException fault(StoredTensor tensor, String fault) {
        return new FormatException(file, "tensor " + tensor + " " + fault);
    }

    private static String unsigned(long number) {
        return Long.toUnsignedString(number);
    }
}
