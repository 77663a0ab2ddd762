package org.manabi.data;

import java.util.Arrays;
import java.util.OptionalDouble;

/// How NumPy's newer generators turn a seed into a state: only to reach the state from which the
/// files `mt19937-testset-*.csv` begin.
///
/// Source: NumPy 1.24, `bit_generator.pyx` (`SeedSequence`) and `_mt19937.pyx`.
final class SeedSequence {

    private static final int POOL = 4;

    private int hash = 0x43b0d7e5;

    private SeedSequence() {}

    /// The state of `MT19937(seed)`. The position is NumPy's: 623, so that one old word goes first.
    static RandomState.Snapshot mt19937(long seed) {
        int[] pool = new SeedSequence().pool((int) seed);
        int[] key = generate(pool, 624);
        key[0] = 0x80000000;
        return new RandomState.Snapshot(
                Arrays.stream(key).boxed().toList(), 623, OptionalDouble.empty());
    }

    private int[] pool(int seed) {
        int[] pool = new int[POOL];
        for (int i = 0; i < POOL; i++) {
            pool[i] = hashed(i == 0 ? seed : 0);
        }
        for (int from = 0; from < POOL; from++) {
            for (int to = 0; to < POOL; to++) {
                if (from != to) {
                    pool[to] = mixed(pool[to], hashed(pool[from]));
                }
            }
        }
        return pool;
    }

    private int hashed(int value) {
        value ^= hash;
        hash *= 0x931e8875;
        value *= hash;
        return value ^ (value >>> 16);
    }

    private static int mixed(int x, int y) {
        int result = 0xca01f9dd * x - 0x4973f715 * y;
        return result ^ (result >>> 16);
    }

    private static int[] generate(int[] pool, int words) {
        int hash = 0x8b51f9dd;
        int[] state = new int[words];
        for (int i = 0; i < words; i++) {
            int value = pool[i % POOL] ^ hash;
            hash *= 0x58f38ded;
            value *= hash;
            state[i] = value ^ (value >>> 16);
        }
        return state;
    }
}
