package org.manabi.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.manabi.Conformance;
import org.manabi.autodiff.Variable;
import org.manabi.loss.BinaryCrossEntropy;
import org.manabi.loss.CategoricalHinge;
import org.manabi.loss.ClassOptions;
import org.manabi.loss.ClassTargets;
import org.manabi.loss.CosineSimilarity;
import org.manabi.loss.CrossEntropy;
import org.manabi.loss.Hinge;
import org.manabi.loss.KullbackLeibler;
import org.manabi.loss.Labels;
import org.manabi.loss.LogCosh;
import org.manabi.loss.Logits;
import org.manabi.loss.Loss;
import org.manabi.loss.MeanAbsolutePercentageError;
import org.manabi.loss.MeanSquaredLogarithmicError;
import org.manabi.loss.OneHot;
import org.manabi.loss.Outputs;
import org.manabi.loss.PoissonNegativeLogLikelihood;
import org.manabi.loss.Prediction;
import org.manabi.loss.Probabilities;
import org.manabi.loss.Reduction;
import org.manabi.loss.SampleWeighted;
import org.manabi.loss.SigmoidCrossEntropy;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.loss.SquaredHinge;
import org.manabi.loss.Targets;
import org.manabi.loss.Values;
import org.manabi.tensor.DType;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import tools.jackson.databind.JsonNode;

/// The metrics that Keras's own tests assert, all but those that are not ours. Metrics that are means of
/// losses are ours by those losses with [Reduction#MEAN].
class KerasMetricTests {

    private static final Map<String, String> UNMAPPED =
            Map.of(
                    "test_from_sorted_ids_unweighted", "ids in the place of scores",
                    "test_from_sorted_ids_weighted", "ids in the place of scores",
                    "test_ignore_class", "Keras counts ignored samples in the mean, we do not",
                    "test_ignore_class_from_logits",
                            "Keras counts ignored samples in the mean, we do not",
                    "test_reshape_matches", "a value for each sample, not a metric");

    @Test
    void ninetyPercentOfTheCasesAreOursAndAllOfThemPass() {
        JsonNode cases = Conformance.json("keras/metrics.json").get("cases");
        Map<String, Integer> unmapped = new TreeMap<>();
        List<String> failures = new ArrayList<>();
        int mapped = 0;
        for (JsonNode example : cases) {
            String test = example.get("test").asString();
            String reason = UNMAPPED.get(test.substring(test.indexOf('.') + 1));
            if (reason != null) {
                unmapped.merge(test + ": " + reason, 1, Integer::sum);
                continue;
            }
            mapped++;
            double[] ours = ours(example);
            if (!agrees(ours, example)) {
                failures.add("%s: %s".formatted(example, Arrays.toString(ours)));
            }
        }
        System.out.printf(
                "Keras metrics: %d of %d cases mapped, %d failed; unmapped %s%n",
                mapped, cases.size(), failures.size(), unmapped);

        assertThat(failures).isEmpty();
        assertThat(cases.size()).isEqualTo(134);
        assertThat(mapped).isEqualTo(129);
    }

    private static boolean agrees(double[] ours, JsonNode example) {
        JsonNode expected = example.get("expected");
        double[] numbers =
                expected.isNumber() ? new double[] {expected.asDouble()} : data(expected);
        JsonNode tolerance = example.get("tolerance");
        boolean agree = ours.length == numbers.length;
        for (int i = 0; agree && i < ours.length; i++) {
            double largest =
                    tolerance.has("decimal")
                            ? 1.5 * Math.pow(10, -tolerance.get("decimal").asDouble())
                            : tolerance.get("atol").asDouble()
                                    + tolerance.get("rtol").asDouble() * Math.abs(numbers[i]);
            agree = Math.abs(ours[i] - numbers[i]) <= largest;
        }
        return agree;
    }

    /// One update: targets, predictions, and a weight for each number or for each sample.
    private record Update(Tensor t, Tensor y, Tensor weights) {

