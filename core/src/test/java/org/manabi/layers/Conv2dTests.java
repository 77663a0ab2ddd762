package org.manabi.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.manabi.autodiff.Parameter;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;

class Conv2dTests {

    private static Network network(Layer layer, int... sample) {
        return new Network(layer, Shape.of(sample), DType.FLOAT32, Seed.of(0));
    }

    private static int[] outputOf(Layer layer, int... sample) {
        return network(layer, sample).outputShape().toArray();
    }

    private static void assertRefused(Layer layer, String message, int... sample) {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> network(Sequential.of(layer), sample))
                .withMessage(message);
    }

    @Test
    void theConvolutionOfTheBook() {
        var conv =
                new Conv2d(1, 3)
                        .withWeights((value, _, _) -> fill(value, 2, 0, 1, 0, 1, 2, 1, 0, 2));
        var input =
                Tensor.of(
                        DType.FLOAT32,
                        Shape.of(1, 1, 4, 4),
                        1,
                        2,
                        3,
                        0,
                        0,
                        1,
                        2,
                        3,
                        3,
                        0,
                        1,
                        2,
                        2,
                        3,
                        0,
                        1);

        Tensor output = network(conv, 1, 4, 4).forward(Variable.of(input), Mode.EVALUATE).value();

        // 『ゼロから作るDeep Learning』, section 7.2.2
        assertThat(output.shape()).isEqualTo(Shape.of(1, 1, 2, 2));
        assertThat(output.toDoubles()).containsExactly(15, 16, 6, 15);
    }

    private static void fill(Tensor value, double... numbers) {
        for (int i = 0; i < numbers.length; i++) {
            value.setFromDouble(i, numbers[i]);
        }
    }

    @Test
    void parametersAreWeightAndBias() {
        Network network = network(new Conv2d(6, 3).withGroups(2), 4, 8, 8);

        assertThat(network.parameters().all())
                .extracting(Parameter::toString)
                .isEqualTo(List.of("weight[6, 2, 3, 3]", "bias[6]"));
        assertThat(network(new Conv2d(6, 3).withoutBias(), 4, 8, 8).parameters().count())
                .isEqualTo(6 * 4 * 9);
    }

    @Test
    void outputFollowsTheFormula() {
        assertThat(outputOf(new Conv2d(30, 5), 1, 28, 28)).containsExactly(30, 24, 24);
        assertThat(outputOf(new Conv2d(8, 3).withStride(2), 3, 9, 10)).containsExactly(8, 4, 4);
        assertThat(outputOf(new Conv2d(8, 3).withPadding(Padding.of(2)), 3, 9, 9))
                .containsExactly(8, 11, 11);
        assertThat(outputOf(new Conv2d(8, 3).withDilation(3), 3, 9, 7)).containsExactly(8, 3, 1);
    }

    @Test
    void samePaddingDividesTheSidesByTheStride() {
        var same = new Conv2d(2, 3).withPadding(Padding.SAME);

        assertThat(outputOf(same, 1, 7, 8)).containsExactly(2, 7, 8);
        assertThat(outputOf(same.withStride(2), 1, 7, 8)).containsExactly(2, 4, 4);
        assertThat(outputOf(same.withDilation(2), 1, 7, 8)).containsExactly(2, 7, 8);
        assertThat(outputOf(new Conv2d(2, 4).withPadding(Padding.SAME), 1, 7, 8))
                .containsExactly(2, 7, 8);
        assertThat(outputOf(new Conv2d(2, 1).withPadding(Padding.SAME).withStride(3), 1, 7, 8))
                .containsExactly(2, 3, 3);
    }

    @Test
    void theOddElementOfSamePaddingGoesToTheBottomAndToTheRight() {
        var window = Padding.SAME.window(Size.of(2), Size.of(1), Size.of(1), 5, 5);

        assertThat(window.vertical().before()).isZero();
        assertThat(window.horizontal().after()).isEqualTo(1);
    }

    @Test
    void whatDoesNotFitIsRefusedWithTheLikelyFix() {
        assertRefused(
                new Conv2d(4, 3),
                "layer 0 Conv2d[filters=4, kernel=3]: expected input [N, C, H, W], got [1, 28, 28];"
                        + " is the axis of channels missing, [N, 1, H, W]?",
                28,
                28);
        assertRefused(
                new Conv2d(4, 3),
                "layer 0 Conv2d[filters=4, kernel=3]: expected input [N, C, H, W], got [1, 784]; "
                        + "is a Flatten or a Dense before it?",
                784);
        assertRefused(
                new Conv2d(4, 3).withGroups(2),
                "layer 0 Conv2d[filters=4, kernel=3, groups=2]: expected input [N, C, H, W] with C"
                        + " a multiple of the 2 groups, got [1, 3, 8, 8]",
                3,
                8,
                8);
        assertRefused(
                new Conv2d(4, 5).withStride(2).withPadding(Padding.of(1)),
                "layer 0 Conv2d[filters=4, kernel=5, stride=2, padding=1]: a kernel of 5, dilation "
                        + "1, does not fit images of 2×9 with padding 1; "
                        + "is Padding.SAME or less pooling before it meant?",
                1,
                2,
                9);
    }

    @Test
    void settingsThatMakeNoSenseAreRefusedAtOnce() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> new Conv2d(0, 3))
                .withMessage("Conv2d needs at least 1 filter, got 0");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> new Conv2d(5, 3).withGroups(2))
                .withMessage("Conv2d cannot divide 5 filters into 2 groups");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> new Conv2d(5, 3).withStride(0))
                .withMessage("a stride is at least 1, got 0");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> Padding.of(-1))
                .withMessageContaining("padding is at least 0");
    }

    @Test
    void maxPoolTakesTheLargest() {
        var input = Tensor.of(DType.FLOAT32, Shape.of(1, 1, 2, 5), 1, 2, 3, 4, 9, 5, 0, 7, 8, 9);

        Tensor output =
                network(new MaxPool2d(2), 1, 2, 5)
                        .forward(Variable.of(input), Mode.EVALUATE)
                        .value();

        assertThat(output.shape()).isEqualTo(Shape.of(1, 1, 1, 2));
        assertThat(output.toDoubles()).containsExactly(5, 8);
    }

    @Test
    void maxPoolFollowsTheFormulaAndRefusesWindowsOnPaddingAlone() {
        assertThat(outputOf(new MaxPool2d(3).withStride(2), 4, 13, 28)).containsExactly(4, 6, 13);
        assertThat(outputOf(new MaxPool2d(3).withStride(2).withPadding(Padding.SAME), 4, 13, 28))
                .containsExactly(4, 7, 14);
        assertRefused(
                new MaxPool2d(2).withPadding(Padding.of(2)),
                "layer 0 MaxPool2d[kernel=2, padding=2]: the window's position 0 lies on padding"
                        + " alone: Axis[size=2, stride=2, before=2, after=2, dilation=1] on a length of"
                        + " 4",
                1,
                4,
                4);
        assertRefused(
                new MaxPool2d(3),
                "layer 0 MaxPool2d[kernel=3]: a kernel of 3, dilation 1, does not fit images of 2×2"
                        + " with padding 0; is Padding.SAME or less pooling before it meant?",
                1,
                2,
                2);
    }

    /// The parameters of the book's network, chapter 7: 30 filters of 5 × 5, then 100 and 10 units.
    @Test
    void theConvolutionalNetworkOfTheBook() {
        var layers =
                Sequential.of(
                        new Conv2d(30, 5),
                        new Relu(),
                        new MaxPool2d(2),
                        new Flatten(),
                        new Dense(100),
                        new Relu(),
                        new Dense(10));

        Network network = network(layers, 1, 28, 28);

        assertThat(network.outputShape()).isEqualTo(Shape.of(10));
        assertThat(network.parameters().count())
                .isEqualTo(30 * 25 + 30 + 30 * 12 * 12 * 100 + 100 + 100 * 10 + 10);
        assertThat(layers.toString())
                .contains("Conv2d[filters=30, kernel=5]", "MaxPool2d[kernel=2]");
    }
}
