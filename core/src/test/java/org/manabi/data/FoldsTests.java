package org.manabi.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;

class FoldsTests {

    /// 31 samples whose input is their number: 17, 9 and 5 of three classes.
    private static Dataset data() {
        int[] labels = IntStream.range(0, 31).map(i -> i < 17 ? 0 : i < 26 ? 1 : 2).toArray();
        FloatTensor inputs = FloatTensor.zeros(Shape.of(31, 1));
        for (int i = 0; i < 31; i++) {
            inputs.setFromDouble(i, i);
        }
        return Dataset.ofClasses(
                "numbers", inputs, IntTensor.of(Shape.of(31), labels), List.of("a", "b", "c"));
    }

    private static double[] numbers(Dataset data) {
        return data.inputs().toDoubles();
    }

    @Test
    void eachSampleIsHeldBackOnce() {
        Folds folds = Folds.of(data(), 4, Seed.of(1));
        double[] held = new double[0];
        for (int fold = 0; fold < folds.count(); fold++) {
            Split split = folds.split(fold);
            assertThat(split.test().size()).isBetween(7, 8);
            assertThat(split.train().size() + split.test().size()).isEqualTo(31);
            assertThat(numbers(split.train())).doesNotContain(numbers(split.test()));
            int before = held.length;
            held = Arrays.copyOf(held, before + split.test().size());
            System.arraycopy(numbers(split.test()), 0, held, before, split.test().size());
        }
        Arrays.sort(held);
        assertThat(held).containsExactly(numbers(data()));
    }

    @Test
    void eachPartHasItsShareOfEachClass() {
        Folds folds = Folds.of(data(), 4, Seed.of(1));
        for (int fold = 0; fold < folds.count(); fold++) {
            int[] counts = folds.split(fold).test().classCounts();
            assertThat(counts[0]).isBetween(4, 5);
            assertThat(counts[1]).isBetween(2, 3);
            assertThat(counts[2]).isBetween(1, 2);
        }
    }

    @Test
    void theSeedDecides() {
        double[] one = numbers(Folds.of(data(), 3, Seed.of(1)).split(0).test());
        assertThat(numbers(Folds.of(data(), 3, Seed.of(1)).split(0).test())).isEqualTo(one);
        assertThat(numbers(Folds.of(data(), 3, Seed.of(2)).split(0).test())).isNotEqualTo(one);
    }

    @Test
    void impossibleFoldsAreRefused() {
        for (int count : new int[] {-1, 0, 1, 32}) {
            assertThatThrownBy(() -> Folds.of(data(), count, Seed.of(1)))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("from 2 to 31");
        }
        assertThatThrownBy(() -> Folds.of(data(), 3, Seed.of(1)).split(3))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("0 … 2");
    }
}