        static Update of(JsonNode update) {
            JsonNode args = update.get("args");
            Tensor t = tensor(args.get(0));
            Tensor y = args.size() > 1 ? tensor(args.get(1)) : t;
            JsonNode weight = update.get("kwargs").path("sample_weight");
            return new Update(
                    t,
                    y,
                    Tensor.of(DType.FLOAT64, t.shape(), weights(weight, t.size(), t.shape())));
        }

        /// One weight for each number of the targets.
        private static double[] weights(JsonNode weight, int size, Shape shape) {
            double[] each = new double[size];
            if (weight.isMissingNode() || weight.isNumber()) {
                Arrays.fill(each, weight.isNumber() ? weight.asDouble() : 1);
                return each;
            }
            double[] given = data(weight);
            int[] of = ints(weight.get("shape"));
            int columns = shape.rank() < 2 ? 1 : shape.dim(-1);
            boolean rowOfColumns = of.length == 2 && of[0] == 1;
            for (int i = 0; i < size; i++) {
                each[i] =
                        given.length == 1
                                ? given[0]
                                : given.length == size
                                        ? given[i]
                                        : rowOfColumns ? given[i % columns] : given[i / columns];
            }
            return each;
        }

        /// The weight of each row.
        double[] ofRows() {
            int rows = t.shape().rank() < 2 ? t.size() : t.shape().dim(0);
            double[] ofRows = new double[rows];
            Arrays.setAll(ofRows, n -> weights.getAsDouble(n * (weights.size() / rows)));
            return ofRows;
        }
    }

    private static double[] ours(JsonNode example) {
        JsonNode config = example.get("config");
        List<Update> updates = example.get("updates").valueStream().map(Update::of).toList();
        Update first = updates.getFirst();
        double at = example.get("args").path(0).asDouble(0);
        boolean logits = config.path("from_logits").asBoolean(false);
        double smoothing = config.path("label_smoothing").asDouble(0);
        String name = example.get("class").asString();
        return switch (name) {
            case "Accuracy" -> one(equal(first));
            case "BinaryAccuracy" -> counts(updates, config, BinaryCounts::accuracy);
            case "CategoricalAccuracy", "SparseCategoricalAccuracy" -> one(topK(first, name, 1));
            case "TopKCategoricalAccuracy", "SparseTopKCategoricalAccuracy" ->
                    one(topK(first, name, config.get("k").asInt()));
            case "TruePositives" -> counts(updates, config, BinaryCounts::truePositives);
            case "FalsePositives" -> counts(updates, config, BinaryCounts::falsePositives);
            case "TrueNegatives" -> counts(updates, config, BinaryCounts::trueNegatives);
            case "FalseNegatives" -> counts(updates, config, BinaryCounts::falseNegatives);
            case "Precision" -> counts(updates, config, BinaryCounts::precision);
            case "Recall" -> counts(updates, config, BinaryCounts::recall);
            case "SensitivityAtSpecificity" -> one(ranked(first).sensitivityAtSpecificity(at));
            case "SpecificityAtSensitivity" -> one(ranked(first).specificityAtSensitivity(at));
            case "PrecisionAtRecall" -> one(ranked(first).precisionAtRecall(at));
            case "RecallAtPrecision" -> one(ranked(first).recallAtPrecision(at));
            case "FBetaScore" -> fBeta(first, config);
            case "Sum" -> one(mean(first).sum());
            case "Mean" -> one(mean(first).mean());
            case "MeanSquaredError" -> one(regression(first).meanSquared());
            case "MeanAbsoluteError" -> one(regression(first).meanAbsolute());
            case "RootMeanSquaredError" -> one(regression(first).rootMeanSquared());
            case "MeanAbsolutePercentageError" ->
                    of(new MeanAbsolutePercentageError(1e-7, Reduction.MEAN), first);
            case "MeanSquaredLogarithmicError" ->
                    of(new MeanSquaredLogarithmicError(Reduction.MEAN), first);
            case "CosineSimilarity" ->
                    one(
                            -of(
                                    new CosineSimilarity(
                                            CosineSimilarity.Form.NEGATIVE, Reduction.MEAN),
                                    first)[0]);
            case "LogCoshError" -> of(new LogCosh(Reduction.MEAN), first);
            case "KLDivergence" -> of(new KullbackLeibler(), first);
            case "Poisson" ->
                    of(
                            new PoissonNegativeLogLikelihood(
                                    PoissonNegativeLogLikelihood.Input.RATES, 1e-7, Reduction.MEAN),
                            first);
            case "Hinge" -> of(new Hinge(), first);
            case "SquaredHinge" -> of(new SquaredHinge(), first);
            case "CategoricalHinge" -> of(new CategoricalHinge(), first);
            case "BinaryCrossentropy" ->
                    logits
                            ? of(new SigmoidCrossEntropy(1, smoothing, Reduction.MEAN), first)
                            // Keras clips in float32, where its 1 − 1e-7 is 1 − 2⁻²³
                            : of(new BinaryCrossEntropy(0x1p-23, 0, Reduction.MEAN), first);
            case "CategoricalCrossentropy", "SparseCategoricalCrossentropy" ->
                    crossEntropy(first, config, logits, smoothing);
            default -> throw new AssertionError(name);
        };
    }

