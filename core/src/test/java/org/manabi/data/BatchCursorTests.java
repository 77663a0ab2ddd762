package org.manabi.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.ForAll;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;

class BatchCursorTests {

    /// The next batch as an array of its own.
    private static int[] next(BatchCursor cursor) {
        int[] rows = new int[1000];
        return Arrays.copyOf(rows, cursor.next(rows));
    }

    /// All batches until the epoch ends, one behind the other.
    private static int[] epoch(BatchCursor cursor) {
        List<Integer> rows = new ArrayList<>();
        long epoch = cursor.epoch();
        while (cursor.epoch() == epoch) {
            Arrays.stream(next(cursor)).forEach(rows::add);
        }
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }

    private static BatchCursor keeping(Sampling sampling, int size, int batchSize, long seed) {
        if (sampling == Sampling.WEIGHTED) {
            double[] weights = IntStream.range(0, size).mapToDouble(row -> row % 4).toArray();
            Dataset data =
                    Dataset.ofValues(
                                    "weighted",
                                    FloatTensor.zeros(Shape.of(size, 1)),
                                    FloatTensor.zeros(Shape.of(size, 1)))
                            .weighted(weights);
            return new BatchCursor(sampling, LastBatch.KEEP, batchSize, seed, data);
        }
        Optional<int[]> labels =
                sampling.needsClasses()
                        ? Optional.of(IntStream.range(0, size).map(row -> row % 3).toArray())
                        : Optional.empty();
        return new BatchCursor(sampling, LastBatch.KEEP, size, batchSize, seed, labels);
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOCH", "SEQUENTIAL"})
    void inAnEpochEverySampleComesExactlyOnce(Sampling sampling) {
        ForAll.seeds(
                100,
                random -> {
                    int size = 1 + random.nextInt(200);
                    int batchSize = 1 + random.nextInt(250);
                    BatchCursor cursor = keeping(sampling, size, batchSize, random.nextLong());

                    for (int epoch = 0; epoch < 3; epoch++) {
                        assertThat(cursor.epoch()).isEqualTo(epoch);
                        assertThat(Arrays.stream(epoch(cursor)).sorted())
                                .containsExactlyElementsOf(
                                        IntStream.range(0, size).boxed().toList());
                    }
                });
    }

    @ParameterizedTest
    @CsvSource({"10, 3, 4", "9, 3, 3", "1, 1, 1", "5, 100, 1", "5, 2147483647, 1"})
    void theLastBatchIsShortWhenItIsKept(int size, int batchSize, int batches) {
        BatchCursor cursor = keeping(Sampling.EPOCH, size, batchSize, 0);

        assertThat(cursor.batchesPerEpoch()).isEqualTo(batches);
        for (int i = 0; i < batches - 1; i++) {
            assertThat(next(cursor)).hasSize(batchSize);
        }
        assertThat(next(cursor)).hasSize((int) (size - (batches - 1L) * batchSize));
        assertThat(cursor.epoch()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"10, 3, 3", "9, 3, 3", "10, 10, 1", "19, 10, 1"})
    void theLastBatchIsLeftOutWhenItIsDropped(int size, int batchSize, int batches) {
        BatchCursor cursor = new BatchCursor(Sampling.EPOCH, LastBatch.DROP, size, batchSize, 0);

        assertThat(cursor.batchesPerEpoch()).isEqualTo(batches);
        for (int i = 0; i < 3 * batches; i++) {
            assertThat(cursor.epoch()).isEqualTo(i / batches);
            assertThat(next(cursor)).hasSize(batchSize).doesNotHaveDuplicates();
        }
    }

    @Test
    void sequentialBatchesFollowTheDataAndBeginAnew() {
        BatchCursor cursor = keeping(Sampling.SEQUENTIAL, 5, 2, 7);

        assertThat(next(cursor)).containsExactly(0, 1);
        assertThat(next(cursor)).containsExactly(2, 3);
        assertThat(next(cursor)).containsExactly(4);
        assertThat(next(cursor)).containsExactly(0, 1);
    }

    /// `np.random.seed(0); np.random.choice(60000, 10)`, NumPy 1.24.2.
    @Test
    void withReplacementTheFirstBatchIsTheChapters() {
        BatchCursor cursor = keeping(Sampling.REPLACEMENT, 60_000, 10, 0);

        assertThat(next(cursor))
                .containsExactly(
                        2732, 43567, 42613, 52416, 45891, 21243, 30403, 32103, 41993, 57043);
    }

    @ParameterizedTest
    @EnumSource
    void withReplacementOneGeneratorIsDrawnFromOnAndOn(LastBatch lastBatch) {
        BatchCursor cursor = new BatchCursor(Sampling.REPLACEMENT, lastBatch, 25, 10, 42);
        RandomState numPy = RandomState.of(42);

        for (int i = 0; i < 7; i++) {
            assertThat(next(cursor)).containsExactly(numPy.choice(25, 10));
        }
        assertThat(cursor.batchesPerEpoch()).isEqualTo(2);
        assertThat(cursor.epoch()).isEqualTo(3);
    }

    @Test
    void withReplacementABatchMayBeLargerThanTheData() {
        BatchCursor cursor = keeping(Sampling.REPLACEMENT, 3, 10, 0);

        assertThat(cursor.batchesPerEpoch()).isEqualTo(1);
        assertThat(next(cursor)).hasSize(10).containsExactly(RandomState.of(0).choice(3, 10));
    }

    @ParameterizedTest
    @EnumSource
    void theSameSeedGivesTheSameBatches(Sampling sampling) {
        BatchCursor one = keeping(sampling, 50, 7, 3);
        BatchCursor two = keeping(sampling, 50, 7, 3);

        for (int i = 0; i < 30; i++) {
            assertThat(next(one)).containsExactly(next(two));
        }
    }

    @Test
    void seedsAndEpochsGiveDifferentOrders() {
        BatchCursor one = keeping(Sampling.EPOCH, 50, 50, 3);
        BatchCursor two = keeping(Sampling.EPOCH, 50, 50, 4);
        int[] first = next(one);

        assertThat(first).isNotEqualTo(next(two));
        assertThat(first).isNotEqualTo(next(one));
        assertThat(first).isNotEqualTo(IntStream.range(0, 50).toArray());
    }

    /// The order is a function of seed and epoch, so that experiments with other batch sizes see the
    /// samples in the same order.
    @Test
    void theOrderDoesNotDependOnTheBatchSize() {
        BatchCursor small = keeping(Sampling.EPOCH, 50, 3, 3);
        BatchCursor large = keeping(Sampling.EPOCH, 50, 20, 3);

        for (int i = 0; i < 3; i++) {
            assertThat(epoch(small)).containsExactly(epoch(large));
        }
    }

    /// The orders of 3 samples in 6000 epochs: each comes 1000 times, give or take √(6000·⅙·⅚) = 29;
    /// five times that is allowed.
    @Test
    void everyOrderIsEquallyLikely() {
        BatchCursor cursor = keeping(Sampling.EPOCH, 3, 3, 0);
        Map<String, Integer> counts = new HashMap<>();

        for (int i = 0; i < 6000; i++) {
            counts.merge(Arrays.toString(next(cursor)), 1, Integer::sum);
        }

        assertThat(counts).hasSize(6);
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(855, 1145));
    }

    @Test
    void batchesThatCannotBeAreRefused() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> keeping(Sampling.EPOCH, 10, 0, 0))
                .withMessage("batch size 0 is not at least 1");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> keeping(Sampling.EPOCH, 0, 1, 0))
                .withMessage("there are no samples to draw from");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> new BatchCursor(Sampling.EPOCH, LastBatch.DROP, 9, 10, 0))
                .withMessage(
                        "batch size 10 is larger than the 9 samples, and short batches are dropped");
    }
}
