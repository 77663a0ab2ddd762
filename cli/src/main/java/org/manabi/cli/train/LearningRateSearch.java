package org.manabi.cli.train;

import java.util.ArrayList;
import java.util.List;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.JsonOption;
import org.manabi.cli.console.Numbers;
import org.manabi.cli.model.Learner;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.train.LearningRateFinder;

/// `manabi train --find-learning-rate`: tries learning rates from very small to too large, and suggests
/// one. Nothing is kept.
final class LearningRateSearch {

    /// So many of the rates are shown to people.
    private static final int ROWS = 16;

    private static final int BAR = 30;

    private final TrainSettings settings;
    private final Console console;

    LearningRateSearch(TrainSettings settings, Console console) {
        this.settings = settings;
        this.console = console;
    }

    void run(String data, TrainingData loaded, Learner<?, ?> learner, JsonOption json) {
        LearningRateFinder.Found found =
                learner.learningRates(
                        LearningRateFinder.DEFAULTS,
                        settings.optimizer(),
                        loaded.train(),
                        settings.config());
        if (json.chosen()) {
            console.printJson(report(data, found));
        } else {
            print(found);
        }
    }

    private JsonObject report(String data, LearningRateFinder.Found found) {
        List<JsonValue> points = new ArrayList<>();
        for (LearningRateFinder.Point point : found.points()) {
            points.add(
                    JsonObject.EMPTY
                            .with("learningRate", point.learningRate())
                            .with("loss", point.loss()));
        }
        JsonObject json =
                settings.toJson()
                        .with("command", "train")
                        .with("data", data)
                        .with("points", new JsonValue.Array(points));
        return found.suggestion().isPresent()
                ? json.with("suggestion", found.suggestion().getAsDouble())
                : json;
    }

    private void print(LearningRateFinder.Found found) {
        List<LearningRateFinder.Point> points = found.points();
        double highest =
                points.stream().mapToDouble(LearningRateFinder.Point::loss).max().orElse(1);
        console.print(console.text("train.rates.head"));
        int stride = Math.max(1, Math.ceilDiv(points.size(), ROWS));
        for (int i = points.size() - 1; i >= 0; i -= stride) {
            LearningRateFinder.Point point = points.get(points.size() - 1 - i);
            int bar = Math.clamp(Math.round(BAR * point.loss() / highest), 0, BAR);
            console.print(
                    "%10s  %10s  %s"
                            .formatted(
                                    Numbers.brief(point.learningRate()),
                                    Numbers.loss(point.loss()),
                                    "━".repeat(bar)));
        }
        console.print(
                found.suggestion().isPresent()
                        ? console.text(
                                "train.rates.suggestion",
                                Numbers.brief(found.suggestion().getAsDouble()))
                        : console.text("train.rates.none"));
    }
}