    private static double[] one(double value) {
        return new double[] {value};
    }

    private static double equal(Update update) {
        WeightedMean mean = new WeightedMean();
        for (int i = 0; i < update.t.size(); i++) {
            mean.add(
                    update.t.getAsDouble(i) == update.y.getAsDouble(i) ? 1 : 0,
                    update.weights.getAsDouble(i));
        }
        return mean.mean();
    }

    private static WeightedMean mean(Update update) {
        WeightedMean mean = new WeightedMean();
        for (int i = 0; i < update.t.size(); i++) {
            mean.add(update.t.getAsDouble(i), update.weights.getAsDouble(i));
        }
        return mean;
    }

    private static double topK(Update update, String name, int k) {
        int classes = update.y.shape().dim(-1);
        int rows = update.y.size() / classes;
        double[] weights = update.ofRows();
        WeightedMean mean = new WeightedMean();
        for (int row = 0; row < rows; row++) {
            int label =
                    name.startsWith("Sparse")
                            ? (int) update.t.getAsDouble(row)
                            : Accuracy.argmax(update.t, row);
            IntTensor one = IntTensor.of(Shape.of(1), new int[] {label});
            Tensor scores = update.y.reshape(Shape.of(rows, classes)).rows(row, 1);
            mean.add(TopK.countCorrect(scores, one, k), weights[row]);
        }
        return mean.mean();
    }

    /// A number for each threshold; with `class_id` of that column, with `top_k` of the highest of a
    /// row alone.
    private static double[] counts(
            List<Update> updates, JsonNode config, ToDoubleFunction<BinaryCounts> number) {
        JsonNode given =
                config.has("threshold") ? config.path("threshold") : config.path("thresholds");
        int k = config.path("top_k").asInt(0);
        double[] thresholds =
                given.isObject() ? data(given) : one(given.asDouble(k > 0 ? -1e9 : 0.5));
        double[] numbers = new double[thresholds.length];
        for (int i = 0; i < thresholds.length; i++) {
            BinaryCounts counts = new BinaryCounts(thresholds[i]);
            for (Update update : updates) {
                int columns = update.y.shape().dim(-1);
                for (int j = 0; j < update.t.size(); j++) {
                    int column = j % columns;
                    if (config.path("class_id").asInt(column) == column) {
                        boolean among = k == 0 || TopK.holds(update.y, j / columns, column, k);
                        counts.add(
                                update.t.getAsDouble(j) > 0,
                                among ? update.y.getAsDouble(j) : Double.NEGATIVE_INFINITY,
                                update.weights.getAsDouble(j));
                    }
                }
            }
            numbers[i] = number.applyAsDouble(counts);
        }
        return numbers;
    }

