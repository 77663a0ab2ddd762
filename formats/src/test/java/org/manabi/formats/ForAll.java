package org.manabi.formats;

import java.util.SplittableRandom;
import java.util.function.Consumer;

/// Checks a property for many seeds; the one for which it fails is printed.
public final class ForAll {

    private ForAll() {}

    /// Runs `property` with a random generator for each of the seeds `0 … count − 1`.
    public static void seeds(int count, Consumer<SplittableRandom> property) {
        for (int seed = 0; seed < count; seed++) {
            try {
                property.accept(new SplittableRandom(seed));
            } catch (Throwable failure) {
                throw new AssertionError("fails for seed " + seed + ": " + failure, failure);
            }
        }
    }
}
