package org.manabi.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.manabi.tensor.ByteTensor;
import org.manabi.tensor.DType;
import org.manabi.tensor.ForAll;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;

class DatasetTests {

    private static final List<String> NAMES = List.of("cat", "dog", "eel");

    /// Samples whose inputs are `[row, −row]`, so that each can be told.
    private static Dataset labeled(int... labels) {
        Tensor inputs = Tensor.zeros(DType.FLOAT32, Shape.of(labels.length, 2));
        for (int row = 0; row < labels.length; row++) {
            inputs.setFromDouble(2 * row, row);
            inputs.setFromDouble(2 * row + 1, -row);
        }
        return Dataset.ofClasses(
                "pets", inputs, IntTensor.of(Shape.of(labels.length), labels), NAMES);
    }

    private static Dataset valued(int size) {
        Tensor inputs = Tensor.zeros(DType.FLOAT64, Shape.of(size, 1));
        Tensor values = Tensor.zeros(DType.FLOAT64, Shape.of(size, 2));
        for (int row = 0; row < size; row++) {
            inputs.setFromDouble(row, row);
            values.setFromDouble(2 * row, 10 * row);
        }
        return Dataset.ofValues("prices", inputs, values);
    }

    private static int[] rowsOf(Dataset data) {
        return IntStream.range(0, data.size())
                .map(row -> (int) data.inputs().get(row, 0))
                .toArray();
    }

    @Test
    void aDatasetOfClassesKnowsThem() {
        Dataset data = labeled(0, 2, 0, 1);

        assertThat(data.size()).isEqualTo(4);
        assertThat(data.sampleShape()).isEqualTo(Shape.of(2));
        assertThat(data.hasClasses()).isTrue();
        assertThat(data.classNames()).isEqualTo(NAMES);
        assertThat(data.classCounts()).containsExactly(2, 1, 1);
        assertThat(data.label(1)).isEqualTo(2);
        assertThat(data).hasToString("pets[4 samples of [2], 3 classes]");
    }

    @Test
    void aDatasetOfValuesHasNoClasses() {
        Dataset data = valued(3);

        assertThat(data.hasClasses()).isFalse();
        assertThat(data.classNames()).isEmpty();
        assertThat(data).hasToString("prices[3 samples of [1]]");
        assertThatIllegalStateException()
                .isThrownBy(() -> data.label(0))
                .withMessage("dataset prices has real numbers for targets");
    }

    @Test
    void selectedSamplesComeInTheOrderAskedForAndAreCopies() {
        Dataset data = labeled(0, 1, 2, 1);

        Dataset chosen = data.select(new int[] {3, 0, 3});
        data.inputs().setFromDouble(0, 77);

        assertThat(rowsOf(chosen)).containsExactly(3, 0, 3);
        assertThat(chosen.label(0)).isEqualTo(1);
        assertThat(chosen.label(1)).isZero();
    }

    @Test
    void theFirstSamplesAreAView() {
        Dataset data = labeled(0, 1, 2, 1);

        Dataset first = data.first(2);

        assertThat(rowsOf(first)).containsExactly(0, 1);
        assertThat(first.classNames()).isEqualTo(NAMES);
        assertThat(first.targets().toDoubles()).containsExactly(0, 1);
    }

    @Test
    void reshapingAndDividingKeepTheSamples() {
        Dataset data = labeled(0, 1).reshaped(Shape.of(1, 2)).dividedBy(4).dividedBy(2);

        assertThat(data.sampleShape()).isEqualTo(Shape.of(1, 2));
        assertThat(data.divisor()).isEqualTo(8);
        assertThat(data.named("other").name()).isEqualTo("other");
        assertThat(data.inputs().toDoubles()).containsExactly(0, 0, 1, -1);
    }

    @Test
    void pixelsAreDividedAsFloatsExactly() {
        byte[] bytes = new byte[256];
        for (int value = 0; value < 256; value++) {
            bytes[value] = (byte) value;
        }
        Dataset data =
                Dataset.ofClasses(
                                "pixels",
                                ByteTensor.of(Shape.of(256, 1), bytes),
                                IntTensor.of(Shape.of(256), new int[256]),
                                NAMES)
                        .dividedBy(255);
        int[] rows = IntStream.range(0, 256).toArray();
        Tensor floats = Tensor.zeros(DType.FLOAT32, Shape.of(256, 1));
        Tensor doubles = Tensor.zeros(DType.FLOAT64, Shape.of(256, 1));
        Tensor labels = Tensor.zeros(DType.INT32, Shape.of(256));

        data.gather(rows, 0, 256, floats, labels);
        data.gather(rows, 0, 256, doubles, labels);

        for (int value = 0; value < 256; value++) {
            assertThat((float) floats.getAsDouble(value)).isEqualTo(value / 255f);
            assertThat(doubles.getAsDouble(value)).isEqualTo(value / 255.0);
        }
    }

