package org.manabi.formats.npy;

import java.util.Arrays;
import org.manabi.formats.array.ElementType;
import org.manabi.formats.array.NumericArray;

/// What the header of an npy file says.
final class NpyHeader {

    private final ElementType type;
    private final boolean bigEndian;
    private final boolean fortranOrder;
    private final long[] dims;

    NpyHeader(ElementType type, boolean bigEndian, boolean fortranOrder, long[] dims) {
        this.type = type;
        this.bigEndian = bigEndian;
        this.fortranOrder = fortranOrder;
        this.dims = dims;
    }

    ElementType type() {
        return type;
    }

    boolean bigEndian() {
        return bigEndian;
    }

    /// Whether the first axis changes fastest.
    boolean fortranOrder() {
        return fortranOrder;
    }

    long[] dims() {
        return dims.clone();
    }

    /// The number of elements; −1 if 63 bits cannot count them.
    long size() {
        return NumericArray.count(dims);
    }

    @Override
    public String toString() {
        return type + Arrays.toString(dims);
    }
}
