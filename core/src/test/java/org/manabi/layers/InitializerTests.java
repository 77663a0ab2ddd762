package org.manabi.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;

/// Samples of n numbers from fixed seeds. The sample variance s² of normal numbers has s²·n/σ² after χ²
/// with n degrees of freedom, hence a relative deviation of √(2/n); that of uniform ones √(0.8/n). Five
/// deviations are allowed, which chance alone exceeds once in two million.
class InitializerTests {

    private static final int IN = 200;
    private static final int OUT = 150;
    private static final int N = IN * OUT;

    // Not private: only the names in @FieldSource read them.
    static final List<Object[]> NORMAL =
            List.of(
                    new Object[] {Normal.BOOK, 0.01},
                    new Object[] {new Normal(3), 3.0},
                    new Object[] {Xavier.NORMAL, Math.sqrt(2.0 / (IN + OUT))},
                    new Object[] {He.NORMAL, Math.sqrt(2.0 / IN)},
                    new Object[] {LeCun.NORMAL, Math.sqrt(1.0 / IN)});

    static final List<Object[]> TRUNCATED =
            List.of(
                    new Object[] {new TruncatedNormal(3), 3.0},
                    new Object[] {Xavier.TRUNCATED, Math.sqrt(2.0 / (IN + OUT))},
                    new Object[] {He.TRUNCATED, Math.sqrt(2.0 / IN)},
                    new Object[] {LeCun.TRUNCATED, Math.sqrt(1.0 / IN)});

    static final List<Object[]> UNIFORM =
            List.of(
                    new Object[] {new Uniform(0.25), 0.25},
                    new Object[] {Xavier.UNIFORM, Math.sqrt(6.0 / (IN + OUT))},
                    new Object[] {He.UNIFORM, Math.sqrt(6.0 / IN)},
                    new Object[] {LeCun.UNIFORM, Math.sqrt(3.0 / IN)},
                    new Object[] {FrameworkDefault.PYTORCH, 1 / Math.sqrt(IN)},
                    new Object[] {FrameworkDefault.KERAS, Math.sqrt(6.0 / (IN + OUT))});

    private static double[] sample(Initializer initializer) {
        Shape shape = Shape.of(IN, OUT);
        Tensor tensor = Tensor.zeros(DType.FLOAT64, shape);
        initializer.fill(tensor, Fans.of(shape), Seed.of(11).stream());
        return tensor.toDoubles();
    }

    private static double variance(double[] sample) {
        return Arrays.stream(sample).map(x -> x * x).sum() / sample.length;
    }

    private static double mean(double[] sample) {
        return Arrays.stream(sample).sum() / sample.length;
    }

    @ParameterizedTest
    @FieldSource("NORMAL")
    void normalWeightsHaveTheVarianceThatTheyPromise(Initializer initializer, double deviation) {
        double[] sample = sample(initializer);

        assertThat(variance(sample) / (deviation * deviation))
                .isCloseTo(1, within(5 * Math.sqrt(2.0 / N)));
        assertThat(mean(sample) / deviation).isCloseTo(0, within(5 / Math.sqrt(N)));
    }

    /// Keras would cut them off at 2σ, beyond which 4.55 % of a normal distribution lie.
    @ParameterizedTest
    @FieldSource("NORMAL")
    void normalWeightsAreNotTruncated(Initializer initializer, double deviation) {
        double[] sample = sample(initializer);

        double beyond = Arrays.stream(sample).filter(x -> Math.abs(x) > 2 * deviation).count();

        assertThat(beyond / N).isCloseTo(0.0455, within(5 * Math.sqrt(0.0455 * 0.9545 / N)));
    }

    /// The variance of U(±limit) is limit²/3. Of n numbers the largest lies within 20·limit/n of the
    /// limit but for a chance of e⁻²⁰.
    @ParameterizedTest
    @FieldSource("UNIFORM")
    void uniformWeightsFillTheirRangeEvenly(Initializer initializer, double limit) {
        double[] sample = sample(initializer);

        assertThat(variance(sample) / (limit * limit / 3))
                .isCloseTo(1, within(5 * Math.sqrt(0.8 / N)));
        assertThat(mean(sample) / limit).isCloseTo(0, within(5 * Math.sqrt(1.0 / 3 / N)));
        assertThat(Arrays.stream(sample).min().orElseThrow())
                .isBetween(-limit, -limit + 20 * limit / N);
        assertThat(Arrays.stream(sample).max().orElseThrow())
                .isBetween(limit - 20 * limit / N, limit);
    }

