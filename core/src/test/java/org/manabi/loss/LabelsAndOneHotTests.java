package org.manabi.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.manabi.autodiff.Gradients;
import org.manabi.autodiff.Input;
import org.manabi.autodiff.Parameter;
import org.manabi.autodiff.Plan;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.ForAll;
import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;

/// Classes as numbers and as one-hot rows, under every loss that takes both.
class LabelsAndOneHotTests {

    /// A loss of one prediction, which stands for probabilities, logits and outputs alike.
    enum ClassLoss {
        SUM_OF_SQUARES {
            @Override
            Variable of(Variable y, ClassTargets t, Reduction reduction) {
                return new SumOfSquaredErrors(reduction).of(new Outputs(y), t);
            }
        },
        MEAN_SQUARED_ERROR {
            @Override
            Variable of(Variable y, ClassTargets t, Reduction reduction) {
                return reduction.of(new MeanSquaredError().perSample(new Outputs(y), t));
            }
        },
        CROSS_ENTROPY {
            @Override
            Variable of(Variable y, ClassTargets t, Reduction reduction) {
                return new CrossEntropy(1e-7, reduction).of(new Probabilities(y), t);
            }
        },
        SOFTMAX_CROSS_ENTROPY {
            @Override
            Variable of(Variable y, ClassTargets t, Reduction reduction) {
                return new SoftmaxCrossEntropy(reduction).of(new Logits(y), t);
            }
        };

        abstract Variable of(Variable prediction, ClassTargets targets, Reduction reduction);
    }

    private static Parameter prediction(DType dtype, int rows, int classes, RandomStream random) {
        double[] values = new double[rows * classes];
        Arrays.setAll(values, i -> random.nextDouble());
        return Parameter.of("y", Tensor.of(dtype, Shape.of(rows, classes), values));
    }

    private static int[] labels(int rows, int classes, RandomStream random) {
        int[] labels = new int[rows];
        Arrays.setAll(labels, row -> random.nextInt(classes));
        return labels;
    }

    private static OneHot oneHot(DType dtype, int classes, int... labels) {
        Tensor rows = Tensor.zeros(dtype, Shape.of(labels.length, classes));
        for (int row = 0; row < labels.length; row++) {
            rows.setFromDouble(row * classes + labels[row], 1);
        }
        return OneHot.of(rows);
    }

