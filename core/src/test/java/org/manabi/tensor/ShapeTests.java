package org.manabi.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeTests {

    @Test
    void sizeIsTheProductOfTheAxes() {
        assertThat(Shape.of(2, 3, 4).size()).isEqualTo(24);
        assertThat(Shape.of(7).size()).isEqualTo(7);
        assertThat(Shape.of(5, 0, 3).size()).isZero();
    }

    @Test
    void theShapeOfASingleNumberHasNoAxesAndOneElement() {
        assertThat(Shape.SCALAR.rank()).isZero();
        assertThat(Shape.SCALAR.size()).isEqualTo(1);
        assertThat(Shape.SCALAR).isEqualTo(Shape.of()).hasToString("[]");
    }

    @Test
    void negativeAxesCountFromTheInnermost() {
        Shape shape = Shape.of(2, 3, 4);

        assertThat(shape.dim(0)).isEqualTo(2);
        assertThat(shape.dim(-1)).isEqualTo(4);
        assertThat(shape.dim(-3)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, -4})
    void anAxisThatDoesNotExistIsNamed(int axis) {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> Shape.of(2, 3, 4).dim(axis))
                .withMessage("axis %d does not exist in shape [2, 3, 4]", axis);
    }

    @Test
    void tailIsOneSampleAndPrependABatchOfThem() {
        assertThat(Shape.of(60_000, 28, 28).tail()).isEqualTo(Shape.of(28, 28));
        assertThat(Shape.of(28, 28).prepend(100)).isEqualTo(Shape.of(100, 28, 28));
        assertThat(Shape.of(3).tail()).isEqualTo(Shape.SCALAR);
        assertThat(Shape.SCALAR.prepend(1)).isEqualTo(Shape.of(1));
    }

    @Test
    void aSingleNumberHasNoOutermostAxis() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(Shape.SCALAR::tail)
                .withMessage("shape [] has no outermost axis");
    }

    @Test
    void shapesAreEqualIfTheirAxesAre() {
        assertThat(Shape.of(2, 3)).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
        assertThat(Shape.of(2, 3)).isNotEqualTo(Shape.of(3, 2));
        assertThat(Shape.of(6)).isNotEqualTo(Shape.of(1, 6));
    }

    @Test
    void aShapeDoesNotChangeWithTheArraysAroundIt() {
        int[] given = {2, 3};
        Shape shape = Shape.of(given);

        given[0] = 9;
        shape.toArray()[1] = 9;

        assertThat(shape).hasToString("[2, 3]");
    }

    @Test
    void aNegativeAxisIsRefused() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> Shape.of(2, -1))
                .withMessage("a shape's axes are at least 0, got [2, -1]");
    }

    @Test
    void moreElementsThanAnArrayHoldsAreRefused() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> Shape.of(1 << 16, 1 << 16))
                .withMessage(
                        "a tensor holds at most 2147483583 elements, got shape [65536, 65536]");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> Shape.of(1 << 30, 1 << 30, 1 << 30, 1 << 30))
                .withMessageContaining("at most 2147483583 elements");
    }

    @Test
    void anAxisOfLengthZeroMakesTheTensorEmptyWhereverItStands() {
        assertThat(Shape.of(0, 1 << 16, 1 << 16).size()).isZero();
        assertThat(Shape.of(1 << 16, 1 << 16, 0).size()).isZero();
    }
}