    /// The variance is as promised although the tails are cut: the fourth moment is less than that of
    /// a normal distribution, so five of its deviations are more than enough.
    @ParameterizedTest
    @FieldSource("TRUNCATED")
    void truncatedWeightsHaveTheirVarianceAndNoTails(Initializer initializer, double deviation) {
        double[] sample = sample(initializer);

        assertThat(variance(sample) / (deviation * deviation))
                .isCloseTo(1, within(5 * Math.sqrt(2.0 / N)));
        assertThat(Arrays.stream(sample).map(Math::abs).max().orElseThrow() / deviation)
                .isBetween(2.2, 2 / 0.8796);
    }

    /// Rounding: sums of 200 products of numbers up to 1.
    @ParameterizedTest
    @ValueSource(strings = {"5,5", "3,7", "7,3", "4,2,3,3"})
    void orthogonalWeightsAreOrthogonal(String dims) {
        Shape shape =
                Shape.of(Arrays.stream(dims.split(",")).mapToInt(Integer::parseInt).toArray());
        Tensor tensor = Tensor.zeros(DType.FLOAT64, shape);
        new Orthogonal(2).fill(tensor, Fans.of(shape), Seed.of(3).stream());
        int rows = shape.dim(0);
        int columns = tensor.size() / rows;

        int vectors = Math.min(rows, columns);
        for (int a = 0; a < vectors; a++) {
            for (int b = 0; b < vectors; b++) {
                double product = 0;
                for (int i = 0; i < Math.max(rows, columns); i++) {
                    product +=
                            rows <= columns
                                    ? tensor.getAsDouble(a * columns + i)
                                            * tensor.getAsDouble(b * columns + i)
                                    : tensor.getAsDouble(i * columns + a)
                                            * tensor.getAsDouble(i * columns + b);
                }
                assertThat(product).isCloseTo(a == b ? 4 : 0, within(1e-13));
            }
        }
    }

    @Test
    void identityHandsItsInputOn() {
        Tensor dense = Tensor.zeros(DType.FLOAT64, Shape.of(2, 3));
        new Identity().fill(dense, Fans.of(dense.shape()), Seed.of(1).stream());
        assertThat(dense.toDoubles()).containsExactly(1, 0, 0, 0, 1, 0);

        Tensor kernels = Tensor.zeros(DType.FLOAT64, Shape.of(2, 2, 3, 3));
        new Identity(0.5).fill(kernels, Fans.of(kernels.shape()), Seed.of(1).stream());
        assertThat(kernels.get(1, 1, 1, 1)).isEqualTo(0.5);
        assertThat(Arrays.stream(kernels.toDoubles()).sum()).isEqualTo(1);
    }

    @Test
    void aConstantIsTheSameEverywhere() {
        assertThat(sample(new Constant(0.5))).containsOnly(0.5);
        assertThat(sample(Initializer.ZEROS)).containsOnly(0);
    }

    /// Channels times the area of the kernel, for weights `[out, in, height, width]`.
    @Test
    void fansCountWhatFlowsInAndOut() {
        assertThat(Fans.of(Shape.of(784, 50))).isEqualTo(new Fans(784, 50));
        assertThat(Fans.of(Shape.of(32, 3, 5, 5))).isEqualTo(new Fans(3 * 25, 32 * 25));
        assertThat(Fans.of(Shape.of(50))).isEqualTo(new Fans(50, 50));
        assertThat(Fans.of(Shape.SCALAR)).isEqualTo(new Fans(1, 1));
    }

    /// Were the draws made in another order or number, float32 and float64 networks would differ.
    @ParameterizedTest
    @FieldSource("NORMAL")
    void floatsAreTheRoundedDoubles(Initializer initializer, double deviation) {
        Shape shape = Shape.of(3, 5);
        Tensor floats = Tensor.zeros(DType.FLOAT32, shape);
        Tensor doubles = Tensor.zeros(DType.FLOAT64, shape);

        initializer.fill(floats, Fans.of(shape), Seed.of(1).stream());
        initializer.fill(doubles, Fans.of(shape), Seed.of(1).stream());

        assertThat(floats.toDoubles()).containsExactly(doubles.to(DType.FLOAT32).toDoubles());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void spreadsThatAreNotPositiveAreRefused(double spread) {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> new Normal(spread))
                .withMessage("a standard deviation is greater than 0, got %s", spread);
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> new Uniform(spread))
                .withMessage("a limit is greater than 0, got %s", spread);
    }
}
