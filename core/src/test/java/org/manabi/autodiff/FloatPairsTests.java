package org.manabi.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manabi.tensor.DType;
import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// Float32 tensors give what doubles give, rounded once.
class FloatPairsTests {

    private static final List<List<Shape>> SHAPES =
            List.of(
                    List.of(Shape.of(7), Shape.of(7)),
                    List.of(Shape.of(3, 13), Shape.of(3, 13)),
                    List.of(Shape.of(3, 13), Shape.of(13)),
                    List.of(Shape.of(4, 3, 5), Shape.of(3, 5)),
                    List.of(Shape.of(3, 13), Shape.SCALAR),
                    List.of(Shape.of(3, 13), Shape.of(1, 1)),
                    List.of(Shape.of(3, 13), Shape.of(3, 1)),
                    List.of(Shape.of(13), Shape.of(3, 13)));

    private static Tensor draw(Shape shape, RandomStream random) {
        double[] values = new double[shape.size()];
        Arrays.setAll(values, i -> random.nextGaussian());
        return Tensor.of(DType.FLOAT32, shape, values);
    }

    @ParameterizedTest
    @EnumSource(Binary.class)
    void bitsAreThoseOfDoublesRounded(Binary op) {
        RandomStream random = Seed.of(5).child(op.name()).stream();
        for (List<Shape> shapes : SHAPES) {
            Tensor a = draw(shapes.get(0), random);
            Tensor b = draw(shapes.get(1), random);

            Tensor floats = Result.of(op, Variable.of(a), Variable.of(b)).value();
            Tensor doubles =
                    Result.of(
                                    op,
                                    Variable.of(a.to(DType.FLOAT64)),
                                    Variable.of(b.to(DType.FLOAT64)))
                            .value();

            assertThat(floats.toDoubles())
                    .as("%s of %s", op, shapes)
                    .containsExactly(doubles.to(DType.FLOAT32).toDoubles());
        }
    }

    @Test
    void sumsAreAddedInDouble() {
        Tensor x = Tensor.of(DType.FLOAT32, Shape.of(3), 1, 1e-8, -1);

        assertThat(Variable.of(x).sum().value().item()).isCloseTo(1e-8, within(1e-15));
    }
}
