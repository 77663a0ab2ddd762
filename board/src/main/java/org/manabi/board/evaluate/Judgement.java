package org.manabi.board.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.manabi.board.DataLibrary;
import org.manabi.data.Dataset;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.loss.CrossEntropy;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.metrics.Accuracy;
import org.manabi.metrics.Calibration;
import org.manabi.metrics.ConfusionMatrix;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Tensor;
import org.manabi.train.Evaluator;
import org.manabi.train.Model;
import org.manabi.train.Score;

/// How a classifier does on data: confusion matrix, calibration, and its mistakes, the costliest
/// first.
final class Judgement {

    private static final int BINS = 10;
    private static final int SHOWN = 24;
    private static final int MOST_MISTAKES = 5_000;

    private final Dataset data;
    private final ConfusionMatrix confusion;
    private final Calibration calibration = new Calibration(BINS);
    private final List<Mistake> mistakes = new ArrayList<>();

    private record Mistake(int row, int label, int guess, double loss, List<Double> probabilities) {

        JsonObject toJson() {
            return JsonObject.EMPTY
                    .with("row", row)
                    .with("label", label)
                    .with("guess", guess)
                    .with("loss", loss)
                    .with("probability", guess < 0 ? 0 : probabilities.get(guess));
        }
    }

    private Judgement(Dataset data) {
        this.data = data;
        this.confusion = new ConfusionMatrix(data.classNames().size());
    }

    /// Judges a model that gives scores or probabilities of classes.
    static JsonObject of(Model<?> model, Dataset data) {
        Judgement judgement = new Judgement(data);
        boolean logits = model.kind().needsSoftmax();
        Engine engine = Engine.serial();
        Score score =
                logits
                        ? new Evaluator<>(
                                        engine,
                                        Model.ofLogits(model.network()),
                                        SoftmaxCrossEntropy.MEAN)
                                .score(
                                        data,
                                        (sample, scores, row, loss) ->
                                                judgement.add(sample, softmax(scores, row), loss))
                        : new Evaluator<>(
                                        engine,
                                        Model.ofProbabilities(model.network()),
                                        CrossEntropy.BOOK)
                                .score(
                                        data,
                                        (sample, scores, row, loss) ->
                                                judgement.add(sample, row(scores, row), loss));
        return judgement.toJson(score);
    }

    private void add(int sample, List<Double> probabilities, double loss) {
        int guess = argmax(probabilities);
        int label = data.label(sample);
        confusion.add(label, guess);
        if (guess >= 0) {
            calibration.add(Math.min(1, probabilities.get(guess)), guess == label);
        }
        if (guess != label) {
            mistakes.add(new Mistake(sample, label, guess, loss, probabilities));
        }
    }

    private static int argmax(List<Double> probabilities) {
        int best = 0;
        for (int k = 0; k < probabilities.size(); k++) {
            if (Double.isNaN(probabilities.get(k))) {
                return -1;
            }
            best = probabilities.get(k) > probabilities.get(best) ? k : best;
        }
        return best;
    }

    private static List<Double> row(Tensor scores, int row) {
        int classes = scores.shape().dim(-1);
        List<Double> values = new ArrayList<>(classes);
        for (int k = 0; k < classes; k++) {
            values.add(scores.getAsDouble(row * classes + k));
        }
        return values;
    }

    private static List<Double> softmax(Tensor scores, int row) {
        List<Double> values = row(scores, row);
        int best = Accuracy.argmax(scores, row);
        double highest = best < 0 ? Double.NaN : values.get(best);
        values.replaceAll(value -> Math.exp(value - highest));
        double sum = values.stream().mapToDouble(Double::doubleValue).sum();
        values.replaceAll(value -> value / sum);
        return values;
    }

    private JsonObject toJson(Score score) {
        mistakes.sort(Comparator.comparingDouble(mistake -> -mistake.loss()));
        List<JsonValue> rows = new ArrayList<>();
        for (int label = 0; label < confusion.classes(); label++) {
            long[] row = new long[confusion.classes()];
            for (int guess = 0; guess < row.length; guess++) {
                row[guess] = confusion.count(label, guess);
            }
            rows.add(numbers(row));
        }
        List<JsonValue> worst = new ArrayList<>();
        for (Mistake mistake : mistakes.subList(0, Math.min(SHOWN, mistakes.size()))) {
            worst.add(
                    mistake.toJson()
                            .with("pixels", DataLibrary.pixels(data, mistake.row()))
                            .with(
                                    "probabilities",
                                    new JsonValue.Array(
                                            mistake.probabilities().stream()
                                                    .map(JsonValue::of)
                                                    .toList())));
        }
        return JsonObject.EMPTY
                .with("samples", score.samples())
                .with("loss", score.loss())
                .with("accuracy", confusion.accuracy())
                .with("classes", data.classNames())
                .with("width", DataLibrary.width(data))
                .with("confusion", new JsonValue.Array(rows))
                .with("calibrationError", calibration.expectedError())
                .with("calibration", new JsonValue.Array(bins()))
                .with("worst", new JsonValue.Array(worst))
                .with(
                        "mistakes",
                        new JsonValue.Array(
                                mistakes.stream()
                                        .limit(MOST_MISTAKES)
                                        .<JsonValue>map(Mistake::toJson)
                                        .toList()));
    }

    private static JsonValue numbers(long... values) {
        List<JsonValue> numbers = new ArrayList<>();
        for (long value : values) {
            numbers.add(JsonValue.of(value));
        }
        return new JsonValue.Array(numbers);
    }

    private List<JsonValue> bins() {
        List<JsonValue> bins = new ArrayList<>();
        for (Calibration.Bin bin : calibration.bins()) {
            bins.add(
                    JsonObject.EMPTY
                            .with("count", bin.count())
                            .with("confidence", bin.confidence())
                            .with("accuracy", bin.accuracy()));
        }
        return bins;
    }
}
