package org.manabi.tensor;

/// Where randomness comes from: a number that names a purpose. Random numbers are a function of the
/// seed and its children's names alone, never of who asks first:
///
///     Seed.of(42).child("dropout-2").child(epoch).stream()
///
/// Children are mixed with the finalizer of SplitMix64, so neighboring seeds and names give unrelated
/// streams.
///
/// Source: Steele, Lea, Flood, *Fast Splittable Pseudorandom Number Generators* (OOPSLA 2014).
///
/// @param value the seed's 64 bits
public record Seed(long value) {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    public static Seed of(long value) {
        return new Seed(value);
    }

    /// The seed of a named purpose under this one.
    public Seed child(String purpose) {
        long hash = mix(value + GOLDEN);
        for (int i = 0; i < purpose.length(); i++) {
            hash = mix(hash ^ purpose.charAt(i)) + GOLDEN;
        }
        return new Seed(mix(hash ^ purpose.length()));
    }

    /// The seed of a numbered purpose under this one: an epoch, a sample.
    public Seed child(long number) {
        return new Seed(mix(mix(value + GOLDEN) ^ mix(number + 2 * GOLDEN)));
    }

    /// A fresh stream of random numbers that begins at this seed.
    public RandomStream stream() {
        return new RandomStream(value);
    }

    static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