    @ParameterizedTest
    @EnumSource
    void labelsAndOneHotRowsGiveTheSameBits(ClassLoss loss) {
        for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
            ForAll.seeds(
                    20,
                    random -> {
                        int rows = 1 + random.nextInt(8);
                        int classes = 2 + random.nextInt(30);
                        Parameter y = prediction(dtype, rows, classes, random);
                        int[] labels = labels(rows, classes, random);
                        Variable byLabel = loss.of(y, Labels.of(classes, labels), Reduction.MEAN);
                        double value = byLabel.value().item();
                        double[] gradient = byLabel.gradients(y).of(y).toDoubles();

                        for (DType type : DType.values()) {
                            Variable byRow =
                                    loss.of(y, oneHot(type, classes, labels), Reduction.MEAN);

                            assertThat(byRow.value().item()).isEqualTo(value);
                            assertThat(byRow.gradients(y).of(y).toDoubles())
                                    .containsExactly(gradient);
                        }
                    });
        }
    }

    /// In float64, whose means are not rounded again. N is a power of two, so that dividing by it is
    /// exact and the gradients are equal to the bit too.
    @ParameterizedTest
    @EnumSource
    void aBatchIsTheMeanOfItsSamples(ClassLoss loss) {
        ForAll.seeds(
                20,
                random -> {
                    int rows = 1 << random.nextInt(4);
                    int classes = 2 + random.nextInt(10);
                    Parameter y = prediction(DType.FLOAT64, rows, classes, random);
                    int[] labels = labels(rows, classes, random);
                    Variable batch = loss.of(y, Labels.of(classes, labels), Reduction.MEAN);
                    double[] gradient = batch.gradients(y).of(y).toDoubles();

                    double sum = 0;
                    for (int row = 0; row < rows; row++) {
                        double[] values =
                                y.tensor().rows(row, 1).reshape(Shape.of(classes)).toDoubles();
                        Parameter one =
                                Parameter.of(
                                        "y", Tensor.of(DType.FLOAT64, Shape.of(classes), values));
                        Variable single =
                                loss.of(one, Labels.of(classes, labels[row]), Reduction.MEAN);
                        double[] slopes = single.gradients(one).of(one).toDoubles();
                        sum += single.value().item();
                        for (int k = 0; k < classes; k++) {
                            assertThat(gradient[row * classes + k]).isEqualTo(slopes[k] / rows);
                        }
                    }

                    assertThat(batch.value().item()).isEqualTo(sum / rows);
                });
    }

    @ParameterizedTest
    @EnumSource
    void theOrderOfTheRowsDoesNotMatter(ClassLoss loss) {
        ForAll.seeds(
                20,
                random -> {
                    int rows = 2 + random.nextInt(8);
                    int classes = 2 + random.nextInt(10);
                    Parameter y = prediction(DType.FLOAT32, rows, classes, random);
                    int[] labels = labels(rows, classes, random);
                    int[] order = permutation(rows, random);
                    Tensor moved = Tensor.zeros(DType.FLOAT32, Shape.of(rows, classes));
                    int[] movedLabels = new int[rows];
                    for (int row = 0; row < rows; row++) {
                        moved.rows(row, 1).copyFrom(y.tensor().rows(order[row], 1));
                        movedLabels[row] = labels[order[row]];
                    }
                    Parameter z = Parameter.of("z", moved);

                    Gradients plain =
                            loss.of(y, Labels.of(classes, labels), Reduction.SUM).gradients(y);
                    Gradients permuted =
                            loss.of(z, Labels.of(classes, movedLabels), Reduction.SUM).gradients(z);

                    for (int row = 0; row < rows; row++) {
                        assertThat(permuted.of(z).rows(row, 1).toDoubles())
                                .containsExactly(plain.of(y).rows(order[row], 1).toDoubles());
                    }
                });
    }

    private static int[] permutation(int size, RandomStream random) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "3, 1", "10, 2"})
    void aLabelOutOfRangeIsRefusedWithItsRow(int label, int row) {
        int[] labels = new int[4];
        labels[row] = label;

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> Labels.of(3, labels))
                .withMessage("label %d at row %d is outside 0 … 2", label, row);
    }

    /// Labels that come with each batch are checked when they are used.
    @ParameterizedTest
    @EnumSource
    void aLabelOutOfRangeInABatchIsRefusedToo(ClassLoss loss) {
        Parameter y = Parameter.of("y", Tensor.zeros(DType.FLOAT32, Shape.of(2, 3)));
        Input labels = Input.of("labels", DType.INT32, Shape.of(2));
        Variable value = loss.of(y, new Labels(labels, 3), Reduction.MEAN);
        Plan plan = Plan.forTraining(Engine.serial(), value, List.of(y), List.of());
        plan.value(labels).setFromDouble(1, 3);

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(plan::forward)
                .withMessage("label 3 at row 1 is outside 0 … 2");
    }

    @Test
    void aRowWithoutAOneIsNotOneHot() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> oneHotRows(0, 1, 0, 0))
                .withMessage("OneHot: row 1 has no 1");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 2, -1, Double.NaN, Double.POSITIVE_INFINITY, 1 + 1e-15})
    void aRowOfOtherNumbersIsNotOneHot(double value) {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> oneHotRows(1, 0, 0, value))
                .withMessage(
                        "OneHot: %s at row 1, column 1; a one-hot row is zeros with a single 1",
                        value);
    }

    @Test
    void aRowWithTwoOnesIsNotOneHot() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> oneHotRows(1, 1, 0, 1))
                .withMessage(
                        "OneHot: 1.0 at row 0, column 1; a one-hot row is zeros with a single 1");
    }

    private static OneHot oneHotRows(double... values) {
        return OneHot.of(Tensor.of(DType.FLOAT64, Shape.of(2, 2), values));
    }

    @Test
    void oneHotRowsKnowTheirLabels() {
        OneHot rows = oneHotRows(0, 1, 1, 0);

        assertThat(rows.rows()).isEqualTo(2);
        assertThat(rows.classes()).isEqualTo(2);
        assertThat(rows.labels().value().toDoubles()).containsExactly(1, 0);
    }

    @Test
    void oneSampleIsABatchOfOne() {
        OneHot row = OneHot.of(Tensor.of(DType.FLOAT64, Shape.of(3), 0, 0, 1));

        assertThat(row.rows()).isEqualTo(1);
        assertThat(row.classes()).isEqualTo(3);
    }

    @Test
    void oneClassIsNoChoice() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> OneHot.of(Tensor.of(DType.FLOAT64, Shape.of(2, 1), 1, 1)))
                .withMessage("OneHot: at least 2 classes are needed, got 1");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> Labels.of(1, 0, 0))
                .withMessage("Labels: at least 2 classes are needed, got 1");
    }

    @Test
    void anEmptyBatchIsRefused() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> Labels.of(3))
                .withMessage("Labels: the batch is empty; give at least one");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> OneHot.of(Tensor.zeros(DType.FLOAT64, Shape.of(0, 3))))
                .withMessage("OneHot: the batch is empty, shape [0, 3]; give at least one row");
    }

    @Test
    void oneHotRowsAreNotTakenForLabels() {
        var rows = Variable.of(Tensor.zeros(DType.FLOAT32, Shape.of(2, 3)));

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> new Labels(rows, 3))
                .withMessage(
                        "Labels: expected int32 [N], got FLOAT32 [2, 3]; are these one-hot rows?"
                                + " Then use OneHot");
    }

    @Test
    void labelsDoNotChangeWithTheArrayTheyCameFrom() {
        int[] array = {0, 1};
        Labels labels = Labels.of(2, array);

        array[0] = 99;

        assertThat(labels.labels().value().toDoubles()).containsExactly(0, 1);
    }
}
