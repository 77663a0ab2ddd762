package org.manabi.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.manabi.tensor.Activation;
import org.manabi.tensor.DType;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;

/// Values by hand; the gradients are checked in [GradientCheckTests].
class VariableTests {

    /// Half a unit in the last place of a number near 1, and some room for two more roundings.
    private static final double ROUNDING = 4e-16;

    private static Variable of(Shape shape, double... values) {
        return Variable.of(Tensor.of(DType.FLOAT64, shape, values));
    }

    @Test
    void theFirstExampleOfTheGuideHolds() {
        var w = Parameter.of("w", 2.0);
        var loss = w.times(w).plus(w);

        assertThat(loss.value().item()).isEqualTo(6);
        assertThat(loss.gradients(w).of(w).item()).isEqualTo(2 * 2 + 1);
    }

    @Test
    void aVariableIsComputedAnewEachTime() {
        var w = Parameter.of("w", 2.0);
        var square = w.square();
        assertThat(square.value().item()).isEqualTo(4);

        w.tensor().setFromDouble(0, 5);

        assertThat(square.value().item()).isEqualTo(25);
        assertThat(square.gradients(w).of(w).item()).isEqualTo(10);
    }

    @Test
    void aLeafIsItsOwnDerivative() {
        var w = Parameter.of("w", 3.0);

        assertThat(w.value().item()).isEqualTo(3);
        assertThat(w.gradients(w).of(w).item()).isEqualTo(1);
    }

    @Test
    void matrixProductsByHand() {
        var a = of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
        var b = of(Shape.of(3, 2), 7, 8, 9, 10, 11, 12);

        Tensor c = a.matmul(b).value();

        assertThat(c.shape()).isEqualTo(Shape.of(2, 2));
        assertThat(c.toDoubles()).containsExactly(58, 64, 139, 154);
    }

    @Test
    void arithmeticRepeatsShortAxesAsNumPyDoes() {
        var column = of(Shape.of(2, 1), 10, 20);
        var row = of(Shape.of(3), 1, 2, 5);

        assertThat(column.plus(row).shape()).isEqualTo(Shape.of(2, 3));
        assertThat(column.plus(row).value().toDoubles()).containsExactly(11, 12, 15, 21, 22, 25);
        assertThat(column.minus(row).value().toDoubles()).containsExactly(9, 8, 5, 19, 18, 15);
        assertThat(column.times(row).value().toDoubles()).containsExactly(10, 20, 50, 20, 40, 100);
        assertThat(column.dividedBy(row).value().toDoubles()).containsExactly(10, 5, 2, 20, 10, 4);
        assertThat(row.times(2.5).value().toDoubles()).containsExactly(2.5, 5, 12.5);
    }

    @Test
    void functionsByHand() {
        var x = of(Shape.of(3), -1, 0, 2);

        assertThat(x.exp().value().toDoubles())
                .containsExactly(new double[] {1 / Math.E, 1, Math.E * Math.E}, within(1e-15));
        assertThat(x.exp().log().value().toDoubles())
                .containsExactly(new double[] {-1, 0, 2}, within(ROUNDING));
        assertThat(x.square().value().toDoubles()).containsExactly(1, 0, 4);
        assertThat(x.sum().value().item()).isEqualTo(1);
        assertThat(x.mean().value().item()).isEqualTo(1.0 / 3);
    }

    @Test
    void activationsByHand() {
        var x = of(Shape.of(3), -1, 0, 2);

        assertThat(x.activate(Activation.IDENTITY).value().toDoubles()).containsExactly(-1, 0, 2);
        assertThat(x.activate(Activation.RELU).value().toDoubles()).containsExactly(0, 0, 2);
        assertThat(x.activate(Activation.SIGMOID).value().toDoubles())
                .containsExactly(
                        new double[] {1 / (1 + Math.E), 0.5, 0.8807970779778823}, within(ROUNDING));
        assertThat(x.activate(Activation.TANH).value().toDoubles())
                .containsExactly(
                        new double[] {-0.7615941559557649, 0, 0.9640275800758169},
                        within(ROUNDING));
    }