    private static double[] fBeta(Update update, JsonNode config) {
        int columns = update.y.shape().dim(-1);
        double[] scores = new double[columns];
        for (int column = 0; column < columns; column++) {
            BinaryCounts counts = new BinaryCounts(config.get("threshold").asDouble());
            for (int j = column; j < update.t.size(); j += columns) {
                counts.add(
                        update.t.getAsDouble(j) > 0,
                        update.y.getAsDouble(j),
                        update.weights.getAsDouble(j));
            }
            scores[column] = counts.fBeta(config.path("beta").asDouble(1));
        }
        return scores;
    }

    private static RankedScores ranked(Update update) {
        RankedScores scores = new RankedScores();
        for (int i = 0; i < update.t.size(); i++) {
            scores.add(
                    update.t.getAsDouble(i) > 0,
                    update.y.getAsDouble(i),
                    update.weights.getAsDouble(i));
        }
        return scores;
    }

    private static RegressionErrors regression(Update update) {
        RegressionErrors errors = new RegressionErrors();
        for (int i = 0; i < update.t.size(); i++) {
            errors.add(
                    update.y.getAsDouble(i),
                    update.t.getAsDouble(i),
                    update.weights.getAsDouble(i));
        }
        return errors;
    }

    private static double[] crossEntropy(
            Update update, JsonNode config, boolean logits, double smoothing) {
        ClassOptions options = ClassOptions.PLAIN.withSmoothing(smoothing);
        int classes = update.y.shape().dim(-1);
        ClassTargets targets;
        if (update.t.shape().equals(update.y.shape())) {
            targets = OneHot.of(update.t);
        } else {
            int ignored = config.path("ignore_class").asInt(-1);
            options = options.ignoring(ignored);
            targets =
                    Labels.ignoring(
                            ignored,
                            classes,
                            Arrays.stream(update.t.toDoubles())
                                    .mapToInt(label -> (int) label)
                                    .toArray());
        }
        return logits
                ? of(new SoftmaxCrossEntropy(Reduction.MEAN, options), update, targets)
                : of(new CrossEntropy(1e-7, Reduction.MEAN, options), update, targets);
    }

    private static double[] of(Loss<?, ?> loss, Update update) {
        return of(loss, update, Values.of(update.t));
    }

    private static <P extends Prediction, T extends Targets> double[] of(
            Loss<P, T> loss, Update update, Targets targets) {
        Prediction prediction =
                loss.predictionType() == Logits.class
                        ? Logits.of(update.y)
                        : loss.predictionType() == Probabilities.class
                                ? Probabilities.of(update.y)
                                : Outputs.of(update.y);
        double[] weights = update.ofRows();
        Variable each =
                Variable.of(
                        Tensor.of(
                                DType.FLOAT64,
                                Shape.of(targets.rows()),
                                weightsOf(weights, targets.rows())));
        return new SampleWeighted<>(loss, each)
                .of(loss.predictionType().cast(prediction), loss.targetsType().cast(targets))
                .value()
                .toDoubles();
    }

    /// A vector is one row to a loss, with one weight.
    private static double[] weightsOf(double[] ofRows, int rows) {
        return Arrays.copyOf(ofRows, rows);
    }

    private static Tensor tensor(JsonNode array) {
        return Tensor.of(DType.FLOAT64, Shape.of(ints(array.get("shape"))), data(array));
    }

    private static double[] data(JsonNode array) {
        return array.get("data").valueStream().mapToDouble(JsonNode::asDouble).toArray();
    }

    private static int[] ints(JsonNode array) {
        return array.valueStream().mapToInt(JsonNode::asInt).toArray();
    }
}
