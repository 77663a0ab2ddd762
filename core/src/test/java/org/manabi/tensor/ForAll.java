package org.manabi.tensor;

import java.util.function.Consumer;

/// Properties that hold for every random stream, tried on some of them. A failure prints its seed.
public final class ForAll {

    private ForAll() {}

    /// Runs `property` on the streams of the seeds 0 … `seeds` − 1.
    public static void seeds(int seeds, Consumer<RandomStream> property) {
        for (int seed = 0; seed < seeds; seed++) {
            try {
                property.accept(Seed.of(seed).stream());
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
