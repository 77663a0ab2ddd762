package org.manabi.cli.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.JsonOption;
import org.manabi.cli.console.Numbers;
import org.manabi.cli.data.DataSource;
import org.manabi.cli.model.Learner;
import org.manabi.data.Dataset;
import org.manabi.data.Folds;
import org.manabi.data.Split;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.loss.Prediction;
import org.manabi.loss.Targets;
import org.manabi.tensor.Seed;
import org.manabi.train.Score;
import org.manabi.train.TrainEvent;
import org.manabi.train.TrainListener;
import org.manabi.train.Trainer;

/// `manabi train --folds K`: trains K times, each time with another part of the training data held back,
/// and tells how the parts that were held back came out. The test data is left alone, and no model is
/// kept.
final class CrossValidation {

    private final TrainSettings settings;
    private final TrainOptions options;
    private final Console console;

    CrossValidation(TrainSettings settings, TrainOptions options, Console console) {
        this.settings = settings;
        this.options = options;
        this.console = console;
    }

    /// @param folds at least 2
    /// @throws CommandException if the loss of one training was not finite
    void run(DataSource source, int folds, JsonOption json) {
        Dataset data = source.load().train();
        Folds parts = Folds.of(data, folds, Seed.of(settings.config().seed()).child("folds"));
        List<Score> scores = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            Score score = score(source, parts.split(fold));
            scores.add(score);
            if (options.verbosity() == Verbosity.NORMAL) {
                console.say(console.text("train.fold", fold + 1, folds, words(score)));
            }
        }
        if (json.chosen()) {
            console.printJson(report(source, scores));
        } else {
            print(scores);
        }
    }

    private Score score(DataSource source, Split split) {
        Dataset train = split.train();
        TrainingData data =
                new TrainingData(
                        train,
                        null,
                        split.test(),
                        source.preparation(train),
                        source.schema().orElse(null));
        TrainSettings fitting = settings.fitting(data, options.hasLength());
        return score(fitting, data, KeptTraining.fresh(fitting, data, console));
    }

    private <P extends Prediction, T extends Targets> Score score(
            TrainSettings fitting, TrainingData data, Learner<P, T> learner) {
        Trainer<P, T> trainer =
                learner.trainer(fitting.updatesFor(data.train().size()), fitting.config());
        TrainListener quiet = _ -> {};
        TrainEvent.Outcome outcome = trainer.train(data.train(), null, quiet);
        if (outcome == TrainEvent.Outcome.DIVERGED) {
            throw CommandException.failed(
                    console.text(
                            "train.error.fold-diverged",
                            Numbers.brief(fitting.optimizer().learningRate())));
        }
        return trainer.evaluator().score(data.test());
    }

    private String words(Score score) {
        String loss = Numbers.loss(score.loss());
        return score.accuracy().isPresent()
                ? console.text("train.score", loss, Numbers.percent(score.accuracy().getAsDouble()))
                : console.text("train.score-of-values", loss);
    }

    private void print(List<Score> scores) {
        Spread loss = Spread.of(scores, Score::loss);
        console.print(
                console.text(
                        "train.folds.loss",
                        scores.size(),
                        Numbers.loss(loss.mean()),
                        Numbers.loss(loss.deviation())));
        accuracies(scores)
                .ifPresent(
                        accuracy ->
                                console.print(
                                        console.text(
                                                "train.folds.accuracy",
                                                Numbers.percent(accuracy.mean()),
                                                Numbers.percent(accuracy.deviation()))));
    }

    private static Optional<Spread> accuracies(List<Score> scores) {
        return scores.getFirst().accuracy().isPresent()
                ? Optional.of(Spread.of(scores, score -> score.accuracy().orElseThrow()))
                : Optional.empty();
    }

    private JsonObject report(DataSource source, List<Score> scores) {
        List<JsonValue> rows = new ArrayList<>();
        for (Score score : scores) {
            JsonObject row = JsonObject.EMPTY.with("loss", score.loss());
            rows.add(
                    score.accuracy().isPresent()
                            ? row.with("accuracy", score.accuracy().getAsDouble())
                            : row);
        }
        JsonObject json =
                settings.toJson()
                        .with("command", "train")
                        .with("data", source.name())
                        .with("seed", settings.config().seed())
                        .with("folds", new JsonValue.Array(rows))
                        .with("meanLoss", Spread.of(scores, Score::loss).toJson());
        return accuracies(scores)
                .map(accuracy -> json.with("meanAccuracy", accuracy.toJson()))
                .orElse(json);
    }

    /// The mean of some numbers and the standard deviation of a sample of them, which divides by n − 1.
    private record Spread(double mean, double deviation) {

        static Spread of(List<Score> scores, ToDoubleFunction<Score> value) {
            double mean = scores.stream().mapToDouble(value).average().orElse(Double.NaN);
            double squares =
                    scores.stream()
                            .mapToDouble(value)
                            .map(one -> (one - mean) * (one - mean))
                            .sum();
            return new Spread(mean, Math.sqrt(squares / Math.max(1, scores.size() - 1)));
        }

        JsonObject toJson() {
            return JsonObject.EMPTY.with("mean", mean).with("standardDeviation", deviation);
        }
    }
}
