package org.manabi.cli.train;

import java.util.Locale;
import java.util.stream.Collectors;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.Numbers;
import org.manabi.formats.json.JsonObject;
import org.manabi.train.Overfitting;

/// What the curves say of overfitting, in words.
public final class OverfittingText {

    private final Console console;

    public OverfittingText(Console console) {
        this.console = console;
    }

    /// Since when, how much, in which way, and what to try.
    public String explain(Overfitting found) {
        String first =
                console.text(
                        "overfitting.since",
                        found.sinceEpoch(),
                        Numbers.loss(found.best().loss()),
                        Numbers.loss(found.now().loss()),
                        Numbers.loss(found.train().loss()),
                        Numbers.loss(found.gap()));
        return first + " " + way(found) + " " + remedies(found);
    }

    private String way(Overfitting found) {
        return switch (found.kind()) {
            case FEWER_RIGHT ->
                    console.text("overfitting.fewer-right", before(found), after(found));
            case OVERCONFIDENT ->
                    console.text("overfitting.overconfident", before(found), after(found));
            case FARTHER_OFF -> console.text("overfitting.farther-off");
        };
    }

    private static String before(Overfitting found) {
        return Numbers.percent(found.best().accuracy().orElse(0));
    }

    private static String after(Overfitting found) {
        return Numbers.percent(found.now().accuracy().orElse(0));
    }

    private String remedies(Overfitting found) {
        return console.text(
                "overfitting.try",
                found.remedies().stream()
                        .map(this::remedy)
                        .collect(Collectors.joining(console.text("overfitting.or"))));
    }

    private String remedy(Overfitting.Remedy remedy) {
        return switch (remedy) {
            case EARLY_STOPPING -> console.text("overfitting.remedy.early-stopping");
            case MORE_DATA -> console.text("overfitting.remedy.more-data");
            case DROPOUT -> console.text("overfitting.remedy.dropout");
            case WEIGHT_DECAY -> console.text("overfitting.remedy.weight-decay");
            case SMALLER_MODEL -> console.text("overfitting.remedy.smaller-model");
            case LABEL_SMOOTHING -> console.text("overfitting.remedy.label-smoothing");
        };
    }

    /// The same for programs.
    static JsonObject json(Overfitting found) {
        return JsonObject.EMPTY
                .with("sinceEpoch", found.sinceEpoch())
                .with("kind", found.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .with("gap", found.gap())
                .with("best", RunRecorder.score(found.best()))
                .with("now", RunRecorder.score(found.now()))
                .with("train", RunRecorder.score(found.train()))
                .with(
                        "remedies",
                        found.remedies().stream()
                                .map(
                                        remedy ->
                                                remedy.name()
                                                        .toLowerCase(Locale.ROOT)
                                                        .replace('_', '-'))
                                .toList());
    }
}
