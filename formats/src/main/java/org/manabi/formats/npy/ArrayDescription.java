package org.manabi.formats.npy;

import java.util.List;
import java.util.stream.LongStream;
import org.manabi.formats.array.ElementType;

/// An array without its numbers.
///
/// @param name in an npz file; empty for an npy file
/// @param dims the axes, outermost first
/// @param order in which the elements lie in the file
/// @param bigEndian whether each number's upper byte comes first
public record ArrayDescription(
        String name, ElementType type, List<Long> dims, Order order, boolean bigEndian) {

    public ArrayDescription {
        dims = List.copyOf(dims);
    }

    static ArrayDescription of(String name, NpyHeader header) {
        return new ArrayDescription(
                name,
                header.type(),
                LongStream.of(header.dims()).boxed().toList(),
                header.fortranOrder() ? Order.FORTRAN : Order.C,
                header.bigEndian());
    }

    /// The number of elements.
    public long size() {
        return dims.stream().reduce(1L, (a, b) -> a * b);
    }

    /// The type and the shape, such as `FLOAT32[2, 3]`.
    @Override
    public String toString() {
        return type
                + dims.toString()
                + (order == Order.FORTRAN ? ", in Fortran's order" : "")
                + (bigEndian ? ", big-endian" : "");
    }
}
