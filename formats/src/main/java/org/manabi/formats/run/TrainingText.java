package org.manabi.formats.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.manabi.data.BatchCursor;
import org.manabi.data.RandomState;
import org.manabi.formats.FormatException;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonReader;
import org.manabi.formats.json.JsonValue;
import org.manabi.tensor.Tensor;
import org.manabi.train.EpochScores;
import org.manabi.train.Score;
import org.manabi.train.TrainState;

/// The state of a training as it stands in a checkpoint: JSON for all but the tensors.
///
/// @param state the state, with tensors
/// @param notes what the listeners of the training want to have again, as one likes
record TrainingText(TrainState state, JsonObject notes) {

    private static final int FORMAT = 1;
    private static final String PART = "training";

    static String write(TrainState state, JsonObject notes) {
        JsonObject text =
                JsonObject.EMPTY
                        .with("format", FORMAT)
                        .with("step", state.step())
                        .with("cursor", write(state.cursor()))
                        .with("running", write(state.running()))
                        .with(
                                "epochs",
                                new JsonValue.Array(
                                        state.epochs().stream()
                                                .<JsonValue>map(TrainingText::write)
                                                .toList()));
        TrainState.Best best = state.best();
        return (best == null ? text : text.with("best", write(best)))
                .with("notes", notes)
                .toString();
    }

    private static JsonObject write(BatchCursor.Snapshot cursor) {
        JsonObject text =
                JsonObject.EMPTY.with("epoch", cursor.epoch()).with("position", cursor.position());
        RandomState.Snapshot random = cursor.random();
        if (random == null) {
            return text;
        }
        JsonObject numbers =
                JsonObject.EMPTY
                        .with("key", random.key().stream().mapToInt(Integer::intValue).toArray())
                        .with("position", random.position());
        return text.with(
                "random",
                random.spareNormal().isPresent()
                        ? numbers.with("spareNormal", random.spareNormal().getAsDouble())
                        : numbers);
    }

    private static JsonObject write(TrainState.Sums sums) {
        return JsonObject.EMPTY
                .with("samples", sums.samples())
                .with("loss", sums.loss())
                .with("weight", sums.weight())
                .with("correct", sums.correct())
                .with("classes", sums.classes());
    }

    private static JsonObject write(EpochScores epoch) {
        JsonObject text =
                JsonObject.EMPTY
                        .with("epoch", epoch.epoch())
                        .with("step", epoch.step())
                        .with("running", write(epoch.running()));
        Score frozen = epoch.frozen();
        Score validation = epoch.validation();
        if (frozen != null) {
            text = text.with("frozen", write(frozen));
        }
        return validation == null ? text : text.with("validation", write(validation));
    }

    private static JsonObject write(Score score) {
        JsonObject text =
                JsonObject.EMPTY.with("samples", score.samples()).with("loss", score.loss());
        return score.accuracy().isPresent()
                ? text.with("accuracy", score.accuracy().getAsDouble())
                : text;
    }

    private static JsonObject write(TrainState.Best best) {
        JsonObject text =
                JsonObject.EMPTY
                        .with("epoch", best.epoch())
                        .with("step", best.step())
                        .with("loss", best.loss());
        return best.accuracy().isPresent()
                ? text.with("accuracy", best.accuracy().getAsDouble())
                : text;
    }

    /// @param updater the tensors of the updater's memory
    /// @param bestWeights the tensors of the best weights
    /// @throws FormatException if the text is not a training's of this version
    static TrainingText read(
            String text,
            String file,
            Map<String, Tensor> updater,
            Map<String, Tensor> bestWeights) {
        JsonFields fields = JsonFields.of(JsonReader.parse(text, file, PART), file, PART);
        long format = fields.integer("format");
        if (format != FORMAT) {
            throw fields.fault(
                    "format", format + " is unknown to this version, which reads " + FORMAT);
        }
        try {
            TrainState state =
                    new TrainState(
                            fields.integer("step"),
                            cursor(fields.object("cursor")),
                            new LinkedHashMap<>(updater),
                            sums(fields.object("running")),
                            epochs(fields),
                            fields.has("best") ? best(fields.object("best")) : null,
                            new LinkedHashMap<>(bestWeights));
            return new TrainingText(state, fields.optionalObject("notes"));
        } catch (IllegalArgumentException e) {
            throw new FormatException(file, PART + ": " + e.getMessage());
        }
    }

    @SuppressWarnings("NullAway") // it does not see in class files that a nested type may be null
    private static BatchCursor.Snapshot cursor(JsonFields fields) {
        return new BatchCursor.Snapshot(
                fields.integer("epoch"),
                fields.integer("position", 0, Integer.MAX_VALUE),
                fields.has("random") ? random(fields.object("random")) : null);
    }

    private static RandomState.Snapshot random(JsonFields fields) {
        List<Integer> key = new ArrayList<>();
        for (JsonValue word : fields.array("key")) {
            long bits = word.asLong().orElse(Long.MAX_VALUE);
            if (bits != (int) bits) {
                throw fields.fault("key", word + " is not a word of 32 bits");
            }
            key.add((int) bits);
        }
        return new RandomState.Snapshot(
                key,
                fields.integer("position", 0, Integer.MAX_VALUE),
                optional(fields, "spareNormal"));
    }

    private static TrainState.Sums sums(JsonFields fields) {
        return new TrainState.Sums(
                fields.integer("samples"),
                fields.number("loss"),
                fields.number("weight"),
                fields.integer("correct"),
                fields.truth("classes"));
    }

    private static List<EpochScores> epochs(JsonFields fields) {
        List<EpochScores> epochs = new ArrayList<>();
        for (JsonValue item : fields.array("epochs")) {
            JsonFields epoch = JsonFields.of(item, fields.file(), fields.at("epochs"));
            epochs.add(
                    new EpochScores(
                            epoch.integer("epoch"),
                            epoch.integer("step"),
                            score(epoch.object("running")),
                            optionalScore(epoch, "frozen"),
                            optionalScore(epoch, "validation")));
        }
        return epochs;
    }

    private static @Nullable Score optionalScore(JsonFields fields, String name) {
        return fields.has(name) ? score(fields.object(name)) : null;
    }

    private static Score score(JsonFields fields) {
        return new Score(
                fields.integer("samples"), fields.number("loss"), optional(fields, "accuracy"));
    }

    private static TrainState.Best best(JsonFields fields) {
        return new TrainState.Best(
                fields.integer("epoch"),
                fields.integer("step"),
                fields.number("loss"),
                optional(fields, "accuracy"));
    }

    private static OptionalDouble optional(JsonFields fields, String name) {
        return fields.has(name) ? OptionalDouble.of(fields.number(name)) : OptionalDouble.empty();
    }
}
