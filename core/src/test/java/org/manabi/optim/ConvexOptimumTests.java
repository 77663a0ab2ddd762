package org.manabi.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.manabi.Conformance;
import org.manabi.autodiff.Parameter;
import org.manabi.autodiff.Plan;
import org.manabi.autodiff.Variable;
import org.manabi.loss.Labels;
import org.manabi.loss.Logits;
import org.manabi.loss.Reduction;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.metrics.Accuracy;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import tools.jackson.databind.JsonNode;

/// Softmax regression with `½|W|²`, whose optimum does not depend on who looks for it: ours against
/// scikit-learn 1.2.1's.
class ConvexOptimumTests {

    /// Rows of numbers, the last one a label.
    private record Samples(Tensor x, Tensor labels) {

        static Samples of(List<double[]> rows, double divisor) {
            int columns = rows.getFirst().length - 1;
            double[] x = new double[rows.size() * columns];
            int[] labels = new int[rows.size()];
            for (int row = 0; row < labels.length; row++) {
                for (int i = 0; i < columns; i++) {
                    x[row * columns + i] = rows.get(row)[i] / divisor;
                }
                labels[row] = (int) rows.get(row)[columns];
            }
            return new Samples(
                    Tensor.of(DType.FLOAT64, Shape.of(labels.length, columns), x),
                    IntTensor.of(Shape.of(labels.length), labels));
        }
    }

    /// `Σ CE + ½|W|²` of a linear classifier.
    private static final class Classifier {

        final Parameter weight;
        final Parameter bias;
        final Variable loss;
        final Plan plan;

        Classifier(Samples samples, int classes) {
            int in = samples.x().shape().dim(1);
            weight = Parameter.of("weight", Tensor.zeros(DType.FLOAT64, Shape.of(in, classes)));
            bias = Parameter.of("bias", Tensor.zeros(DType.FLOAT64, Shape.of(classes)));
            Variable scores = Variable.of(samples.x()).matmul(weight).plus(bias);
            Labels labels = new Labels(Variable.of(samples.labels()), classes);
            loss =
                    new SoftmaxCrossEntropy(Reduction.SUM)
                            .of(new Logits(scores), labels)
                            .plus(weight.square().sum().times(0.5));
            plan = Plan.forTraining(Engine.serial(), loss, List.of(weight, bias), List.of());
        }

        double at(double[] x, double[] gradient) {
            int weights = weight.tensor().size();
            for (int i = 0; i < x.length; i++) {
                Tensor to = i < weights ? weight.tensor() : bias.tensor();
                to.setFromDouble(i < weights ? i : i - weights, x[i]);
            }
            plan.forward();
            plan.backward();
            for (int i = 0; i < x.length; i++) {
                Tensor of = plan.gradients().of(i < weights ? weight : bias);
                gradient[i] = of.getAsDouble(i < weights ? i : i - weights);
            }
            return plan.value(loss).item();
        }

        double accuracy(Samples of) {
            Tensor scores = Variable.of(of.x()).matmul(weight).plus(bias).value();
            return (double) Accuracy.countCorrect(scores, (IntTensor) of.labels())
                    / of.labels().size();
        }
    }

    private static JsonNode optimum(String name) {
        return Conformance.json("reference/convex_optima.json").get(name);
    }

    private static List<double[]> rows(String file) throws IOException {
        Path path = Conformance.file("../data/tabular/" + file);
        try (InputStream raw = Files.newInputStream(path);
                InputStream in = file.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                var reader =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.contains("setosa"))
                    .map(
                            line ->
                                    Arrays.stream(line.split(","))
                                            .mapToDouble(Double::parseDouble)
                                            .toArray())
                    .toList();
        }
    }

    /// To 1e-6 of the objective; the weights are then right to about its root.
    @Test
    void irisAgreesInEveryWeight() throws IOException {
        Samples iris = Samples.of(rows("iris.csv"), 1);
        Classifier classifier = new Classifier(iris, 3);
        double[] x = new double[4 * 3 + 3];

        Minimum minimum = LbfgsMinimizer.DEFAULTS.minimize(classifier::at, x);

        JsonNode expected = optimum("iris_softmax_l2");
        assertThat(minimum.value())
                .isCloseTo(expected.get("objective_value").asDouble(), within(3e-5));
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < 4; i++) {
                assertThat(x[i * 3 + c])
                        .isCloseTo(expected.get("coef").get(c).get(i).asDouble(), within(1e-3));
            }
        }
        assertThat(classifier.accuracy(iris)).isEqualTo(expected.get("accuracy").asDouble());
    }

    @Test
    void digitsAgreeInObjectiveAndAccuracy() throws IOException {
        List<double[]> rows = rows("digits.csv.gz");
        Samples train = Samples.of(rows.subList(0, 1200), 16);
        Samples test = Samples.of(rows.subList(1200, rows.size()), 16);
        Classifier classifier = new Classifier(train, 10);

        Minimum minimum =
                LbfgsMinimizer.DEFAULTS.minimize(classifier::at, new double[64 * 10 + 10]);

        JsonNode expected = optimum("digits8x8_softmax_l2_first1200_train");
        assertThat(minimum.value())
                .isCloseTo(expected.get("objective_value").asDouble(), within(2.5e-4));
        assertThat(classifier.accuracy(train))
                .isCloseTo(expected.get("train_acc").asDouble(), within(1e-12));
        assertThat(classifier.accuracy(test))
                .isCloseTo(expected.get("test_acc_last597").asDouble(), within(1e-12));
    }

    /// The rule for training gets there too, step by step, whichever optimizer it is: what differs is
    /// how many steps it takes.
    @Test
    void rulesReachTheSameOptimum() throws IOException {
        Samples iris = Samples.of(rows("iris.csv"), 1);
        double expected = optimum("iris_softmax_l2").get("objective_value").asDouble();

        assertThat(after(new Lbfgs(1), 400, iris)).isCloseTo(expected, within(3e-5));
        assertThat(after(new Momentum(4e-4, 0.99), 10_000, iris)).isCloseTo(expected, within(3e-3));
        assertThat(after(new Adam(0.02), 10_000, iris)).isCloseTo(expected, within(3e-3));
    }

    private static double after(Optimizer rule, int steps, Samples samples) {
        Classifier classifier = new Classifier(samples, 3);
        Updater updater =
                new Updater(
                        Engine.serial(),
                        Updates.of(rule),
                        List.of(classifier.weight, classifier.bias));
        for (int step = 0; step < steps; step++) {
            classifier.plan.forward();
            classifier.plan.backward();
            updater.step(classifier.plan.gradients());
        }
        classifier.plan.forward();
        return classifier.plan.value(classifier.loss).item();
    }
}
