package org.manabi.formats.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.manabi.formats.Durably;
import org.manabi.formats.FormatException;
import org.manabi.formats.WriteException;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonReader;
import org.manabi.formats.model.ModelCard;
import org.manabi.formats.model.ModelFile;
import org.manabi.formats.model.SavedModel;
import org.manabi.train.Model;

/// The folder in which a run keeps what it does:
///
///     run.json                        what it set out to do, its state, its results
///     metrics.jsonl                   what happened, one JSON object a line
///     checkpoints/                    see [Checkpoints]
///
/// A run never overwrites another. All but the last lines of the metrics survives a crash at any
/// instant.
public final class RunDirectory {

    private static final int FORMAT = 1;
    private static final Clock LOCAL = Clock.system(ZoneId.systemDefault());
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss", Locale.ROOT);

    private final Path folder;
    private final RunDescription description;
    private final Instant created;
    private final JsonObject host;
    private final Clock clock;
    private final MetricsLog metrics;
    private RunState state;
    private JsonObject results;

    private RunDirectory(
            Path folder,
            RunDescription description,
            Instant created,
            JsonObject host,
            Clock clock,
            RunState state,
            JsonObject results) {
        this.folder = folder;
        this.description = description;
        this.created = created;
        this.host = host;
        this.clock = clock;
        this.metrics = new MetricsLog(folder.resolve("metrics.jsonl"));
        this.state = state;
        this.results = results;
    }

    /// Begins a run in a new folder, named by the local time and a label, such as
    /// `2026-11-24-153012-mnist-two-layer`.
    ///
    /// @param parent the folder of all runs, usually `runs`; it is made if missing
    /// @throws WriteException if the folder cannot be made
    public static RunDirectory create(Path parent, String label, RunDescription description) {
        return create(parent, label, description, LOCAL);
    }

    /// The same by another clock.
    public static RunDirectory create(
            Path parent, String label, RunDescription description, Clock clock) {
        Durably.createFolders(parent);
        String name = STAMP.format(ZonedDateTime.now(clock)) + "-" + plain(label);
        Path folder = parent.resolve(name);
        for (int number = 2; !Durably.createFolder(folder); number++) {
            folder = parent.resolve(name + "-" + number);
        }
        return begin(folder, description, clock);
    }

    /// Begins a run in exactly this folder, which is absent or empty.
    ///
    /// @throws WriteException if there is something in it, or it cannot be made
    public static RunDirectory createAt(Path folder, RunDescription description) {
        Durably.createFolders(folder);
        try (Stream<Path> content = Files.list(folder)) {
            if (content.findAny().isPresent()) {
                throw new WriteException(
                        folder.toString(),
                        "is not empty, and a run never overwrites anything; choose another folder",
                        new IOException("not empty"));
            }
        } catch (IOException e) {
            throw Durably.failure(folder, e);
        }
        return begin(folder, description, LOCAL);
    }

    private static RunDirectory begin(Path folder, RunDescription description, Clock clock) {
        RunDirectory run =
                new RunDirectory(
                        folder,
                        description,
                        now(clock),
                        Host.describe(),
                        clock,
                        RunState.RUNNING,
                        JsonObject.EMPTY);
        Durably.createFolder(run.checkpointFolder());
        run.save();
        return run;
    }

    /// A run that was begun earlier.
    ///
    /// @throws FormatException if the folder is not a run's, or its `run.json` is damaged
    public static RunDirectory open(Path folder) {
        Path file = folder.resolve("run.json");
        if (!Files.exists(file)) {
            throw new FormatException(
                    folder.toString(), "is not a run: there is no run.json in it");
        }
        JsonFields fields = JsonFields.of(JsonReader.parse(file), file.toString(), "");
        long format = fields.integer("format");
        if (format != FORMAT) {
            throw fields.fault(
                    "format", format + " is unknown to this version, which reads " + FORMAT);
        }
        return new RunDirectory(
                folder,
                RunDescription.of(fields),
                instant(fields, "created"),
                fields.optionalObject("host"),
                LOCAL,
                state(fields),
                fields.optionalObject("results"));
    }

    private static RunState state(JsonFields fields) {
        String word = fields.text("state");
        return Arrays.stream(RunState.values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElseThrow(
                        () ->
                                fields.fault(
                                        "state",
                                        word
                                                + " is not one of running, finished, interrupted,"
                                                + " diverged"));
    }

    private static Instant instant(JsonFields fields, String name) {
        try {
            return Instant.parse(fields.text(name));
        } catch (DateTimeException e) {
            throw fields.fault(
                    name, fields.text(name) + " is not a time such as" + " 2026-11-24T15:30:12Z");
        }
    }

    private static Instant now(Clock clock) {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private static String plain(String label) {
        String plain = label.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String trimmed = plain.replaceAll("^-|-$", "");
        return trimmed.isEmpty() ? "run" : trimmed.substring(0, Math.min(80, trimmed.length()));
    }

    /// The run's folder.
    public Path folder() {
        return folder;
    }

    public RunDescription description() {
        return description;
    }

    /// When the run began.
    public Instant created() {
        return created;
    }

    /// The machine on which the run began.
    public JsonObject host() {
        return host;
    }

    public synchronized RunState state() {
        return state;
    }

    /// What has come out so far, as one likes.
    public synchronized JsonObject results() {
        return results;
    }

    /// What happened. To read on while the run goes on, use [MetricsLog#readFrom].
    public MetricsLog metricsLog() {
        return metrics;
    }

    /// All events so far.
    public List<JsonObject> metrics() {
        return metrics.read();
    }

    /// Appends one event to the metrics, in one write.
    ///
    /// @throws WriteException if the disk refuses
    public void append(JsonObject event) {
        metrics.append(event);
    }

    /// Notes what has become of the run and what came out; when this returns, it is on the disk,
    /// and so are all events before it.
    ///
    /// @throws WriteException if the disk refuses
    public synchronized void update(RunState state, JsonObject results) {
        metrics.flush();
        this.state = state;
        this.results = results;
        save();
    }

    /// The run's checkpoints.
    public Checkpoints checkpoints() {
        return new Checkpoints(checkpointFolder());
    }

    /// Saves the model as it is; when this returns, it is on the disk.
    ///
    /// @throws WriteException if the disk refuses; the checkpoint before is then still there
    public void saveLast(Model<?> model, ModelCard card) {
        ModelFile.save(checkpoints().last(), model, card);
    }

    /// Saves the model as the best so far; when this returns, it is on the disk.
    ///
    /// @throws WriteException if the disk refuses; the checkpoint before is then still there
    public void saveBest(Model<?> model, ModelCard card) {
        ModelFile.save(checkpoints().best(), model, card);
    }

    /// The best model, or the last if no best was saved.
    ///
    /// @throws FormatException if there is none yet, or it is damaged
    public SavedModel model() {
        return ModelFile.load(ModelLocation.resolve(folder));
    }

    private Path checkpointFolder() {
        return folder.resolve("checkpoints");
    }

    private void save() {
        JsonObject run =
                JsonObject.EMPTY
                        .with("format", FORMAT)
                        .with("state", state.word())
                        .with("created", created.toString())
                        .with("updated", now(clock).toString());
        JsonObject all = description.addTo(run).with("host", host).with("results", results);
        Durably.write(folder.resolve("run.json"), all.toPrettyString() + "\n");
    }
}
