package org.manabi.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.manabi.tensor.DType;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

class NumericalGradientTests {

    /// 『ゼロから作るDeep Learning』, section 4.4: f(x₀, x₁) = x₀² + x₁² at (3, 4), (0, 2) and (3, 0).
    /// For a polynomial of degree 2 only rounding is wrong: ε·f/h = 2e-16·25/1e-4 = 6e-11.
    @Test
    void theExampleOfTheChapter() {
        double[][] points = {{3, 4}, {0, 2}, {3, 0}};
        for (double[] point : points) {
            Tensor x = Tensor.of(DType.FLOAT64, Shape.of(2), point);

            Tensor gradient =
                    NumericalGradient.of(
                            () -> x.get(0) * x.get(0) + x.get(1) * x.get(1),
                            x,
                            NumericalGradient.STEP);

            assertThat(gradient.toDoubles())
                    .containsExactly(new double[] {2 * point[0], 2 * point[1]}, within(1e-10));
        }
    }

    /// h²·f‴/6 with f‴ = f = e and h = 1e-3 is 4.5e-7.
    @Test
    void itsErrorIsTheSquareOfTheStep() {
        Tensor x = Tensor.of(DType.FLOAT64, Shape.SCALAR, 1);

        double coarse = NumericalGradient.ofElement(() -> Math.exp(x.item()), x, 0, 1e-3);
        double fine = NumericalGradient.ofElement(() -> Math.exp(x.item()), x, 0, 1e-4);

        assertThat(coarse - Math.E).isCloseTo(Math.E * 1e-6 / 6, within(1e-9));
        assertThat(fine - Math.E).isCloseTo(Math.E * 1e-8 / 6, within(1e-10));
    }

    @Test
    void thePointIsRestoredToTheBit() {
        double[] odd = {0.1, 1 / 3.0, 1e-20, -7e5};
        Tensor x = Tensor.of(DType.FLOAT64, Shape.of(2, 2), odd);

        NumericalGradient.of(() -> x.get(0, 1), x, NumericalGradient.STEP);

        assertThat(x.toDoubles()).containsExactly(odd);
    }

    @Test
    void theGradientHasTheShapeOfThePoint() {
        Tensor x = Tensor.zeros(DType.FLOAT64, Shape.of(2, 3));

        assertThat(NumericalGradient.of(() -> 0, x, 1).shape()).isEqualTo(Shape.of(2, 3));
    }
}
