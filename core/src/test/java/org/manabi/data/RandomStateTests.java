package org.manabi.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Against NumPy 1.24.2: see `src/test/resources/numpy/README.md`.
class RandomStateTests {

    private static final JsonNode VECTORS = readVectors();

    private static JsonNode readVectors() {
        try (InputStream in =
                RandomStateTests.class.getResourceAsStream("/numpy/randomstate_vectors.json")) {
            return new JsonMapper().readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<JsonNode> cases() {
        return VECTORS.get("cases").valueStream();
    }

    private static RandomState seeded(JsonNode vectors) {
        return RandomState.of(vectors.get("seed").asLong());
    }

    private static long[] longs(JsonNode array) {
        return array.valueStream().mapToLong(JsonNode::asLong).toArray();
    }

    private static int[] ints(JsonNode array) {
        return array.valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    private static double[] doubles(JsonNode array) {
        return array.valueStream().mapToDouble(JsonNode::asDouble).toArray();
    }

    /// Equal, or neighbors: our logarithm and the C library's may round differently.
    private static void assertEqualWithinAnUlp(double[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(Math.ulp(expected[i])));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void wordsEqualNumPy(JsonNode vectors) {
        RandomState random = seeded(vectors);
        assertThat(LongStream.generate(random::nextUInt32).limit(10))
                .containsExactly(
                        Arrays.stream(longs(vectors.get("uint32_first10")))
                                .boxed()
                                .toArray(Long[]::new));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void randomSampleEqualsNumPy(JsonNode vectors) {
        assertThat(seeded(vectors).randomSample(10))
                .containsExactly(doubles(vectors.get("random_sample10")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void randGreaterThanHalfEqualsNumPy(JsonNode vectors) {
        RandomState random = seeded(vectors);
        for (JsonNode expected : vectors.get("rand_gt_0.5_10")) {
            assertThat(random.randomSample() > 0.5).isEqualTo(expected.asBoolean());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void randnEqualsNumPy(JsonNode vectors) {
        assertEqualWithinAnUlp(seeded(vectors).randn(10), doubles(vectors.get("randn10")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void normalEqualsNumPy(JsonNode vectors) {
        assertEqualWithinAnUlp(
                seeded(vectors).normal(1, 2, 5), doubles(vectors.get("normal_1_2_5")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void uniformEqualsNumPy(JsonNode vectors) {
        assertThat(seeded(vectors).uniform(-4, -1, 5))
                .containsExactly(doubles(vectors.get("uniform_-4_-1_5")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void choiceEqualsNumPy(JsonNode vectors) {
        assertThat(seeded(vectors).choice(60_000, 10))
                .containsExactly(ints(vectors.get("choice_60000_10")));
        assertThat(seeded(vectors).choice(60_000, 100))
                .containsExactly(ints(vectors.get("choice_60000_100")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void randintEqualsNumPy(JsonNode vectors) {
        RandomState random = seeded(vectors);
        assertThat(LongStream.generate(() -> random.randint(0, 60_000)).limit(10).toArray())
                .containsExactly(longs(vectors.get("randint_0_60000_10")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void permutationEqualsNumPy(JsonNode vectors) {
        assertThat(seeded(vectors).permutation(10))
                .containsExactly(ints(vectors.get("permutation_10")));
        assertThat(Arrays.copyOf(seeded(vectors).permutation(60_000), 20))
                .containsExactly(ints(vectors.get("permutation_60000_first20")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shuffleEqualsNumPy(JsonNode vectors) {
        int[] values = IntStream.range(0, 10).toArray();
        seeded(vectors).shuffle(values);
        assertThat(values).containsExactly(ints(vectors.get("shuffle_10")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void choiceWithoutReplacementEqualsNumPy(JsonNode vectors) {
        assertThat(seeded(vectors).choiceWithoutReplacement(10, 5))
                .containsExactly(ints(vectors.get("choice_10_5_noreplace")));
    }

    /// The probabilities are those of NumPy's own documentation of `choice`.
    @ParameterizedTest
    @MethodSource("cases")
    void choiceWithProbabilitiesEqualsNumPy(JsonNode vectors) {
        assertThat(seeded(vectors).choice(new double[] {0.1, 0, 0.3, 0.6, 0}, 10))
                .containsExactly(ints(vectors.get("choice_p")));
    }

    /// The book's `TwoLayerNet` after `np.random.seed(0)`: both weight matrices, then a mini-batch.
    @Test
    void firstWeightsAndMiniBatchEqualTheBooks() {
        JsonNode book = VECTORS.get("book_TwoLayerNet_seed0");
        RandomState random = RandomState.of(0);

        double[] w1 = random.normal(0, 0.01, 784 * 50);
        double[] w2 = random.normal(0, 0.01, 50 * 10);
        int[] batch = random.choice(60_000, 100);

        assertEqualWithinAnUlp(Arrays.copyOf(w1, 5), doubles(book.get("W1_00..04")));
        assertEqualWithinAnUlp(
                Arrays.copyOfRange(w2, w2.length - 5, w2.length), doubles(book.get("W2_last5")));
        assertThat(Arrays.copyOf(batch, 10))
                .containsExactly(ints(book.get("then_choice(60000,100)_first10")));
    }

    /// NumPy 1.24.2: `r = RandomState(42); sum(r.choice(60000, 100).sum() for _ in range(1000))`,
    /// then the next word.
    @Test
    void aThousandMiniBatchesKeepStep() {
        RandomState random = RandomState.of(42);
        long sum = 0;
        for (int batch = 0; batch < 1000; batch++) {
            sum += Arrays.stream(random.choice(60_000, 100)).sum();
        }
        assertThat(sum).isEqualTo(2_986_793_101L);
        assertThat(random.nextUInt32()).isEqualTo(3_750_374_954L);
    }

    /// NumPy 1.24.2: `RandomState(1).choice(10, 12)`; 20 words are drawn, since 10 … 15 are
    /// refused.
    @Test
    void smallChoiceRefusesTheSameWords() {
        RandomState random = RandomState.of(1);
        assertThat(random.choice(10, 12)).containsExactly(5, 8, 9, 5, 0, 0, 1, 7, 6, 9, 2, 4);
        assertThat(random.snapshot().position()).isEqualTo(20);
    }

    /// NumPy 1.24.2: `RandomState([1, 2, 3, 4])`.
    @Test
    void seedOfWordsEqualsNumPy() {
        RandomState random = RandomState.ofWords(1, 2, 3, 4);
        assertThat(LongStream.generate(random::nextUInt32).limit(3).toArray())
                .containsExactly(2_915_706_234L, 1_022_996_879, 334_638_762);
    }

    /// NumPy: `RandomState(np.arange(1000) * 7919 + 1)`: more words than the key has.
    @Test
    void longSeedOfWordsEqualsNumPy() {
        RandomState random =
                RandomState.ofWords(IntStream.range(0, 1000).map(i -> i * 7919 + 1).toArray());
        assertThat(LongStream.generate(random::nextUInt32).limit(3).toArray())
                .containsExactly(3891793428L, 417637661L, 2252729724L);
    }

    /// NumPy: `RandomState(7).randint(low, high, 3)` for ranges of one word and of two.
    @Test
    void wideRangesEqualNumPy() {
        assertThat(randints(0, 1L << 32)).containsExactly(327741615L, 976413892L, 3349725721L);
        assertThat(randints(-5, (1L << 40) + 3))
                .containsExactly(752595690687L, 108744157681L, 291964244174L);
        assertThat(randints(Long.MIN_VALUE, Long.MAX_VALUE))
                .containsExactly(
                        -7815732517915138876L, 5163590386780219894L, -1136149262272507693L);
        assertThat(randints(3, 4)).containsExactly(3, 3, 3);
    }

    private static long[] randints(long low, long high) {
        RandomState random = RandomState.of(7);
        return LongStream.generate(() -> random.randint(low, high)).limit(3).toArray();
    }

    @Test
    void oneNumberToChooseFromCostsNoWord() {
        RandomState random = RandomState.of(42);
        assertThat(random.choice(1, 4)).containsExactly(0, 0, 0, 0);
        assertThat(random.nextUInt32()).isEqualTo(1_608_637_542);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mt19937-testset-1.csv", "mt19937-testset-2.csv"})
    void twisterEqualsNumPysTestSets(String file) throws IOException {
        String[] lines;
        try (InputStream in = RandomStateTests.class.getResourceAsStream("/numpy/" + file)) {
            lines =
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII)
                            .lines()
                            .toArray(String[]::new);
        }
        RandomState random = RandomState.restore(SeedSequence.mt19937(hex(lines[0])));
        for (int i = 1; i < lines.length; i++) {
            assertThat(random.nextUInt32())
                    .as("word %d of %s", i - 1, file)
                    .isEqualTo(hex(lines[i]));
        }
    }

    private static long hex(String line) {
        return Long.decode(line.substring(line.indexOf(',') + 1).strip());
    }

    @Test
    void restoredGeneratorGoesOnWithTheSameNumbers() {
        SplittableRandom purpose = new SplittableRandom(25);
        for (int round = 0; round < 200; round++) {
            RandomState random = RandomState.of(round);
            random.randomSample(purpose.nextInt(2000));
            random.randn(purpose.nextInt(4));

            RandomState.Snapshot snapshot = random.snapshot();
            RandomState restored = RandomState.restore(snapshot);

            assertThat(restored.snapshot()).as("round %d", round).isEqualTo(snapshot);
            for (int i = 0; i < 10; i++) {
                assertThat(restored.randn()).as("round %d", round).isEqualTo(random.randn());
                assertThat(restored.choice(60_000, 100))
                        .containsExactly(random.choice(60_000, 100));
            }
        }
    }

    @Test
    void snapshotIsNotMovedByTheGenerator() {
        RandomState random = RandomState.of(3);
        RandomState.Snapshot before = random.snapshot();
        random.randomSample(1000);
        assertThat(before).isEqualTo(RandomState.of(3).snapshot());
        assertThat(random.snapshot()).isNotEqualTo(before);
    }

    @Test
    void choicesWithoutReplacementAreDifferent() {
        for (int seed = 0; seed < 100; seed++) {
            assertThat(RandomState.of(seed).choiceWithoutReplacement(60, 60))
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrder(IntStream.range(0, 60).toArray());
        }
    }

    @Test
    void wrongRequestsAreRefusedByValue() {
        RandomState random = RandomState.of(0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RandomState.of(-1))
                .withMessage("seed -1 is outside 0 … 4294967295, the seeds that NumPy knows");
        assertThatIllegalArgumentException().isThrownBy(() -> RandomState.of(1L << 32));
        assertThatIllegalArgumentException().isThrownBy(RandomState::ofWords);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> random.choice(0, 3))
                .withMessage("cannot choose from 0 numbers");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> random.choice(10, -1))
                .withMessage("cannot draw -1 numbers");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> random.choiceWithoutReplacement(10, 11))
                .withMessage(
                        "cannot choose 11 different numbers from 10;"
                                + " choose with replacement, or fewer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> random.choice(new double[] {0.5, Double.NaN}, 1))
                .withMessage("probability NaN at 1 is not a number of at least 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> random.choice(new double[] {0.5, 0.25}, 1))
                .withMessage(
                        "the 2 probabilities have the sum 0.75; divide each by it to make it 1");
        assertThatIllegalArgumentException().isThrownBy(() -> random.choice(new double[0], 1));
        assertThatIllegalArgumentException().isThrownBy(() -> random.normal(0, -1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> random.uniform(-Double.MAX_VALUE, Double.MAX_VALUE));
        assertThatIllegalArgumentException().isThrownBy(() -> random.randint(4, 4));
        assertThat(random.nextUInt32()).as("refused requests draw nothing").isEqualTo(2357136044L);
    }
}
