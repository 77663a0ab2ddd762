package org.manabi.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Spreads the gradient behind windows of 2 × 2 where filters are neighbors: what
/// [WeightGradientTile] reads.
final class VectorUnpooling {

    private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
    private static final int LANES = SPECIES.length();
    private static final int WIDTH = WeightGradientTile.WIDTH;

    private VectorUnpooling() {}

    /// Writes `2·rows` × `width` positions of [#WIDTH] filters, zeros where an element did not win,
    /// and adds them to the bias' sums in that order.
    ///
    /// @param from `rows` × `width/2` gradients of pooled elements, filters being neighbors
    /// @param winners for each of them the winner's number, as a float, in the same array
    static void spread(
            int rows,
            int width,
            float[] array,
            int from,
            int winners,
            int to,
            float[] sums,
            int so) {
        FloatVector sum0 = FloatVector.fromArray(SPECIES, sums, so);
        FloatVector sum1 = FloatVector.fromArray(SPECIES, sums, so + LANES);
        FloatVector zero = FloatVector.zero(SPECIES);
        int columns = width / 2;
        for (int row = 0; row < 2 * rows; row++) {
            FloatVector left = FloatVector.broadcast(SPECIES, row % 2 * 2f);
            FloatVector right = left.add(1);
            int pooled = row / 2 * columns * WIDTH;
            int at = to + row * width * WIDTH;
            for (int i = 0; i < columns; i++) {
                int g = from + pooled + i * WIDTH;
                int w = winners + pooled + i * WIDTH;
                int position = at + 2 * i * WIDTH;
                FloatVector gradient = FloatVector.fromArray(SPECIES, array, g).add(zero);
                FloatVector winner = FloatVector.fromArray(SPECIES, array, w);
                FloatVector a = zero.blend(gradient, winner.compare(VectorOperators.EQ, left));
                FloatVector b = zero.blend(gradient, winner.compare(VectorOperators.EQ, right));
                a.intoArray(array, position);
                b.intoArray(array, position + WIDTH);
                sum0 = sum0.add(a).add(b);
                gradient = FloatVector.fromArray(SPECIES, array, g + LANES).add(zero);
                winner = FloatVector.fromArray(SPECIES, array, w + LANES);
                a = zero.blend(gradient, winner.compare(VectorOperators.EQ, left));
                b = zero.blend(gradient, winner.compare(VectorOperators.EQ, right));
                a.intoArray(array, position + LANES);
                b.intoArray(array, position + WIDTH + LANES);
                sum1 = sum1.add(a).add(b);
            }
            if (width % 2 != 0) {
                int position = at + (width - 1) * WIDTH;
                zero.intoArray(array, position);
                zero.intoArray(array, position + LANES);
            }
        }
        sum0.intoArray(sums, so);
        sum1.intoArray(sums, so + LANES);
    }
}
