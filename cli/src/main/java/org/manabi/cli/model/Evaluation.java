package org.manabi.cli.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.manabi.data.Dataset;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.metrics.Averaging;
import org.manabi.metrics.Calibration;
import org.manabi.metrics.ConfusionMatrix;
import org.manabi.metrics.OneVersusRest;
import org.manabi.metrics.ProbabilityScores;
import org.manabi.metrics.WorstMistakes;
import org.manabi.tensor.Engine;
import org.manabi.train.ClassProbabilities;
import org.manabi.train.ClassifierWitness;
import org.manabi.train.Evaluator;
import org.manabi.train.OutputKind;
import org.manabi.train.Score;

/// How a classifier does on some samples, in all that is measured.
///
/// @param probabilityScores log loss and Brier score
/// @param areas those under the curves of each class against the others
/// @param mistakes the wrong answers that cost most, by the samples' rows
/// @param topAccuracy with the right class among the 1, 2 … 5 with the highest scores
public record Evaluation(
        Score score,
        ConfusionMatrix confusion,
        Calibration calibration,
        ProbabilityScores probabilityScores,
        OneVersusRest areas,
        WorstMistakes mistakes,
        List<Double> topAccuracy,
        List<String> classNames) {

    /// How many of the worst mistakes are told.
    static final int MISTAKES = 24;

    /// How far down a right answer still counts, at most.
    private static final int TOP = 5;

    /// Measures some samples.
    public static Evaluation of(Evaluator<?, ?> evaluator, Dataset samples, OutputKind kind) {
        return of(evaluator, samples, new ClassProbabilities(Engine.serial(), kind));
    }

    static Evaluation of(
            Evaluator<?, ?> evaluator, Dataset samples, ClassProbabilities toProbabilities) {
        ClassifierWitness witness = new ClassifierWitness(samples, toProbabilities, MISTAKES);
        Score score = evaluator.score(samples, witness);
        return of(score, witness, samples.classNames());
    }

    /// What a witness has seen.
    static Evaluation of(Score score, ClassifierWitness witness, List<String> classNames) {
        return new Evaluation(
                score,
                witness.confusion(),
                witness.calibration(),
                witness.probabilityScores(),
                witness.areas(),
                witness.mistakes(),
                IntStream.rangeClosed(1, Math.min(TOP, classNames.size()))
                        .mapToObj(witness::topAccuracy)
                        .toList(),
                classNames);
    }

    /// Adds everything to the beginning of a report.
    JsonObject addTo(JsonObject report) {
        return report.with("samples", score.samples())
                .with("loss", score.loss())
                .with("accuracy", confusion.accuracy())
                .with("topAccuracy", new JsonValue.Array(topAccuracies()))
                .with("calibrationError", calibration.expectedError())
                .with("logLoss", probabilityScores.logLoss())
                .with("brier", probabilityScores.brier())
                .with("rocAuc", areas.macroRocAuc())
                .with("prAuc", areas.macroPrAuc())
                .with("micro", averages(Averaging.MICRO))
                .with("macro", averages(Averaging.MACRO))
                .with("weighted", averages(Averaging.WEIGHTED))
                .with("reliability", new JsonValue.Array(bins()))
                .with("mistakes", mistakes.count())
                .with("classes", new JsonValue.Array(classes()))
                .with("confusion", new JsonValue.Array(rows()))
                .with("worstMistakes", new JsonValue.Array(worst()));
    }

    private List<JsonValue> topAccuracies() {
        return topAccuracy.stream().<JsonValue>map(JsonValue::of).toList();
    }

    private JsonObject averages(Averaging averaging) {
        return JsonObject.EMPTY
                .with("precision", confusion.precision(averaging))
                .with("recall", confusion.recall(averaging))
                .with("f1", confusion.f1(averaging));
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

    private List<JsonValue> worst() {
        List<JsonValue> worst = new ArrayList<>();
        for (WorstMistakes.Mistake mistake : mistakes.worst()) {
            worst.add(
                    JsonObject.EMPTY
                            .with("sample", mistake.id())
                            .with("label", classNames.get(mistake.label()))
                            .with(
                                    "predicted",
                                    mistake.predicted() < 0
                                            ? "NaN"
                                            : classNames.get(mistake.predicted()))
                            .with("confidence", mistake.confidence())
                            .with("loss", mistake.loss()));
        }
        return worst;
    }

    private List<JsonValue> classes() {
        List<JsonValue> classes = new ArrayList<>();
        for (int k = 0; k < classNames.size(); k++) {
            classes.add(
                    JsonObject.EMPTY
                            .with("name", classNames.get(k))
                            .with("precision", confusion.precision(k))
                            .with("recall", confusion.recall(k))
                            .with("f1", confusion.f1(k))
                            .with("rocAuc", areas.of(k).rocAuc())
                            .with("prAuc", areas.of(k).prAuc())
                            .with("support", confusion.support(k)));
        }
        return classes;
    }

    private List<JsonValue> rows() {
        List<JsonValue> rows = new ArrayList<>();
        for (int label = 0; label < confusion.classes(); label++) {
            List<JsonValue> row = new ArrayList<>();
            for (int predicted = 0; predicted < confusion.classes(); predicted++) {
                row.add(JsonValue.of(confusion.count(label, predicted)));
            }
            rows.add(new JsonValue.Array(row));
        }
        return rows;
    }
}
