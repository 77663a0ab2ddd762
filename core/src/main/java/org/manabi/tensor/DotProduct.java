package org.manabi.tensor;

/// Sums of products over all elements, in double and in one order whatever the number of threads:
/// pieces of fixed size, each in eight interleaved sums, added up from the first to the last.
final class DotProduct {

    /// Elements of a piece.
    static final int PIECE = 1 << 14;

    private static final int LANES = 8;

    private DotProduct() {}

    /// The number of pieces of a tensor.
    static int pieces(int size) {
        return (size + PIECE - 1) / PIECE;
    }

    /// The sum of one piece.
    static double piece(Tensor a, Tensor b, int piece) {
        int from = piece * PIECE;
        int count = Math.min(PIECE, a.size() - from);
        double[] sums = new double[LANES];
        if (a instanceof FloatTensor first && b instanceof FloatTensor second) {
            add(
                    first.array(),
                    first.offset() + from,
                    second.array(),
                    second.offset() + from,
                    count,
                    sums);
        } else {
            for (int i = 0; i < count; i++) {
                sums[i % LANES] += a.getAsDouble(from + i) * b.getAsDouble(from + i);
            }
        }
        double sum = 0;
        for (double lane : sums) {
            sum += lane;
        }
        return sum;
    }

    private static void add(float[] a, int ao, float[] b, int bo, int count, double[] sums) {
        int i = 0;
        for (; i <= count - LANES; i += LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                sums[lane] += (double) a[ao + i + lane] * b[bo + i + lane];
            }
        }
        for (; i < count; i++) {
            sums[i % LANES] += (double) a[ao + i] * b[bo + i];
        }
    }
}
