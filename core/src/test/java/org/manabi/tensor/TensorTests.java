package org.manabi.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TensorTests {

    private static Tensor countingTo(DType dtype, Shape shape) {
        Tensor tensor = Tensor.zeros(dtype, shape);
        for (int i = 0; i < tensor.size(); i++) {
            tensor.setFromDouble(i, i + 1.0);
        }
        return tensor;
    }

    @ParameterizedTest
    @EnumSource
    void elementsLieInRowMajorOrder(DType dtype) {
        Tensor tensor = countingTo(dtype, Shape.of(2, 3, 4));

        assertThat(tensor.get(0, 0, 0)).isEqualTo(1);
        assertThat(tensor.get(0, 0, 1)).isEqualTo(2);
        assertThat(tensor.get(0, 1, 0)).isEqualTo(1 + 4);
        assertThat(tensor.get(1, 0, 0)).isEqualTo(1 + 3 * 4);
        assertThat(tensor.get(1, 2, 3)).isEqualTo(24);
    }

    @ParameterizedTest
    @EnumSource
    void zerosAreZeros(DType dtype) {
        Tensor zeros = Tensor.zeros(dtype, Shape.of(2, 3));

        assertThat(zeros.dtype()).isEqualTo(dtype);
        assertThat(zeros.shape()).isEqualTo(Shape.of(2, 3));
        assertThat(zeros.toDoubles()).containsExactly(new double[6]);
    }

    @ParameterizedTest
    @EnumSource
    void aReshapedTensorSharesItsElements(DType dtype) {
        Tensor tensor = countingTo(dtype, Shape.of(2, 3));
        Tensor reshaped = tensor.reshape(Shape.of(3, 2));

        reshaped.setFromDouble(5, 77);

        assertThat(reshaped.get(1, 0)).isEqualTo(3);
        assertThat(tensor.get(1, 2)).isEqualTo(77);
    }

    @ParameterizedTest
    @EnumSource
    void rowsAreAViewAndSoAreRowsOfRows(DType dtype) {
        Tensor tensor = countingTo(dtype, Shape.of(5, 2));

        Tensor middle = tensor.rows(1, 3);
        Tensor last = middle.rows(2, 1);
        last.setFromDouble(1, 99);

        assertThat(middle.toDoubles()).containsExactly(3, 4, 5, 6, 7, 99);
        assertThat(last.offset()).isEqualTo(6);
        assertThat(tensor.get(3, 1)).isEqualTo(99);
        assertThat(tensor.rows(5, 0).size()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aCopyIsItsOwnAndBeginsAtZero(DType dtype) {
        Tensor view = countingTo(dtype, Shape.of(4, 2)).rows(2, 2);
        Tensor copy = view.copy();

        view.setFromDouble(0, 42);

        assertThat(copy.offset()).isZero();
        assertThat(copy.dtype()).isEqualTo(dtype);
        assertThat(copy.shape()).isEqualTo(view.shape());
        assertThat(copy.toDoubles()).containsExactly(5, 6, 7, 8);
    }

    @ParameterizedTest
    @EnumSource
    void copyFromFillsAViewAndNothingBesideIt(DType dtype) {
        Tensor tensor = countingTo(dtype, Shape.of(4, 2));
        Tensor source = countingTo(dtype, Shape.of(8)).rows(6, 2);

        tensor.rows(1, 1).copyFrom(source);

        assertThat(tensor.toDoubles()).containsExactly(1, 2, 7, 8, 5, 6, 7, 8);
    }

    @ParameterizedTest
    @EnumSource
    void conversionKeepsSmallWholeNumbers(DType dtype) {
        Tensor view = countingTo(dtype, Shape.of(3, 2)).rows(1, 2);
        for (DType to : DType.values()) {
            Tensor converted = view.to(to);
            assertThat(converted.dtype()).isEqualTo(to);
            assertThat(converted.toDoubles()).containsExactly(3, 4, 5, 6);
        }
    }

    @Test
    void floatsAreRoundedToTheNearest() {
        Tensor tenth = Tensor.of(DType.FLOAT32, Shape.SCALAR, 0.1);

        assertThat(tenth.item()).isEqualTo((double) 0.1f).isNotEqualTo(0.1);
    }

    @Test
    void bytesAreUnsigned() {
        ByteTensor pixels = ByteTensor.of(Shape.of(3), (byte) 0, (byte) 127, (byte) 255);

        assertThat(pixels.toDoubles()).containsExactly(0, 127, 255);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 256, 1e300, Double.NaN})
    void whatIsNotAByteIsRefused(double value) {
        ByteTensor pixel = ByteTensor.of(Shape.SCALAR, (byte) 7);

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> pixel.setFromDouble(0, value))
                .withMessage("%s does not fit into UINT8, 0 … 255", value);
        assertThat(pixel.item()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(doubles = {3e9, -3e9, Double.NaN})
    void whatIsNotAnIntIsRefused(double value) {
        IntTensor label = IntTensor.of(Shape.SCALAR, 7);

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> label.setFromDouble(0, value))
                .withMessage("%s does not fit into INT32, -2147483648 … 2147483647", value);
        assertThat(label.item()).isEqualTo(7);
    }

    @Test
    void fractionsAreCutOffTowardZeroAsInNumPy() {
        Tensor fractions = Tensor.of(DType.FLOAT64, Shape.of(3), 2.9, -2.9, 0.5);

        assertThat(fractions.to(DType.INT32).toDoubles()).containsExactly(2, -2, 0);
    }

    @Test
    void aTensorOfAnArrayIsAViewOfIt() {
        float[] array = {1, 2, 3};
        FloatTensor tensor = FloatTensor.of(Shape.of(3), array);

        array[1] = 20;

        assertThat(tensor.array()).isSameAs(array);
        assertThat(tensor.toFloats()).containsExactly(1, 20, 3);
    }

    @Test
    void theArrayOfATensorIsNoPartOfItsCopies() {
        assertThat(DoubleTensor.of(Shape.of(2), 1, 2).rows(1, 1).toDoubles()).containsExactly(2);
        assertThat(FloatTensor.of(Shape.of(2), 1, 2).rows(1, 1).toFloats()).containsExactly(2);
        assertThat(IntTensor.of(Shape.of(2), 1, 2).rows(1, 1).toInts()).containsExactly(2);
        assertThat(ByteTensor.of(Shape.of(2), (byte) 1, (byte) 2).rows(1, 1).toBytes())
                .containsExactly(2);
    }

    @ParameterizedTest
    @EnumSource
    void aShapeOfAnotherSizeIsRefused(DType dtype) {
        Tensor tensor = Tensor.zeros(dtype, Shape.of(2, 3));

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> tensor.reshape(Shape.of(2, 4)))
                .withMessage("shape [2, 4] has 8 elements, got 6");
    }

    @ParameterizedTest
    @EnumSource
    void rowsOutsideAreRefused(DType dtype) {
        Tensor tensor = Tensor.zeros(dtype, Shape.of(4, 2));

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> tensor.rows(3, 2))
                .withMessage("rows 3 … 4 are outside shape [4, 2]");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> tensor.rows(-1, 1))
                .withMessage("rows -1 … -1 are outside shape [4, 2]");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> tensor.rows(1, Integer.MAX_VALUE))
                .withMessage("rows 1 … 2147483647 are outside shape [4, 2]");
    }

    @Test
    void indicesAreChecked() {
        Tensor tensor = Tensor.zeros(DType.FLOAT32, Shape.of(2, 3));

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> tensor.get(1, 3))
                .withMessage("index 3 of axis 1 is outside shape [2, 3]");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> tensor.get(1))
                .withMessage("1 indices given for shape [2, 3]");
    }

    @Test
    void onlyATensorOfOneElementHasAnItem() {
        assertThat(Tensor.of(DType.FLOAT64, Shape.of(1, 1), 5).item()).isEqualTo(5);
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(Tensor.zeros(DType.FLOAT64, Shape.of(2))::item)
                .withMessage("item() needs exactly one element, shape is [2]");
    }

    @Test
    void anotherTypeOrSizeIsNotCopied() {
        Tensor floats = Tensor.zeros(DType.FLOAT32, Shape.of(2));

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> floats.copyFrom(Tensor.zeros(DType.FLOAT64, Shape.of(2))))
                .withMessage("cannot copy FLOAT64 [2] into FLOAT32 [2]");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> floats.copyFrom(Tensor.zeros(DType.FLOAT32, Shape.of(3))))
                .withMessage("cannot copy FLOAT32 [3] into FLOAT32 [2]");
    }

    @Test
    void valuesThatDoNotFillTheShapeAreRefused() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> Tensor.of(DType.FLOAT64, Shape.of(2, 2), 1, 2, 3))
                .withMessage("shape [2, 2] has 4 elements, got 3");
    }
}
