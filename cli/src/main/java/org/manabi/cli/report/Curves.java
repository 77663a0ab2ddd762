package org.manabi.cli.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.json.JsonObject;
import org.manabi.train.EpochScores;
import org.manabi.train.Score;

/// The learning curves of a run, read from its events.
///
/// @param steps the losses of mini-batches, each of some steps
/// @param epochs what was measured after each epoch
record Curves(List<Step> steps, List<EpochScores> epochs) {

    /// One point of the curve of mini-batches.
    record Step(long step, double loss) {}

    /// Samples are not noted in events; this many make the smallest accuracies comparable.
    private static final long UNKNOWN = 1_000;

    Curves {
        steps = List.copyOf(steps);
        epochs = List.copyOf(epochs);
    }

    static Curves of(List<JsonObject> events, Path run) {
        List<Step> steps = new ArrayList<>();
        List<EpochScores> epochs = new ArrayList<>();
        for (JsonObject event : events) {
            JsonFields fields = new JsonFields(event, run.toString(), "metrics.jsonl");
            switch (fields.optionalText("event").orElse("")) {
                case "step" -> steps.add(new Step(fields.integer("step"), fields.number("loss")));
                case "epoch" ->
                        epochs.add(
                                new EpochScores(
                                        fields.integer("epoch"),
                                        fields.integer("step"),
                                        score(fields.object("train")),
                                        optional(fields, "frozen"),
                                        optional(fields, "validation")));
                default -> {}
            }
        }
        return new Curves(steps, epochs);
    }

    private static @Nullable Score optional(JsonFields fields, String name) {
        return fields.has(name) ? score(fields.object(name)) : null;
    }

    private static Score score(JsonFields fields) {
        return new Score(
                fields.has("samples") ? fields.integer("samples") : UNKNOWN,
                fields.number("loss"),
                fields.has("accuracy")
                        ? OptionalDouble.of(fields.number("accuracy"))
                        : OptionalDouble.empty());
    }
}
