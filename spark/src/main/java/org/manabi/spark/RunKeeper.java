package org.manabi.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.run.RunDescription;
import org.manabi.formats.run.RunDirectory;
import org.manabi.formats.run.RunState;
import org.manabi.formats.tensorboard.EventWriter;

/// The driver's run directory, which is filled as events arrive: the same files as those of a training
/// on one machine, for the board and for TensorBoard.
final class RunKeeper implements AutoCloseable {

    /// The event with which each attempt begins; it is not written down.
    private static final String BEGIN = "begin";

    private final Path folder;
    private final JsonObject config;
    private final String data;
    private final Map<Long, Long> lengths = new HashMap<>();
    private @Nullable RunDirectory run;
    private @Nullable EventWriter curves;

    RunKeeper(Path folder, JsonObject config, String data) {
        this.folder = folder;
        this.config = config;
        this.data = data;
    }

    /// What an attempt tells first.
    ///
    /// @param step the checkpoint's that it goes on from; 0 for none
    static JsonObject begin(long step, long seed, long parameters) {
        return JsonObject.EMPTY
                .with("event", BEGIN)
                .with("step", step)
                .with("seed", seed)
                .with("parameters", parameters);
    }

    /// Takes the next event.
    synchronized void accept(JsonObject event) {
        JsonFields fields = JsonFields.of(event, folder.toString(), "event");
        String name = fields.text("event");
        if (name.equals(BEGIN)) {
            begin(fields);
            return;
        }
        RunDirectory open = run;
        if (open == null) {
            return;
        }
        open.append(event);
        if (name.equals("checkpoint")) {
            lengths.put(fields.integer("step"), open.metricsLog().length());
        }
        draw(name, fields);
    }

    /// An attempt begins: what is told again from its first step on is forgotten.
    private void begin(JsonFields fields) {
        RunDirectory open = run;
        if (open == null) {
            open =
                    Files.exists(folder.resolve("run.json"))
                            ? RunDirectory.open(folder)
                            : RunDirectory.createAt(folder, description(fields));
            run = open;
            double now = now();
            String name = EventWriter.fileName((long) now, "manabi", ProcessHandle.current().pid());
            curves = new EventWriter(folder.resolve(name), now);
        }
        long step = fields.integer("step");
        Long length = step == 0 ? Long.valueOf(0) : lengths.get(step);
        if (length != null) {
            open.metricsLog().truncate(length);
        }
    }

    private RunDescription description(JsonFields fields) {
        return new RunDescription(
                config,
                data,
                "unknown",
                JsonObject.EMPTY.with("spark", org.apache.spark.package$.MODULE$.SPARK_VERSION()),
                fields.integer("seed"),
                fields.integer("parameters"));
    }

    private static double now() {
        return Instant.now().toEpochMilli() / 1000.0;
    }

    private void draw(String name, JsonFields fields) {
        EventWriter writer = curves;
        if (writer == null) {
            return;
        }
        if (name.equals("step")) {
            long step = fields.integer("step");
            writer.scalar("train/loss", step, now(), fields.number("loss"));
            writer.scalar("train/learning-rate", step, now(), fields.number("learningRate"));
        } else if (name.equals("epoch")) {
            score(writer, "epoch", fields, fields.object("train"));
            if (fields.has("validation")) {
                score(writer, "validation", fields, fields.object("validation"));
            }
        }
    }

    private static void score(EventWriter writer, String name, JsonFields epoch, JsonFields score) {
        long step = epoch.integer("step");
        writer.scalar(name + "/loss", step, now(), score.number("loss"));
        if (score.has("accuracy")) {
            writer.scalar(name + "/accuracy", step, now(), score.number("accuracy"));
        }
    }

    /// Notes the end, with the model if it is small enough to be here.
    synchronized void finish(SparkTraining training) throws IOException {
        RunDirectory open = run;
        if (open == null) {
            return;
        }
        if (training.hasModel()) {
            training.save(open.checkpoints().last());
        }
        RunState state =
                switch (training.outcome()) {
                    case COMPLETED, STOPPED_EARLY -> RunState.FINISHED;
                    case STOPPED -> RunState.INTERRUPTED;
                    case DIVERGED -> RunState.DIVERGED;
                };
        open.append(
                JsonObject.EMPTY
                        .with("event", "finished")
                        .with("step", training.steps())
                        .with(
                                "outcome",
                                training.outcome()
                                        .name()
                                        .toLowerCase(java.util.Locale.ROOT)
                                        .replace('_', '-')));
        open.update(
                state,
                JsonObject.EMPTY
                        .with("sha256", training.sha256())
                        .with("replicas", training.replicas())
                        .with("executors", training.executors())
                        .with("bytesPerRound", training.bytesPerRound())
                        .with("exchangeSecondsPerRound", training.exchangeSecondsPerRound())
                        .with("secondsPerRound", training.secondsPerRound()));
    }

    @Override
    public synchronized void close() {
        RunDirectory open = run;
        if (open != null && open.state() == RunState.RUNNING) {
            open.update(RunState.INTERRUPTED, open.results());
        }
        EventWriter writer = curves;
        if (writer != null) {
            writer.close();
        }
    }
}
