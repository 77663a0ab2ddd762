package org.manabi.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.manabi.Conformance;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.DType;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import tools.jackson.databind.JsonNode;

/// The losses that Keras's own tests assert, all but those that are not ours.
///
/// Keras knows tensors of any rank and compares along the last axis; ours are rows, so all outer axes
/// become one. Where Keras takes a whole batch as one sample, so do we, by one long row. Keras
/// renormalizes probabilities and clips them to 1e-7 … 1 − 1e-7; ours are taken as they are, so they are
/// renormalized here.
class KerasLossTests {

    private static final Map<String, String> UNMAPPED =
            Map.of(
                    "CTC", "a loss of sequences, which are not ours",
                    "CategoricalGeneralizedCrossEntropy", "not one of our losses");

    /// Keras computes in float32, where its 1 − 1e-7 is 1 − 2⁻²³.
    private static final double CLIP = 0x1p-23;

    private static final Map<String, Reduction> REDUCTIONS =
            Map.of(
                    "sum_over_batch_size", Reduction.MEAN_PER_SAMPLE,
                    "mean_with_sample_weight", Reduction.MEAN,
                    "sum", Reduction.SUM);

    @Test
    void ninetyPercentOfTheCasesAreOursAndAllOfThemPass() {
        JsonNode cases = Conformance.json("keras/losses.json").get("cases");
        Map<String, Integer> unmapped = new TreeMap<>();
        List<String> failures = new ArrayList<>();
        int mapped = 0;
        for (JsonNode example : cases) {
            String name = example.get("class").asString();
            String reason = UNMAPPED.get(name);
            if (reason != null) {
                unmapped.merge(name + ": " + reason, 1, Integer::sum);
                continue;
            }
            mapped++;
            double[] ours = ours(name, example).value().toDoubles();
            if (!agrees(ours, example)) {
                failures.add("%s: %s".formatted(example, Arrays.toString(ours)));
            }
        }
        System.out.printf(
                "Keras losses: %d of %d cases mapped, %d failed; unmapped %s%n",
                mapped, cases.size(), failures.size(), unmapped);

        assertThat(failures).isEmpty();
        assertThat(cases.size()).isEqualTo(158);
        assertThat(mapped).isEqualTo(149);
    }

