package org.manabi.data;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/// NumPy's legacy generator, number for number: what `np.random.seed(s)` and `np.random.choice`
/// give, `RandomState.of(s)` and [#choice(int, int)] give too.
///
/// Beneath lies the Mersenne Twister MT19937, a stream of 32-bit words with period 2¹⁹⁹³⁷ − 1.
/// NumPy has frozen this stream for good (NEP 19), so a lesson that was written with it can be
/// repeated to the last digit. For everything that need not equal NumPy, take
/// [org.manabi.tensor.Seed], whose numbers do not depend on who asks first.
///
/// All values are equal to NumPy's to the last bit, but for about one normal number in a thousand,
/// which differs in the last digit: it has passed through a logarithm, and C libraries round that
/// differently.
///
/// A generator is not safe for use by several threads.
///
/// Source: Matsumoto and Nishimura, *Mersenne Twister* (ACM TOMACS 8, 1998), and NumPy 1.24
/// (`mt19937.c`, `mtrand.pyx`, `distributions.c`).
public final class RandomState {

    private static final int LENGTH = 624;
    private static final int MIDDLE = 397;
    private static final long WORD = 0xFFFFFFFFL;

    /// How far the probabilities of a choice may be from a sum of 1: NumPy's bound, √(2⁻⁵²).
    private static final double SUM_TOLERANCE = 0x1p-26;

    private final int[] key;
    private int position;

    /// The second number of the last polar pair, or NaN when it has been handed out.
    private double spareNormal = Double.NaN;

    private RandomState(int[] key, int position) {
        this.key = key;
        this.position = position;
    }

    /// The generator after `np.random.seed(seed)`.
    ///
    /// @throws IllegalArgumentException unless `0 ≤ seed < 2³²`
    public static RandomState of(long seed) {
        if (seed < 0 || seed > WORD) {
            throw new IllegalArgumentException(
                    "seed %s is outside 0 … 4294967295, the seeds that NumPy knows"
                            .formatted(seed));
        }
        return new RandomState(expand((int) seed), LENGTH);
    }

    /// The generator after `np.random.seed([word, …])`; a single word in an array gives another
    /// stream than the same word by itself. Words are taken as unsigned.
    public static RandomState ofWords(int... words) {
        if (words.length == 0) {
            throw new IllegalArgumentException("a seed of no words; give at least one");
        }
        int[] key = expand(19650218);
        int i = 1;
        int j = 0;
        for (int k = Math.max(LENGTH, words.length); k > 0; k--) {
            key[i] = (key[i] ^ (stirred(key[i - 1]) * 1664525)) + words[j] + j;
            i = next(i, key);
            j = j + 1 < words.length ? j + 1 : 0;
        }
        for (int k = LENGTH - 1; k > 0; k--) {
            key[i] = (key[i] ^ (stirred(key[i - 1]) * 1566083941)) - i;
            i = next(i, key);
        }
        key[0] = 0x80000000; // so that the state is never all zeros
        return new RandomState(key, LENGTH);
    }

    private static int[] expand(int seed) {
        int[] key = new int[LENGTH];
        key[0] = seed;
        for (int i = 1; i < LENGTH; i++) {
            key[i] = 1812433253 * stirred(key[i - 1]) + i;
        }
        return key;
    }

    private static int stirred(int word) {
        return word ^ (word >>> 30);
    }

    private static int next(int i, int[] key) {
        if (i + 1 < LENGTH) {
            return i + 1;
        }
        key[0] = key[LENGTH - 1];
        return 1;
    }

    /// The next word of the stream, `0 … 2³² − 1`.
    public long nextUInt32() {
        return nextWord() & WORD;
    }

    private int nextWord() {
        if (position == LENGTH) {
            regenerate();
        }
        int word = key[position++];
        word ^= word >>> 11;
        word ^= (word << 7) & 0x9D2C5680;
        word ^= (word << 15) & 0xEFC60000;
        return word ^ (word >>> 18);
    }

    private void regenerate() {
        for (int i = 0; i < LENGTH; i++) {
            int mixed = (key[i] & 0x80000000) | (key[(i + 1) % LENGTH] & 0x7FFFFFFF);
            int twist = (mixed >>> 1) ^ (-(mixed & 1) & 0x9908B0DF);
            key[i] = key[(i + MIDDLE) % LENGTH] ^ twist;
        }
        position = 0;
    }

    private long nextUInt64() {
        long high = nextUInt32();
        return high << 32 | nextUInt32();
    }