    /// The book's relu_grad is 1 at 0, PyTorch's 0; ours is PyTorch's.
    @Test
    void theDerivativeOfReluAtZeroIsZero() {
        var x = Parameter.of("x", Tensor.of(DType.FLOAT64, Shape.of(3), -1, 0, 2));

        Gradients gradients = x.activate(Activation.RELU).sum().gradients(x);

        assertThat(gradients.of(x).toDoubles()).containsExactly(0, 0, 1);
    }

    @Test
    void softmaxWorksAlongTheInnermostAxis() {
        var x = of(Shape.of(2, 2), 0, Math.log(3), 1000, 1000);

        assertThat(x.softmax().value().toDoubles())
                .containsExactly(new double[] {0.25, 0.75, 0.5, 0.5}, within(ROUNDING));
    }

    @Test
    void reshapingKeepsTheOrderOfElements() {
        var x = of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);

        Tensor reshaped = x.reshape(Shape.of(3, 2)).value();

        assertThat(reshaped.shape()).isEqualTo(Shape.of(3, 2));
        assertThat(reshaped.toDoubles()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void aValueIsACopy() {
        var w = Parameter.of("w", 2.0);
        Tensor value = w.value();
        Tensor reshaped = w.reshape(Shape.of(1)).value();

        w.tensor().setFromDouble(0, 9);

        assertThat(value.item()).isEqualTo(2);
        assertThat(reshaped.item()).isEqualTo(2);
    }

    @Test
    void floatsStayFloats() {
        var x = Variable.of(Tensor.of(DType.FLOAT32, Shape.of(2), 0.1, 0.2));

        Tensor sum = x.times(3).plus(x.exp()).sum().value();

        assertThat(sum.dtype()).isEqualTo(DType.FLOAT32);
        assertThat(sum.item()).isEqualTo((float) sum.item());
    }

    @Test
    void shapesThatDoNotBroadcastAreRefused() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> of(Shape.of(2), 1, 2).plus(of(Shape.of(3), 1, 2, 3)))
                .withMessage("shapes [2] and [3] do not broadcast: 2 against 3");
    }

    @Test
    void aProductOfMatricesThatDoNotFitIsRefused() {
        var a = of(Shape.of(1, 3), 1, 2, 3);

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> a.matmul(a))
                .withMessage("a matrix product needs [N, K] and [K, M], got [1, 3] and [1, 3]");
    }

    @Test
    void typesAreNotMixed() {
        var floats = Variable.of(Tensor.zeros(DType.FLOAT32, Shape.of(2)));
        var doubles = Variable.of(Tensor.zeros(DType.FLOAT64, Shape.of(2)));

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> floats.plus(doubles))
                .withMessage("ADD mixes FLOAT32 and FLOAT64");
    }

    @Test
    void wholeNumbersHaveNoGradientAndAreRefused() {
        var labels = Variable.of(IntTensor.of(Shape.of(2), 1, 2));

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(labels::exp)
                .withMessage("EXP needs a floating input");
    }

    @Test
    void aReshapeToAnotherSizeIsRefused() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> of(Shape.of(3), 1, 2, 3).reshape(Shape.of(2, 2)))
                .withMessage("cannot reshape [3] to [2, 2]");
    }

    @Test
    void onlyASingleNumberHasGradients() {
        var x = Parameter.of("x", Tensor.zeros(DType.FLOAT64, Shape.of(2)));

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> x.square().gradients(x))
                .withMessage("gradients are of a single number, this variable is [2]");
    }

    @Test
    void theMeanOfNothingIsRefusedButItsSumIsZero() {
        var nothing = Variable.of(Tensor.zeros(DType.FLOAT64, Shape.of(0, 3)));

        assertThat(nothing.sum().value().item()).isZero();
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(nothing::mean)
                .withMessage("the mean of no elements, shape [0, 3]");
    }
}