    private static boolean agrees(double[] ours, JsonNode example) {
        JsonNode expected = example.get("expected");
        double[] numbers =
                expected.isNumber()
                        ? new double[] {expected.asDouble()}
                        : Reference.doubles(expected.get("data"));
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

    private static Variable ours(String name, JsonNode example) {
        JsonNode config = example.get("config");
        boolean wholeBatch = (name.equals("Dice") || name.equals("Tversky")) && !config.has("axis");
        Tensor t = rows(example.get("call_args").get(0), config, wholeBatch);
        Tensor y = rows(example.get("call_args").get(1), config, wholeBatch);
        Reduction reduction =
                config.has("reduction") && config.get("reduction").isNull()
                        ? Reduction.NONE
                        : REDUCTIONS.getOrDefault(
                                config.path("reduction").asString("sum_over_batch_size"),
                                Reduction.MEAN_PER_SAMPLE);
        boolean logits = config.path("from_logits").asBoolean(false);
        double smoothing = config.path("label_smoothing").asDouble(0);
        ClassOptions options = ClassOptions.PLAIN.withSmoothing(smoothing);
        if (config.has("ignore_class")) {
            options = options.ignoring(config.get("ignore_class").asInt());
        }
        double gamma = config.path("gamma").asDouble(2);
        JsonNode weights = example.get("call_kwargs").path("sample_weight");
        Values values = Values.of(t);
        return switch (name) {
            case "MeanSquaredError" -> of(new MeanSquaredError(reduction), y, values, weights);
            case "MeanAbsoluteError" -> of(new MeanAbsoluteError(reduction), y, values, weights);
            case "MeanAbsolutePercentageError" ->
                    of(new MeanAbsolutePercentageError(1e-7, reduction), y, values, weights);
            case "MeanSquaredLogarithmicError" ->
                    of(new MeanSquaredLogarithmicError(reduction), y, values, weights);
            case "Hinge" -> of(new Hinge(reduction), y, values, weights);
            case "SquaredHinge" -> of(new SquaredHinge(reduction), y, values, weights);
            case "CategoricalHinge" -> of(new CategoricalHinge(reduction), y, values, weights);
            case "CosineSimilarity" ->
                    of(
                            new CosineSimilarity(CosineSimilarity.Form.NEGATIVE, reduction),
                            y,
                            values,
                            weights);
            case "Huber" ->
                    of(new Huber(config.path("delta").asDouble(1), reduction), y, values, weights);
            case "LogCosh" -> of(new LogCosh(reduction), y, values, weights);
            case "KLDivergence" -> of(new KullbackLeibler(1e-7, reduction), y, values, weights);
            case "Poisson" ->
                    of(
                            new PoissonNegativeLogLikelihood(
                                    PoissonNegativeLogLikelihood.Input.RATES, 1e-7, reduction),
                            y,
                            values,
                            weights);
            case "BinaryCrossentropy" ->
                    logits
                            ? of(
                                    new SigmoidCrossEntropy(1, smoothing, reduction),
                                    y,
                                    values,
                                    weights)
                            : of(
                                    new BinaryCrossEntropy(CLIP, smoothing, reduction),
                                    y,
                                    values,
                                    weights);
            case "BinaryFocalCrossentropy" ->
                    of(
                            new BinaryFocal(gamma, 0.5, reduction),
                            logits ? y : logitsOfSigmoid(y),
                            values,
                            weights);
            case "CategoricalCrossentropy", "SparseCategoricalCrossentropy" ->
                    logits
                            ? of(
                                    new SoftmaxCrossEntropy(reduction, options),
                                    y,
                                    classes(name, t, y, options),
                                    weights)
                            : of(
                                    new CrossEntropy(1e-7, reduction, options),
                                    normalized(y),
                                    classes(name, t, y, options),
                                    weights);
            case "CategoricalFocalCrossentropy" ->
                    of(
                            new SoftmaxFocal(
                                    gamma, config.path("alpha").asDouble(0.25), reduction, options),
                            logits ? y : logarithms(y),
                            classes(name, t, y, options),
                            weights);
            case "Dice" -> of(new Dice(1e-7, reduction), y, values, weights);
            case "Tversky" ->
                    of(
                            new Tversky(
                                    config.path("alpha").asDouble(0.5),
                                    config.path("beta").asDouble(0.5),
                                    1e-7,
                                    reduction),
                            y,
                            values,
                            weights);
            default -> throw new AssertionError(name);
        };
    }

    private static <P extends Prediction, T extends Targets> Variable of(
            Loss<P, T> loss, Tensor y, Targets targets, JsonNode weights) {
        Prediction prediction =
                loss.predictionType() == Logits.class
                        ? Logits.of(y)
                        : loss.predictionType() == Probabilities.class
                                ? Probabilities.of(y)
                                : Outputs.of(y);
        P typed = loss.predictionType().cast(prediction);
        T target = loss.targetsType().cast(targets);
        return weights.isMissingNode()
                ? loss.of(typed, target)
                : new SampleWeighted<>(loss, weights(weights, targets.rows())).of(typed, target);
    }

    /// One weight for all samples or one for each.
    private static Variable weights(JsonNode weights, int rows) {
        double[] each = new double[rows];
        if (weights.isNumber()) {
            Arrays.fill(each, weights.asDouble());
        } else {
            each = Reference.doubles(weights.get("data"));
        }
        return Variable.of(Tensor.of(DType.FLOAT64, Shape.of(rows), each));
    }

    private static ClassTargets classes(String name, Tensor t, Tensor y, ClassOptions options) {
        if (!name.startsWith("Sparse")) {
            return OneHot.of(t);
        }
        int[] labels = Arrays.stream(t.toDoubles()).mapToInt(label -> (int) label).toArray();
        int classes = y.shape().dim(1);
        return options.ignored().isPresent()
                ? Labels.ignoring(options.ignored().getAsInt(), classes, labels)
                : Labels.of(classes, labels);
    }

    private static Tensor normalized(Tensor y) {
        int classes = y.shape().dim(1);
        Tensor normalized = y.copy();
        for (int row = 0; row < y.shape().dim(0); row++) {
            double sum = Arrays.stream(y.rows(row, 1).toDoubles()).sum();
            for (int k = 0; k < classes; k++) {
                normalized.setFromDouble(row * classes + k, y.getAsDouble(row * classes + k) / sum);
            }
        }
        return normalized;
    }

    /// Of which the softmax is these probabilities, renormalized.
    private static Tensor logarithms(Tensor y) {
        double[] logarithms =
                Arrays.stream(y.toDoubles()).map(p -> Math.log(Math.max(p, 1e-30))).toArray();
        return Tensor.of(DType.FLOAT64, y.shape(), logarithms);
    }

    /// Of which the sigmoid is these probabilities, clipped as Keras does.
    private static Tensor logitsOfSigmoid(Tensor y) {
        double[] logits =
                Arrays.stream(y.toDoubles())
                        .map(p -> Math.clamp(p, 1e-7, 1 - 1e-7))
                        .map(p -> Math.log(p / (1 - p)))
                        .toArray();
        return Tensor.of(DType.FLOAT64, y.shape(), logits);
    }

    /// An array with its outer axes made one; `axis` says which axes a sample has.
    private static Tensor rows(JsonNode array, JsonNode config, boolean wholeBatch) {
        int[] shape = Reference.ints(array.get("shape"));
        double[] data = Reference.doubles(array.get("data"));
        JsonNode axis = config.path("axis");
        if (axis.isNumber() && axis.asInt() == 1 && shape.length == 3) {
            double[] moved = new double[data.length];
            for (int n = 0; n < shape[0]; n++) {
                for (int k = 0; k < shape[1]; k++) {
                    for (int i = 0; i < shape[2]; i++) {
                        moved[(n * shape[2] + i) * shape[1] + k] =
                                data[(n * shape[1] + k) * shape[2] + i];
                    }
                }
            }
            return Tensor.of(DType.FLOAT64, Shape.of(shape[0] * shape[2], shape[1]), moved);
        }
        if (wholeBatch || axis.isObject()) {
            int rows = wholeBatch ? 1 : shape[0];
            return Tensor.of(DType.FLOAT64, Shape.of(rows, data.length / rows), data);
        }
        int columns = shape[shape.length - 1];
        return Tensor.of(DType.FLOAT64, Shape.of(data.length / columns, columns), data);
    }
}
