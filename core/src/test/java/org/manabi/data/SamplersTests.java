package org.manabi.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;

class SamplersTests {

    /// 80 samples of class 0, then 20 of class 1.
    private static final int[] LABELS = IntStream.range(0, 100).map(i -> i < 80 ? 0 : 1).toArray();

    private static BatchCursor cursor(Sampling sampling) {
        return new BatchCursor(sampling, LastBatch.KEEP, 100, 10, 3, Optional.of(LABELS));
    }

    @Test
    void stratifiedBatchesHaveTheProportionsOfAll() {
        BatchCursor cursor = cursor(Sampling.STRATIFIED);
        int[] rows = new int[10];
        for (int epoch = 0; epoch < 3; epoch++) {
            Set<Integer> seen = new HashSet<>();
            for (int batch = 0; batch < 10; batch++) {
                cursor.next(rows);
                Arrays.stream(rows).forEach(seen::add);
                assertThat(Arrays.stream(rows).filter(row -> row >= 80).count()).isEqualTo(2);
            }
            assertThat(seen).hasSize(100);
        }
    }

    @Test
    void balancedEpochsHaveAllClassesAlike() {
        BatchCursor cursor = cursor(Sampling.BALANCED);
        int[] rows = new int[10];
        int rare = 0;
        for (int batch = 0; batch < 1000; batch++) {
            cursor.next(rows);
            rare += (int) Arrays.stream(rows).filter(row -> row >= 80).count();
        }
        // Four deviations of a binomial of 10 000 draws: 4 · √2500 = 200.
        assertThat(rare).isBetween(4_800, 5_200);
    }

    @Test
    void placesAreFoundAgain() {
        for (Sampling sampling : new Sampling[] {Sampling.STRATIFIED, Sampling.BALANCED}) {
            BatchCursor cursor = cursor(sampling);
            int[] rows = new int[10];
            for (int i = 0; i < 13; i++) {
                cursor.next(rows);
            }
            BatchCursor other = cursor(sampling);
            other.restore(cursor.snapshot());
            int[] again = new int[10];
            for (int i = 0; i < 20; i++) {
                cursor.next(rows);
                other.next(again);
                assertThat(again).isEqualTo(rows);
            }
        }
        assertThatThrownBy(() -> new BatchCursor(Sampling.BALANCED, LastBatch.KEEP, 9, 3, 0))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("needs classes");
    }

