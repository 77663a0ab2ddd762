package org.manabi.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.manabi.data.Dataset;
import org.manabi.layers.Constant;
import org.manabi.layers.Dense;
import org.manabi.layers.Network;
import org.manabi.layers.Sequential;
import org.manabi.loss.MeanSquaredError;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

class EvaluatorTests {

    /// Gives each sample's two inputs as the scores of two classes.
    private static Network identity() {
        return new Network(
                Sequential.of(new Dense(2, new Constant(0), null)),
                Shape.of(2),
                DType.FLOAT64,
                (name, shape) -> Tensor.of(DType.FLOAT64, shape, 1, 0, 0, 1));
    }

    private static Dataset classes(double... scores) {
        int samples = scores.length / 2;
        return Dataset.ofClasses(
                "two",
                Tensor.of(DType.FLOAT64, Shape.of(samples, 2), scores),
                IntTensor.of(Shape.of(samples), new int[samples]),
                List.of("zero", "one"));
    }

    @Test
    void lossAndAccuracyByHand() {
        var evaluator =
                new Evaluator<>(
                        Engine.serial(), Model.ofLogits(identity()), SoftmaxCrossEntropy.MEAN);

        // right, wrong, a tie that the first class wins, and NaN
        Score score = evaluator.score(classes(Math.log(3), 0, 0, Math.log(3), 5, 5));
        Score broken = evaluator.score(classes(1, 0, Double.NaN, 0));

        assertThat(score.samples()).isEqualTo(3);
        assertThat(score.accuracy()).isEqualTo(OptionalDouble.of(2 / 3.0));
        assertThat(score.loss())
                .isCloseTo((Math.log(4.0 / 3) + Math.log(4) + Math.log(2)) / 3, within(1e-15));
        assertThat(broken.accuracy()).hasValue(0.5);
        assertThat(broken.loss()).isNaN();
    }

    /// 1203 samples are two whole batches of the evaluator and a short one; the last sample alone
    /// costs 1203, so that the mean over all is 1.
    @Test
    void everySampleWeighsTheSame() {
        int samples = 1203;
        Tensor values = Tensor.zeros(DType.FLOAT64, Shape.of(samples, 2));
        values.setFromDouble(2 * samples - 1, Math.sqrt(2.0 * samples));
        Dataset data =
                Dataset.ofValues(
                        "zeros", Tensor.zeros(DType.FLOAT64, Shape.of(samples, 2)), values);
        var evaluator =
                new Evaluator<>(
                        Engine.serial(), Model.ofOutputs(identity()), new MeanSquaredError());

        Score score = evaluator.score(data);

        assertThat(score.samples()).isEqualTo(samples);
        assertThat(score.loss()).isCloseTo(1, within(1e-15));
    }

    @Test
    void eachSampleIsShownInOrderWithItsScoresAndLoss() {
        var evaluator =
                new Evaluator<>(
                        Engine.serial(), Model.ofLogits(identity()), SoftmaxCrossEntropy.MEAN);
        double[] scores = new double[2 * 1203];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = Math.sin(i);
        }
        List<Integer> samples = new ArrayList<>();
        double[] sum = {0};

        Score score =
                evaluator.score(
                        classes(scores),
                        (sample, given, row, loss) -> {
                            samples.add(sample);
                            sum[0] += loss;
                            assertThat(given.get(row, 1)).isEqualTo(Math.sin(2 * sample + 1.0));
                        });

        assertThat(samples).hasSize(1203).isSorted().doesNotHaveDuplicates();
        // the batches' sums are added instead of the samples' losses: some roundings of 1e-16
        assertThat(score.loss()).isCloseTo(sum[0] / 1203, within(1e-13));
    }

    /// The same evaluator, the same number of samples, but other targets.
    @Test
    void classesAndRealNumbersMayTakeTurns() {
        var evaluator =
                new Evaluator<>(
                        Engine.serial(), Model.ofOutputs(identity()), new MeanSquaredError());
        Tensor inputs = Tensor.of(DType.FLOAT64, Shape.of(1, 2), 1, 0);
        Dataset values =
                Dataset.ofValues("values", inputs, Tensor.of(DType.FLOAT64, Shape.of(1, 2), 3, 0));

        assertThat(evaluator.score(classes(1, 0)).loss()).isZero();
        assertThat(evaluator.score(values).loss()).isEqualTo(2);
        assertThat(evaluator.score(values).accuracy()).isEmpty();
        assertThat(evaluator.score(classes(1, 0)).accuracy()).hasValue(1);
    }

    @Test
    void theModelIsMeasuredAsItIsNow() {
        var model =
                Model.ofLogits(
                        new Network(
                                Sequential.of(new Dense(2)),
                                Shape.of(2),
                                DType.FLOAT64,
                                Seed.of(0)));
        var evaluator = new Evaluator<>(Engine.serial(), model, SoftmaxCrossEntropy.MEAN);
        evaluator.score(classes(1, 2));

        Tensor weight = model.network().parameters().get("0.weight").tensor();
        weight.copyFrom(Tensor.zeros(DType.FLOAT64, Shape.of(2, 2)));

        assertThat(evaluator.score(classes(1, 2)).loss()).isEqualTo(Math.log(2));
    }
}
