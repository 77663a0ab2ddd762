package org.manabi.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.manabi.tensor.DType;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;

class DuplicatesTests {

    private static Dataset data(int width, double... inputs) {
        int rows = inputs.length / width;
        return Dataset.ofValues(
                "data",
                Tensor.of(DType.FLOAT64, Shape.of(rows, width), inputs),
                Tensor.of(DType.FLOAT32, Shape.of(rows, 1), new double[rows]));
    }

    @Test
    void rowsThatStandInBothAreCounted() {
        Dataset learned = data(2, 1, 2, 3, 4, 0, 0);
        assertThat(Duplicates.count(learned, data(2, 3, 4, 2, 1, -0.0, 0, 3, 4))).isEqualTo(3);
        assertThat(Duplicates.count(learned, data(2, 4, 3, 1, 1))).isZero();
    }

    @Test
    void equalHashesAreNotEqualRows() {
        // 31·hash(1) + hash(0) = 31·hash(0) + hash(other)
        double other = Double.longBitsToDouble(Integer.toUnsignedLong(31 * Double.hashCode(1)));
        assertThat(Duplicates.count(data(2, 1, 0), data(2, 0, other))).isZero();
    }

    @Test
    void otherShapesAreRefused() {
        assertThatThrownBy(() -> Duplicates.count(data(2, 1, 2), data(1, 1)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[2] and of [1]");
    }
}
