package org.manabi.formats.npy;

/// Brings elements from Fortran's order, where the first axis changes fastest, into C's, where the
/// last one does, and back.
final class Transposed {

    private Transposed() {}

    /// From the first axis fastest to the last axis fastest.
    ///
    /// @param dims the shape of the array
    static byte[] reverseAxes(byte[] data, int width, long... dims) {
        byte[] out = new byte[data.length];
        int rank = dims.length;
        long[] index = new long[rank];
        int count = data.length / width;
        int from = 0;
        for (int to = 0; to < count; to++) {
            System.arraycopy(data, from * width, out, to * width, width);
            int stride = count;
            for (int axis = rank - 1; axis >= 0; axis--) {
                stride /= (int) dims[axis];
                from += stride;
                if (++index[axis] < dims[axis]) {
                    break;
                }
                index[axis] = 0;
                from -= stride * (int) dims[axis];
            }
        }
        return out;
    }

    /// The axes in the reverse order.
    static long[] reversed(long... dims) {
        long[] out = new long[dims.length];
        for (int i = 0; i < dims.length; i++) {
            out[i] = dims[dims.length - 1 - i];
        }
        return out;
    }
}