    /// A whole number of `low … high − 1`, each equally likely: `np.random.randint(low, high)` of
    /// the type int64.
    ///
    /// @throws IllegalArgumentException if `low ≥ high`
    public long randint(long low, long high) {
        if (low >= high) {
            throw new IllegalArgumentException(
                    "randint from %s to %s: the upper end is left out and must be greater"
                            .formatted(low, high));
        }
        return low + upTo(high - 1 - low);
    }

    /// A number of `0 … bound`, unsigned and including `bound`: words are cut to the bits that
    /// `bound` has, and drawn again while too large.
    private long upTo(long bound) {
        if (bound == 0) {
            return 0; // without a draw, as NumPy does
        }
        long mask = -1L >>> Long.numberOfLeadingZeros(bound);
        boolean oneWord = mask >>> 32 == 0;
        while (true) {
            long value = (oneWord ? nextUInt32() : nextUInt64()) & mask;
            if (Long.compareUnsigned(value, bound) <= 0) {
                return value;
            }
        }
    }

    /// `size` numbers of `0 … n − 1` drawn with replacement, so that one may come twice:
    /// `np.random.choice(n, size)`, the chapter's mini-batch.
    ///
    /// @throws IllegalArgumentException if `n < 1` or `size < 0`
    public int[] choice(int n, int size) {
        requireChoice(n, size);
        int[] chosen = new int[size];
        for (int i = 0; i < size; i++) {
            chosen[i] = (int) upTo(n - 1L);
        }
        return chosen;
    }

    /// `size` different numbers of `0 … n − 1`: `np.random.choice(n, size, replace=False)`.
    ///
    /// @throws IllegalArgumentException if `n < 1` or `size` is outside `0 … n`
    public int[] choiceWithoutReplacement(int n, int size) {
        requireChoice(n, size);
        if (size > n) {
            throw new IllegalArgumentException(
                    "cannot choose %s different numbers from %s; choose with replacement, or fewer"
                            .formatted(size, n));
        }
        return Arrays.copyOf(permutation(n), size);
    }

    private static void requireChoice(int n, int size) {
        if (n < 1) {
            throw new IllegalArgumentException("cannot choose from %s numbers".formatted(n));
        }
        requireSize(size);
    }

    private static void requireSize(int size) {
        if (size < 0) {
            throw new IllegalArgumentException("cannot draw %s numbers".formatted(size));
        }
    }

    /// `size` numbers of `0 … p.length − 1` drawn with replacement, number `i` with probability
    /// `p[i]`: `np.random.choice(len(p), size, p=p)`.
    ///
    /// @throws IllegalArgumentException unless the probabilities are numbers of at least 0 whose
    ///     sum is 1 within 2⁻²⁶
    public int[] choice(double[] p, int size) {
        requireSize(size);
        double[] upper = cumulative(p);
        int[] chosen = new int[size];
        for (int i = 0; i < size; i++) {
            chosen[i] = firstAbove(randomSample(), upper);
        }
        return chosen;
    }

