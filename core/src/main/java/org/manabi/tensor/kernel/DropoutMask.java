package org.manabi.tensor.kernel;

/// Which elements a dropout keeps: a function of the seed, of the sample's position in its batch and
/// of the element's position in its sample, so never of threads.
///
/// The two halves of a number drawn for the sample go into a mixer of 32 bits, of which the upper 24
/// are held against the rate.
///
/// Source: Wellons, *Prospecting for Hash Functions* (2018), lowbias32.
public final class DropoutMask {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /// Numbers that are drawn: 2²⁴.
    private static final int RANGE = 1 << 24;

    private DropoutMask() {}

    /// Writes 1 / (1 − rate) where an element is kept, else 0.
    public static void fill(
            long seed, double rate, int samples, int features, float[] mask, int mo) {
        int threshold = threshold(rate);
        float scale = (float) (1 / (1 - rate));
        for (int n = 0; n < samples; n++) {
            long key = key(seed, n);
            int low = (int) key;
            int high = (int) (key >>> 32);
            int to = mo + n * features;
            for (int j = 0; j < features; j++) {
                mask[to + j] = kept(j, low, high, threshold) * scale;
            }
        }
    }

    /// Writes 1 / (1 − rate) where an element is kept, else 0.
    public static void fill(
            long seed, double rate, int samples, int features, double[] mask, int mo) {
        int threshold = threshold(rate);
        double scale = 1 / (1 - rate);
        for (int n = 0; n < samples; n++) {
            long key = key(seed, n);
            int low = (int) key;
            int high = (int) (key >>> 32);
            int to = mo + n * features;
            for (int j = 0; j < features; j++) {
                mask[to + j] = kept(j, low, high, threshold) * scale;
            }
        }
    }

    private static int threshold(double rate) {
        return (int) Math.round(rate * RANGE);
    }

    private static long key(long seed, int sample) {
        long z = seed + (sample + 1) * GOLDEN;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /// 1 or 0, without a branch.
    private static int kept(int j, int low, int high, int threshold) {
        int h = j + low;
        h ^= h >>> 16;
        h *= 0x7feb352d;
        h ^= high;
        h ^= h >>> 15;
        h *= 0x846ca68b;
        h ^= h >>> 16;
        return 1 + (((h >>> 8) - threshold) >> 31);
    }
}
