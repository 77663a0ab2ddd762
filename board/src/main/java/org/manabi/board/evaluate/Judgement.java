package org.manabi.board.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.manabi.board.DataLibrary;
import org.manabi.data.Dataset;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.loss.CrossEntropy;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.metrics.Calibration;
import org.manabi.metrics.ConfusionMatrix;
import org.manabi.metrics.WorstMistakes;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Tensor;
import org.manabi.train.ClassProbabilities;
import org.manabi.train.ClassifierWitness;
import org.manabi.train.Evaluator;
import org.manabi.train.Model;
import org.manabi.train.Predictor;
import org.manabi.train.Score;

/// How a classifier does on data: confusion matrix, calibration, and its mistakes, the costliest
/// first.
final class Judgement {

    private static final int SHOWN = 24;
    private static final int MOST_MISTAKES = 5_000;

    private final Engine engine = Engine.serial();
    private final Model<?> model;
    private final Dataset data;
    private final ClassProbabilities toProbabilities;
    private final ClassifierWitness witness;

    private Judgement(Model<?> model, Dataset data) {
        this.model = model;
        this.data = data;
        this.toProbabilities = new ClassProbabilities(engine, model.kind());
        this.witness = new ClassifierWitness(data, toProbabilities, MOST_MISTAKES);
    }

    /// Judges a model that gives scores or probabilities of classes.
    static JsonObject of(Model<?> model, Dataset data) {
        Judgement judgement = new Judgement(model, data);
        return judgement.toJson(judgement.evaluator().score(data, judgement.witness));
    }

    private Evaluator<?, ?> evaluator() {
        return model.kind().needsSoftmax()
                ? new Evaluator<>(engine, Model.ofLogits(model.network()), SoftmaxCrossEntropy.MEAN)
                : new Evaluator<>(
                        engine, Model.ofProbabilities(model.network()), CrossEntropy.BOOK);
    }

    private JsonObject toJson(Score score) {
        ConfusionMatrix confusion = witness.confusion();
        List<WorstMistakes.Mistake> mistakes = witness.mistakes().worst();
        List<JsonValue> rows = new ArrayList<>();
        for (int label = 0; label < confusion.classes(); label++) {
            long[] row = new long[confusion.classes()];
            for (int guess = 0; guess < row.length; guess++) {
                row[guess] = confusion.count(label, guess);
            }
            rows.add(numbers(row));
        }
        return JsonObject.EMPTY
                .with("samples", score.samples())
                .with("loss", score.loss())
                .with("accuracy", confusion.accuracy())
                .with("classes", data.classNames())
                .with("width", DataLibrary.width(data))
                .with("confusion", new JsonValue.Array(rows))
                .with("calibrationError", witness.calibration().expectedError())
                .with("calibration", new JsonValue.Array(bins()))
                .with("worst", new JsonValue.Array(worst(mistakes)))
                .with(
                        "mistakes",
                        new JsonValue.Array(
                                mistakes.stream().<JsonValue>map(Judgement::json).toList()));
    }

    private static JsonObject json(WorstMistakes.Mistake mistake) {
        return JsonObject.EMPTY
                .with("row", mistake.id())
                .with("label", mistake.label())
                .with("guess", mistake.predicted())
                .with("loss", mistake.loss())
                .with("probability", mistake.predicted() < 0 ? 0 : mistake.confidence());
    }

    /// The first of the mistakes with their pictures and all probabilities.
    private List<JsonValue> worst(List<WorstMistakes.Mistake> mistakes) {
        Predictor predictor = new Predictor(engine, model, 1);
        List<JsonValue> worst = new ArrayList<>();
        for (WorstMistakes.Mistake mistake :
                mistakes.subList(0, Math.min(SHOWN, mistakes.size()))) {
            int row = Math.toIntExact(mistake.id());
            worst.add(
                    json(mistake)
                            .with("pixels", DataLibrary.pixels(data, row))
                            .with("probabilities", probabilities(predictor, row)));
        }
        return worst;
    }

    private double[] probabilities(Predictor predictor, int row) {
        Tensor inputs = predictor.inputs();
        inputs.copyFrom(data.input(row).reshape(inputs.shape()).to(inputs.dtype()));
        return toProbabilities.of(predictor.run()).toDoubles();
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
        for (Calibration.Bin bin : witness.calibration().bins()) {
            bins.add(
                    JsonObject.EMPTY
                            .with("count", bin.count())
                            .with("confidence", bin.confidence())
                            .with("accuracy", bin.accuracy()));
        }
        return bins;
    }
}