    private static Dataset numbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = i;
        }
        FloatTensor column = FloatTensor.of(Shape.of(count, 1), numbers);
        return Dataset.ofValues("numbers", column, column);
    }

    @Test
    void groupsStayTogether() {
        int[] groups = IntStream.range(0, 100).map(i -> i % 17).toArray();
        for (int seed = 0; seed < 20; seed++) {
            Split split = numbers(100).splitByGroups(groups, 0.25, Seed.of(seed));
            Set<Integer> held = new HashSet<>();
            for (double row : split.test().inputs().toDoubles()) {
                held.add(groups[(int) row]);
            }
            for (double row : split.train().inputs().toDoubles()) {
                assertThat(held).doesNotContain(groups[(int) row]);
            }
            // Groups have 5 or 6 samples, so 25 is missed by at most half a group.
            assertThat(split.test().size()).isBetween(22, 28);
            assertThat(split.train().size() + split.test().size()).isEqualTo(100);
        }
    }

    @Test
    void latestSamplesAreHeldBack() {
        Split split = numbers(10).splitAtEnd(0.3);
        assertThat(split.test().inputs().toDoubles()).containsExactly(7, 8, 9);
        assertThat(split.train().inputs().toDoubles()).containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThatThrownBy(() -> numbers(2).splitAtEnd(0.1))
                .hasMessageContaining("too few samples");
    }

    private static Dataset hundred() {
        return Dataset.ofValues(
                "hundred",
                FloatTensor.of(Shape.of(100, 1), toFloats(IntStream.range(0, 100).toArray())),
                FloatTensor.zeros(Shape.of(100, 1)));
    }

    private static float[] toFloats(int... numbers) {
        float[] floats = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            floats[i] = numbers[i];
        }
        return floats;
    }

    private static Set<Integer> groupsOf(Dataset part) {
        Set<Integer> groups = new HashSet<>();
        for (double number : part.inputs().toDoubles()) {
            groups.add((int) number % 13);
        }
        return groups;
    }

    @Test
    void groupsNeverCrossASplitOfASplitNorAFold() {
        int[] groups = IntStream.range(0, 100).map(row -> row % 13).toArray();
        Dataset data = hundred().grouped(groups);
        for (int seed = 0; seed < 20; seed++) {
            Split outer = data.split(0.2, Seed.of(seed));
            Split inner = outer.train().split(0.25, Seed.of(seed));
            assertThat(groupsOf(outer.test())).doesNotContainAnyElementsOf(groupsOf(outer.train()));
            assertThat(groupsOf(inner.test())).doesNotContainAnyElementsOf(groupsOf(inner.train()));
            assertThat(outer.test().size()).isBetween(12, 28);
            Folds folds = Folds.of(data, 4, Seed.of(seed));
            int held = 0;
            for (int fold = 0; fold < 4; fold++) {
                Split split = folds.split(fold);
                held += split.test().size();
                assertThat(groupsOf(split.test()))
                        .doesNotContainAnyElementsOf(groupsOf(split.train()));
            }
            assertThat(held).isEqualTo(100);
        }
        assertThatThrownBy(() -> Folds.of(data, 14, Seed.of(0)))
                .hasMessageContaining("13 groups, too few for 14 folds");
        assertThatThrownBy(() -> hundred().grouped(new int[100]).split(0.2, Seed.of(0)))
                .hasMessageContaining("only one group");
        assertThatThrownBy(() -> hundred().grouped(1, 2)).isInstanceOf(ShapeException.class);
    }

    @Test
    void whatIsInOrderOfTimeIsSplitAtItsEnd() {
        Split split = hundred().inOrderOfTime().split(0.2, Seed.of(3));
        assertThat(split.test().inputs().toDoubles()[0]).isEqualTo(80);
        Split inner = split.train().split(0.25, Seed.of(3));
        assertThat(inner.test().inputs().toDoubles()[0]).isEqualTo(60);
        assertThat(inner.train().size()).isEqualTo(60);
        assertThatThrownBy(() -> Folds.of(split.train(), 3, Seed.of(0)))
                .hasMessageContaining("learn from what came after");
    }

    @Test
    void weightedSamplesAreDrawnInProportion() {
        double[] weights =
                IntStream.range(0, 100).mapToDouble(row -> row % 2 == 0 ? 0 : row).toArray();
        Dataset data = hundred().weighted(weights);
        BatchCursor cursor = new BatchCursor(Sampling.WEIGHTED, LastBatch.KEEP, 10, 3, data);
        int[] counts = new int[100];
        int[] rows = new int[10];
        int draws = 100_000;
        for (int batch = 0; batch < draws / 10; batch++) {
            assertThat(cursor.next(rows)).isEqualTo(10);
            Arrays.stream(rows).forEach(row -> counts[row]++);
        }
        double total = Arrays.stream(weights).sum();
        for (int row = 0; row < 100; row++) {
            double expected = draws * weights[row] / total;
            // Five deviations of a binomial, of which a hundred are looked at.
            assertThat((double) counts[row])
                    .isBetween(
                            expected - 5 * Math.sqrt(expected), expected + 5 * Math.sqrt(expected));
        }
        assertThatThrownBy(
                        () -> new BatchCursor(Sampling.WEIGHTED, LastBatch.KEEP, 10, 3, hundred()))
                .hasMessageContaining("needs the weights");
        assertThatThrownBy(() -> hundred().weighted(new double[100]))
                .hasMessageContaining("greater than 0");
        weights[5] = -1;
        assertThatThrownBy(() -> hundred().weighted(weights)).hasMessageContaining("-1.0 of row 5");
    }

    @Test
    void batchesAreSeenAhead() {
        BatchCursor cursor = new BatchCursor(Sampling.EPOCH, LastBatch.KEEP, 25, 10, 3);
        int[] ahead = new int[10];
        int[] rows = new int[10];
        assertThat(cursor.ahead(ahead, 1)).isEqualTo(10);
        cursor.next(rows);
        cursor.next(rows);
        assertThat(rows).containsExactly(ahead);
        assertThat(cursor.ahead(ahead, 0)).isEqualTo(5);
        assertThat(cursor.ahead(ahead, 1)).isZero();
    }
}