    private static double[] cumulative(double[] p) {
        double[] upper = new double[p.length];
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            if (!(p[i] >= 0)) {
                throw new IllegalArgumentException(
                        "probability %s at %s is not a number of at least 0".formatted(p[i], i));
            }
            sum += p[i];
            upper[i] = sum;
        }
        if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
            throw new IllegalArgumentException(
                    "the %s probabilities have the sum %s; divide each by it to make it 1"
                            .formatted(p.length, sum));
        }
        for (int i = 0; i < p.length; i++) {
            upper[i] /= sum;
        }
        return upper;
    }

    /// The first index whose value is above `sample`, which is below the last one.
    private static int firstAbove(double sample, double[] ascending) {
        int low = 0;
        int high = ascending.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sample < ascending[middle]) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /// The numbers `0 … n − 1` in random order: `np.random.permutation(n)`.
    ///
    /// @throws IllegalArgumentException if `n < 0`
    public int[] permutation(int n) {
        requireSize(n);
        int[] order = new int[n];
        Arrays.setAll(order, i -> i);
        shuffle(order);
        return order;
    }

    /// Brings `values` into random order (Fisher–Yates from the end): `np.random.shuffle(values)`.
    public void shuffle(int[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = (int) upTo(i);
            int swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }

    /// Uniform in [0, 1), a multiple of 2⁻⁵³: `np.random.random_sample()`, `np.random.rand()`.
    public double randomSample() {
        int high = nextWord() >>> 5; // 27 bits
        int low = nextWord() >>> 6; // 26 bits
        return (high * 0x1p26 + low) * 0x1p-53;
    }

    /// `size` calls of [#randomSample()].
    public double[] randomSample(int size) {
        requireSize(size);
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = randomSample();
        }
        return values;
    }

    /// Uniform in [low, high): `np.random.uniform(low, high)`, that is `low + (high − low) · r`.
    ///
    /// @throws IllegalArgumentException if `high − low` is not finite
    public double uniform(double low, double high) {
        double range = high - low;
        if (!Double.isFinite(range)) {
            throw new IllegalArgumentException(
                    "uniform from %s to %s: the range must be finite".formatted(low, high));
        }
        return low + range * randomSample();
    }

    /// `size` calls of [#uniform(double, double)].
    public double[] uniform(double low, double high, int size) {
        requireSize(size);
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = uniform(low, high);
        }
        return values;
    }

    /// A standard normal number: `np.random.randn()`. Marsaglia's polar method makes two at a time,
    /// the second is handed out at the next call:
    ///
    ///     x₁, x₂ uniform in [−1, 1) until 0 < s = x₁² + x₂² < 1
    ///     x₂ √(−2 ln s / s), then x₁ √(−2 ln s / s)
    public double randn() {
        if (!Double.isNaN(spareNormal)) {
            double spare = spareNormal;
            spareNormal = Double.NaN;
            return spare;
        }
        double x1;
        double x2;
        double square;
        do {
            x1 = 2 * randomSample() - 1;
            x2 = 2 * randomSample() - 1;
            square = x1 * x1 + x2 * x2;
        } while (square >= 1 || square == 0);
        double factor = Math.sqrt(-2 * PreciseLog.of(square) / square);
        spareNormal = factor * x1;
        return factor * x2;
    }

    /// `size` calls of [#randn()], in row-major order of any shape: `np.random.randn(size)`.
    public double[] randn(int size) {
        requireSize(size);
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = randn();
        }
        return values;
    }

    /// A normal number: `np.random.normal(mean, deviation)`, that is `mean + deviation · randn()`.
    ///
    /// @throws IllegalArgumentException if `deviation` is negative or not a number
    public double normal(double mean, double deviation) {
        if (!(deviation >= 0)) {
            throw new IllegalArgumentException(
                    "standard deviation %s is not a number of at least 0".formatted(deviation));
        }
        return mean + deviation * randn();
    }

    /// `size` calls of [#normal(double, double)].
    public double[] normal(double mean, double deviation, int size) {
        requireSize(size);
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = normal(mean, deviation);
        }
        return values;
    }

    /// Takes over another generator's state, without making anything new.
    void copyFrom(RandomState other) {
        System.arraycopy(other.key, 0, key, 0, LENGTH);
        position = other.position;
        spareNormal = other.spareNormal;
    }

    /// The whole state as a value; a generator restored from it goes on with the same numbers.
    public Snapshot snapshot() {
        return new Snapshot(
                Arrays.stream(key).boxed().toList(),
                position,
                Double.isNaN(spareNormal)
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(spareNormal));
    }

    /// A generator that goes on where the snapshot was taken.
    public static RandomState restore(Snapshot snapshot) {
        int[] key = snapshot.key().stream().mapToInt(Integer::intValue).toArray();
        RandomState restored = new RandomState(key, snapshot.position());
        restored.spareNormal = snapshot.spareNormal().orElse(Double.NaN);
        return restored;
    }

    /// The state of a generator, field by field as in `np.random.get_state()`.
    ///
    /// @param key the 624 words of MT19937
    /// @param position how many of them have been handed out, `0 … 624`
    /// @param spareNormal the second number of a polar pair that is still to be handed out
    public record Snapshot(List<Integer> key, int position, OptionalDouble spareNormal) {

        /// @throws IllegalArgumentException if this cannot be the state of a generator
        public Snapshot {
            key = List.copyOf(key);
            if (key.size() != LENGTH) {
                throw new IllegalArgumentException(
                        "a key of %s words; MT19937 has %s".formatted(key.size(), LENGTH));
            }
            if (position < 0 || position > LENGTH) {
                throw new IllegalArgumentException(
                        "position %s is outside 0 … %s".formatted(position, LENGTH));
            }
            if (spareNormal.isPresent() && !Double.isFinite(spareNormal.getAsDouble())) {
                throw new IllegalArgumentException(
                        "spare normal number %s is not finite"
                                .formatted(spareNormal.getAsDouble()));
            }
        }

        @Override
        public String toString() {
            return "RandomState[position=%s, spareNormal=%s]".formatted(position, spareNormal);
        }
    }
}
