package org.manabi.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;

class ConvTranspose2dTests {

    private static Network network(Layer layer, int... sample) {
        return new Network(layer, Shape.of(sample), DType.FLOAT32, Seed.of(0));
    }

    /// Worked out by hand: 1 and 2 times (1, 10, 100), two apart, meet where 100 and 2 lie.
    @Test
    void filtersAreAddedWhereTheyMeet() {
        var layer =
                new ConvTranspose2d(1, 1)
                        .withWeights(
                                (value, _, _) -> {
                                    value.setFromDouble(0, 1);
                                    value.setFromDouble(1, 10);
                                    value.setFromDouble(2, 100);
                                });
        var wide =
                new ConvTranspose2d(
                        1,
                        new Size(1, 3),
                        new Size(1, 2),
                        Padding.NONE,
                        Size.of(1),
                        Size.of(0),
                        1,
                        layer.weights(),
                        null);
        var input = Tensor.of(DType.FLOAT32, Shape.of(1, 1, 1, 2), 1, 2);

        Tensor output = network(wide, 1, 1, 2).forward(Variable.of(input), Mode.EVALUATE).value();

        assertThat(output.shape()).isEqualTo(Shape.of(1, 1, 1, 5));
        assertThat(output.toDoubles()).containsExactly(1, 10, 102, 20, 200);
    }

    @Test
    void itLeadsBackToTheShapeThatAConvolutionCameFrom() {
        for (int side = 5; side < 12; side++) {
            for (int stride = 1; stride < 4; stride++) {
                var down = new Conv2d(6, 3).withStride(stride).withPadding(Padding.of(1));
                Shape small = network(down, 2, side, side).outputShape();
                int lost = (side + 2 - 3) % stride;
                var up =
                        new ConvTranspose2d(2, 3)
                                .withStride(stride)
                                .withPadding(Padding.of(1))
                                .withAdded(lost);

                assertThat(network(up, small.toArray()).outputShape())
                        .isEqualTo(Shape.of(2, side, side));
            }
        }
    }

    @Test
    void samePaddingMultipliesTheSidesByTheStride() {
        for (int kernel = 1; kernel < 6; kernel++) {
            for (int stride = 1; stride < 4; stride++) {
                var layer =
                        new ConvTranspose2d(5, kernel).withStride(stride).withPadding(Padding.SAME);

                assertThat(network(layer, 3, 4, 7).outputShape())
                        .isEqualTo(Shape.of(5, 4 * stride, 7 * stride));
            }
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> new ConvTranspose2d(2, 3).withStride(2).withAdded(2))
                .withMessage(
                        "added rows and columns are at least 0 and less than the stride 2, got 2");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(
                        () ->
                                network(
                                        Sequential.of(
                                                new ConvTranspose2d(2, 1)
                                                        .withPadding(Padding.of(2))),
                                        3,
                                        4,
                                        5))
                .withMessageStartingWith(
                        "layer 0 ConvTranspose2d[channels=2, kernel=1, padding=2]: ")
                .withMessageContaining("leaves nothing");
    }
}
