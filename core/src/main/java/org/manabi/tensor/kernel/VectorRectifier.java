package org.manabi.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The gradient behind ReLU: what of a layer's gradient passes to the layer below.
final class VectorRectifier {

    private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
    private static final int LANES = SPECIES.length();

    private VectorRectifier() {}

    /// `dz = dy` where y is greater than 0, else 0.
    static void copy(int n, float[] dy, int dyo, float[] y, int yo, float[] dz, int dzo) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            copy(dy, dyo + i, y, yo + i, dz, dzo + i);
        }
        if (i < n && n >= LANES) {
            i = n - LANES; // some elements once more
            copy(dy, dyo + i, y, yo + i, dz, dzo + i);
        } else {
            for (; i < n; i++) {
                dz[dzo + i] = y[yo + i] > 0 ? dy[dyo + i] : 0;
            }
        }
    }

    private static void copy(float[] dy, int dyo, float[] y, int yo, float[] dz, int dzo) {
        FloatVector.zero(SPECIES)
                .blend(
                        FloatVector.fromArray(SPECIES, dy, dyo),
                        FloatVector.fromArray(SPECIES, y, yo).compare(VectorOperators.GT, 0))
                .intoArray(dz, dzo);
    }
}