    @Test
    void aBatchIsGatheredFromAPartOfTheRows() {
        Dataset data = labeled(0, 1, 2, 1, 0);
        Tensor inputs = Tensor.zeros(DType.FLOAT32, Shape.of(2, 2));
        Tensor labels = Tensor.zeros(DType.INT32, Shape.of(2));

        data.gather(new int[] {9, 4, 2, 9}, 1, 2, inputs, labels);

        assertThat(inputs.toDoubles()).containsExactly(4, -4, 2, -2);
        assertThat(labels.toDoubles()).containsExactly(0, 2);
    }

    @Test
    void aBatchIsGatheredFromAViewAndIntoAView() {
        Dataset data = labeled(0, 1, 2, 1, 0);
        Dataset upper =
                Dataset.ofClasses(
                        "upper",
                        data.inputs().rows(2, 3),
                        IntTensor.of(Shape.of(5), 0, 1, 2, 1, 0).rows(2, 3),
                        NAMES);
        for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
            Tensor whole = Tensor.zeros(dtype, Shape.of(3, 2));
            Tensor labels = Tensor.zeros(DType.INT32, Shape.of(3));

            upper.gather(new int[] {2}, 0, 1, whole.rows(1, 1), labels.rows(1, 1));

            assertThat(whole.toDoubles()).containsExactly(0, 0, 4, -4, 0, 0);
            assertThat(labels.toDoubles()).containsExactly(0, 0, 0);
            assertThat(upper.label(0)).isEqualTo(2);
        }
    }

    @Test
    void valuesAreConvertedToTheTypeOfTheBatch() {
        Tensor inputs = Tensor.zeros(DType.FLOAT32, Shape.of(1, 1));
        Tensor values = Tensor.zeros(DType.FLOAT32, Shape.of(1, 2));

        valued(3).dividedBy(4).gather(new int[] {2}, 0, 1, inputs, values);

        assertThat(inputs.toDoubles()).containsExactly(0.5);
        assertThat(values.toDoubles()).containsExactly(20, 0);
    }

    @Test
    void aBatchOfAnotherShapeIsRefused() {
        Dataset data = labeled(0, 1, 2);
        Tensor labels = Tensor.zeros(DType.INT32, Shape.of(2));

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(
                        () ->
                                data.gather(
                                        new int[] {0, 1},
                                        0,
                                        2,
                                        Tensor.zeros(DType.FLOAT32, Shape.of(2, 3)),
                                        labels))
                .withMessage("dataset pets: 2 samples of [2] do not fill a batch of shape [2, 3]");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(
                        () ->
                                data.gather(
                                        new int[] {0},
                                        0,
                                        1,
                                        Tensor.zeros(DType.FLOAT32, Shape.of(1, 2)),
                                        labels))
                .withMessage("dataset pets: 1 samples of [] do not fill a batch of shape [2]");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3})
    void aRowThatDoesNotExistIsRefused(int row) {
        Dataset data = labeled(0, 1, 2);
        for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
            Tensor inputs = Tensor.zeros(dtype, Shape.of(1, 2));
            Tensor labels = Tensor.zeros(DType.INT32, Shape.of(1));

            assertThatExceptionOfType(ShapeException.class)
                    .isThrownBy(() -> data.gather(new int[] {row}, 0, 1, inputs, labels))
                    .withMessage("dataset pets has no row %d, only 0 … 2", row);
        }
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> data.select(new int[] {row}))
                .withMessage("dataset pets has no row %d, only 0 … 2", row);
    }

    @Test
    void aSplitIsCompleteAndDisjointAndKeepsTheOrder() {
        ForAll.seeds(
                50,
                random -> {
                    int[] labels = new int[10 + random.nextInt(90)];
                    Arrays.setAll(labels, row -> random.nextInt(3));
                    Dataset data = labeled(labels);
                    double fraction = 0.1 + 0.8 * random.nextDouble();

                    Split split = data.split(fraction, Seed.of(random.nextLong()));

                    int[] train = rowsOf(split.train());
                    int[] test = rowsOf(split.test());
                    assertThat(train).isSorted();
                    assertThat(test).isSorted();
                    assertThat(IntStream.concat(Arrays.stream(train), Arrays.stream(test)).sorted())
                            .containsExactlyElementsOf(
                                    IntStream.range(0, data.size()).boxed().toList());
                    for (int label = 0; label < 3; label++) {
                        assertThat(split.test().classCounts()[label])
                                .isEqualTo(Math.round(data.classCounts()[label] * fraction));
                    }
                });
    }

    @Test
    void aSplitKeepsTheProportionsOfTheClasses() {
        int[] labels = new int[100];
        Arrays.fill(labels, 60, 90, 1);
        Arrays.fill(labels, 90, 100, 2);

        Split split = labeled(labels).split(0.2, Seed.of(0));

        assertThat(split.train().classCounts()).containsExactly(48, 24, 8);
        assertThat(split.test().classCounts()).containsExactly(12, 6, 2);
    }

    @Test
    void theSameSeedGivesTheSameSplitAndAnotherAnother() {
        Dataset data = labeled(new int[60]);

        int[] once = rowsOf(data.split(0.5, Seed.of(1)).test());

        assertThat(rowsOf(data.split(0.5, Seed.of(1)).test())).containsExactly(once);
        assertThat(rowsOf(data.split(0.5, Seed.of(2)).test())).isNotEqualTo(once);
    }

    /// Were all classes shuffled alike, data sorted by class would lose the same places of each.
    @Test
    void eachClassIsShuffledForItself() {
        int[] labels = new int[60];
        Arrays.fill(labels, 30, 60, 1);

        int[] held = rowsOf(labeled(labels).split(0.5, Seed.of(1)).test());

        int[] first = Arrays.copyOfRange(held, 0, 15);
        int[] second = Arrays.stream(held, 15, 30).map(row -> row - 30).toArray();
        assertThat(first).isNotEqualTo(second);
    }

    @Test
    void valuesAreSplitToo() {
        Split split = valued(10).split(0.3, Seed.of(0));

        assertThat(split.train().size()).isEqualTo(7);
        assertThat(split.test().size()).isEqualTo(3);
        for (int row = 0; row < 3; row++) {
            assertThat(split.test().targets().get(row, 0))
                    .isEqualTo(10 * split.test().inputs().get(row, 0));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.5, Double.NaN})
    void aFractionOutsideItsRangeIsRefused(double fraction) {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> valued(10).split(fraction, Seed.of(0)))
                .withMessage(
                        "the fraction of samples held back is between 0 and 1, got %s", fraction);
    }

    @Test
    void tooFewSamplesCannotBeSplit() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> labeled(0).split(0.2, Seed.of(0)))
                .withMessage("dataset pets has too few samples (1) to hold back 0.2 of them");
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "3, 2"})
    void aLabelOutOfRangeIsRefusedWithItsRow(int label, int row) {
        int[] labels = {0, 1, 2};
        labels[row] = label;

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> labeled(labels))
                .withMessage("dataset pets: label %d at row %d is outside 0 … 2", label, row);
    }

    @Test
    void inputsAndTargetsOfUnequalCountAreRefused() {
        Tensor inputs = Tensor.zeros(DType.FLOAT32, Shape.of(3, 2));

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(
                        () ->
                                Dataset.ofClasses(
                                        "pets", inputs, IntTensor.of(Shape.of(2), 0, 1), NAMES))
                .withMessage("dataset pets: 3 inputs but targets are [2]");
    }

    @Test
    void labelsAreOneNumberForEachSample() {
        Tensor inputs = Tensor.zeros(DType.FLOAT32, Shape.of(2, 2));

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(
                        () ->
                                Dataset.ofClasses(
                                        "pets",
                                        inputs,
                                        IntTensor.of(Shape.of(2, 2), 0, 1, 1, 0),
                                        NAMES))
                .withMessage(
                        "dataset pets: expected labels [n], got [2, 2]; one-hot rows are floating"
                                + " values");
    }

    @Test
    void anEmptyDatasetIsRefused() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> labeled())
                .withMessage("dataset pets is empty: its inputs are [0, 2]");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> labeled(0, 1).first(0))
                .withMessage("dataset pets is empty: its inputs are [0, 2]");
    }

    @Test
    void oneClassIsNoChoice() {
        Tensor inputs = Tensor.zeros(DType.FLOAT32, Shape.of(1, 2));

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(
                        () ->
                                Dataset.ofClasses(
                                        "pets",
                                        inputs,
                                        IntTensor.of(Shape.of(1), 0),
                                        List.of("cat")))
                .withMessage("dataset pets: at least 2 classes are needed, got 1");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void aDivisorThatIsNoPositiveNumberIsRefused(double divisor) {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> labeled(0, 1).dividedBy(divisor))
                .withMessage("dataset pets: divisor %s is not a number greater than 0", divisor);
    }

    @Test
    void valuesAreRowsOfFloatingNumbers() {
        Tensor inputs = Tensor.zeros(DType.FLOAT32, Shape.of(2, 2));

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(
                        () ->
                                Dataset.ofValues(
                                        "prices", inputs, Tensor.zeros(DType.FLOAT32, Shape.of(2))))
                .withMessage(
                        "dataset prices: expected values [n, K], got [2]; reshape them to [2, 1],"
                                + " since against predictions [2, 1] each would be compared with"
                                + " every other");
    }

    @Test
    void aValueThatIsNotANumberIsRefusedWithItsPlace() {
        Tensor inputs = Tensor.zeros(DType.FLOAT32, Shape.of(2, 2));
        Tensor values = Tensor.of(DType.FLOAT32, Shape.of(2, 2), 1, 2, 3, Double.NaN);

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> Dataset.ofValues("prices", inputs, values))
                .withMessage("dataset prices: the value at row 1, column 1 is not a number");
    }
}
