package org.manabi.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The one vector width of this process. Results do not depend on it.
final class VectorWidth {

    static final VectorSpecies<Float> SPECIES = species(FloatKernels.vectorBits(preferredBits()));

    private VectorWidth() {}

    /// The width at which the processor is best, 0 where that is none that the kernels know.
    static int preferredBits() {
        int bits = FloatVector.SPECIES_PREFERRED.vectorBitSize();
        return bits < 128 ? 0 : Math.min(512, Integer.highestOneBit(bits));
    }

    private static VectorSpecies<Float> species(int bits) {
        return switch (bits) {
            case 128 -> FloatVector.SPECIES_128;
            case 256 -> FloatVector.SPECIES_256;
            case 512 -> FloatVector.SPECIES_512;
            default -> throw new IllegalStateException("no vectors of " + bits + " bits");
        };
    }
}
