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
}
