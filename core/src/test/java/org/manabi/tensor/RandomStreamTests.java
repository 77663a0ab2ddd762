package org.manabi.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Samples are drawn from fixed seeds, so that these tests pass or fail for good. Statistics may be
/// off by five of their standard deviations, which chance alone does once in two million.
class RandomStreamTests {

    private static final int DRAWS = 200_000;
    private static final double DEVIATIONS = 5;

    /// The JDK's SplittableRandom is SplitMix64 with the same increment.
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 42, -1, Long.MIN_VALUE})
    void wordsAreThoseOfSplitMix64(long seed) {
        RandomStream stream = Seed.of(seed).stream();
        SplittableRandom reference = new SplittableRandom(seed);

        for (int i = 0; i < 100; i++) {
            assertThat(stream.nextLong()).isEqualTo(reference.nextLong());
        }
    }

    /// From Vigna's splitmix64.c, as published at rosettacode.org for the seed 1234567.
    @Test
    void wordsAreThePublishedOnes() {
        RandomStream stream = Seed.of(1234567).stream();

        assertThat(stream.nextLong()).isEqualTo(6457827717110365317L);
        assertThat(stream.nextLong()).isEqualTo(3203168211198807973L);
        assertThat(Long.toUnsignedString(stream.nextLong())).isEqualTo("9817491932198370423");
        assertThat(stream.nextLong()).isEqualTo(4593380528125082431L);
        assertThat(Long.toUnsignedString(stream.nextLong())).isEqualTo("16408922859458223821");
    }

    @Test
    void doublesAreTheUpper53BitsOfAWord() {
        RandomStream stream = Seed.of(42).stream();

        assertThat(stream.nextDouble()).isEqualTo(0.7415648787718233);
        assertThat(stream.nextDouble()).isEqualTo(0.1599103928769201);
        assertThat(stream.nextDouble()).isEqualTo(0.27860113025513866);
    }

    @Test
    void doublesAreUniform() {
        RandomStream stream = Seed.of(1).stream();
        double[] counts = new double[20];

        for (int i = 0; i < DRAWS; i++) {
            counts[(int) (stream.nextDouble() * counts.length)]++;
        }

        assertUniform(counts);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 10, 64, 1000})
    void smallIntsAreUniform(int bound) {
        RandomStream stream = Seed.of(bound).stream();
        double[] counts = new double[bound];

        for (int i = 0; i < DRAWS; i++) {
            counts[stream.nextInt(bound)]++;
        }

        assertUniform(counts);
    }

    /// 2³² / (3·2²⁹) = 8/3: without rejection, of three neighboring numbers two would have three
    /// chances and one only two, so the remainders by 3 would come 3 : 3 : 2 (and by the remainder
    /// method the lower numbers more often than the upper).
    @Test
    void largeIntsAreUniform() {
        int bound = 3 << 29;
        RandomStream stream = Seed.of(2).stream();
        double[] remainders = new double[3];
        double[] thirds = new double[3];

        for (int i = 0; i < DRAWS; i++) {
            int drawn = stream.nextInt(bound); // outside 0 … bound − 1 an index would be too
            remainders[drawn % 3]++;
            thirds[drawn >>> 29]++;
        }

        assertUniform(remainders);
        assertUniform(thirds);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -5})
    void aBoundBelowOneIsRefused(int bound) {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> Seed.of(0).stream().nextInt(bound))
                .withMessage("nextInt needs a bound of at least 1, got %d", bound);
    }

    /// The first four moments are 0, 1, 0, 3; the means of n powers vary by E x²ᵖ − (E xᵖ)² over n,
    /// which is 1/n, 2/n, 15/n and 96/n.
    @Test
    void gaussiansHaveTheMomentsOfTheNormalDistribution() {
        RandomStream stream = Seed.of(3).stream();
        double[] moments = new double[5];

        for (int i = 0; i < DRAWS; i++) {
            double x = stream.nextGaussian();
            for (int power = 1; power <= 4; power++) {
                moments[power] += Math.pow(x, power) / DRAWS;
            }
        }

        assertThat(moments[1]).isCloseTo(0, within(DEVIATIONS * Math.sqrt(1.0 / DRAWS)));
        assertThat(moments[2]).isCloseTo(1, within(DEVIATIONS * Math.sqrt(2.0 / DRAWS)));
        assertThat(moments[3]).isCloseTo(0, within(DEVIATIONS * Math.sqrt(15.0 / DRAWS)));
        assertThat(moments[4]).isCloseTo(3, within(DEVIATIONS * Math.sqrt(96.0 / DRAWS)));
    }

    /// P(|X| > 1, 2, 3), from tables of the normal distribution.
    @Test
    void gaussiansHaveTheTailsOfTheNormalDistribution() {
        RandomStream stream = Seed.of(4).stream();
        double[] beyond = new double[4];

        for (int i = 0; i < DRAWS; i++) {
            double size = Math.abs(stream.nextGaussian());
            for (int limit = 1; limit <= 3; limit++) {
                beyond[limit] += size > limit ? 1.0 / DRAWS : 0;
            }
        }

        double[] expected = {1, 0.317311, 0.0455003, 0.0026998};
        for (int limit = 1; limit <= 3; limit++) {
            double p = expected[limit];
            assertThat(beyond[limit])
                    .isCloseTo(p, within(DEVIATIONS * Math.sqrt(p * (1 - p) / DRAWS)));
        }
    }

    /// The two numbers of one polar draw, and any two streams of neighboring purposes, correlate no
    /// more than chance has it: by 1/√n.
    @Test
    void streamsOfDifferentPurposesAreUnrelated() {
        int n = 10_000;
        Seed seed = Seed.of(0);
        List<double[]> samples = new ArrayList<>();
        for (Seed purpose :
                List.of(
                        seed,
                        Seed.of(1),
                        seed.child(0),
                        seed.child(1),
                        Seed.of(1).child(0),
                        seed.child("0.weight"),
                        seed.child("0.bias"),
                        seed.child("1.weight"),
                        seed.child("0.weight").child(0))) {
            RandomStream stream = purpose.stream();
            double[] sample = new double[n];
            Arrays.setAll(sample, i -> stream.nextGaussian());
            samples.add(sample);
        }

        for (int a = 0; a < samples.size(); a++) {
            for (int b = 0; b < a; b++) {
                double correlation = 0;
                double shifted = 0;
                for (int i = 0; i < n; i++) {
                    correlation += samples.get(a)[i] * samples.get(b)[i] / n;
                    shifted += samples.get(a)[i] * samples.get(b)[(i + 1) % n] / n;
                }
                assertThat(correlation).isCloseTo(0, within(DEVIATIONS / Math.sqrt(n)));
                assertThat(shifted).isCloseTo(0, within(DEVIATIONS / Math.sqrt(n)));
            }
        }
    }

    /// Pearson's χ² has mean k − 1 and variance 2(k − 1) for k cells.
    private static void assertUniform(double[] counts) {
        double expected = (double) DRAWS / counts.length;
        double chiSquare = 0;
        for (double count : counts) {
            chiSquare += (count - expected) * (count - expected) / expected;
        }
        double freedom = counts.length - 1.0;
        assertThat(chiSquare)
                .isLessThanOrEqualTo(freedom + DEVIATIONS * Math.sqrt(2 * freedom) + DEVIATIONS);
    }
}
