package org.manabi.cli.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.manabi.board.web.Bind;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.console.JsonOption;
import org.manabi.cli.console.Numbers;
import org.manabi.cli.data.DataSource;
import org.manabi.cli.data.ImagesByClass;
import org.manabi.cli.data.TableSource;
import org.manabi.cli.machine.ProgramVersion;
import org.manabi.cli.machine.VectorModule;
import org.manabi.cli.model.Learner;
import org.manabi.data.Sampling;
import org.manabi.data.Split;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.run.RunDescription;
import org.manabi.formats.run.RunDirectory;
import org.manabi.formats.run.RunLock;
import org.manabi.formats.table.Column;
import org.manabi.formats.table.TableSchema;
import org.manabi.tensor.Seed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `manabi train`: learns from data, and tests what was learned.
@Command(name = "train")
public final class TrainCommand implements Callable<Integer> {

    private static final Path RUNS = Path.of("runs");

    /// So many columns are named.
    private static final int COLUMNS = 8;

    private final Console console;

    @Mixin private JsonOption json = new JsonOption();
    @Mixin private TrainOptions options = new TrainOptions();

    @Parameters(paramLabel = "DATA", descriptionKey = "data.data")
    private String data = "";

    @Spec private CommandSpec spec = CommandSpec.create();

    public TrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        long began = System.nanoTime();
        TrainSettings asked = options.settings(console);
        Optional<Bind> listen = options.board(console);
        long seed = asked.config().seed();
        DataSource source = source(data, options, asked, console);
        VectorModule.load();
        OptionalInt folds = options.folds(console);
        if (folds.isPresent()) {
            new CrossValidation(asked, options, console).run(source, folds.getAsInt(), json);
            return ExitCode.DONE;
        }
        TrainingData loaded =
                TrainingData.load(source, asked.validation(), options.augmentation(console), seed);
        TrainSettings settings = asked.fitting(loaded, options.hasLength());
        Learner<?, ?> learner = KeptTraining.fresh(settings, loaded, console);
        if (options.triesRates()) {
            new LearningRateSearch(settings, console).run(source.name(), loaded, learner, json);
            return ExitCode.DONE;
        }
        RunDirectory run = runDirectory(settings, source, learner);
        if (options.verbosity() == Verbosity.NORMAL) {
            introduce(settings, source, loaded, learner);
        }
        try (TrainingBoard board = TrainingBoard.open(listen, run, console)) {
            TrainResult result;
            try (RunLock _ = lock(run, console)) {
                result =
                        new TrainingRun<>(settings, loaded, learner, run, board, console)
                                .go(null, options.verbosity(), began);
            }
            int code = report(result, "train", json, console);
            if (result != null) {
                board.stay();
            }
            return code;
        }
    }

    /// Makes sure that nobody else trains in the run's folder.
    ///
    /// @throws CommandException naming the process that does
    static RunLock lock(RunDirectory run, Console console) {
        try {
            return RunLock.take(run.folder());
        } catch (RunLock.HeldException e) {
            RunLock.Holder holder = e.holder();
            throw CommandException.failed(
                    holder == null
                            ? console.text("train.error.held", e.folder())
                            : console.text(
                                    "train.error.held-by",
                                    e.folder(),
                                    Long.toString(holder.pid()),
                                    holder.host(),
                                    holder.since()));
        }
    }

    /// Tells what came out; `null` means that the training was interrupted.
    static int report(
            @Nullable TrainResult result, String command, JsonOption json, Console console) {
        if (result == null) {
            return ExitCode.FAILED; // the JVM is ending by a signal, whose exit code counts
        }
        if (json.chosen()) {
            console.printJson(result.toJson().with("command", command));
        } else {
            new ResultText(console).print(result);
        }
        return ExitCode.DONE;
    }

    /// The data of a word; a table needs to be told what is to be predicted.
    static DataSource source(
            String data, TrainOptions options, TrainSettings settings, Console console) {
        TableOptions asked = options.table();
        if (!TableSource.isTable(data)) {
            if (asked.given().isPresent()) {
                throw CommandException.wrongRequest(
                        console.text("train.error.label-without-table", asked.given().get(), data));
            }
            if (settings.config().sampling() == Sampling.WEIGHTED) {
                throw CommandException.wrongRequest(console.text("train.error.weights"));
            }
            DataSource source = DataSource.of(data, console);
            if (source instanceof ImagesByClass images) {
                return new ImagesByClass(images.folder(), options.images(console));
            }
            if (options.speaksOfImages()) {
                throw CommandException.wrongRequest(
                        console.text("train.error.size-without-images", data));
            }
            return source;
        }
        String label =
                asked.label()
                        .or(() -> TableSource.usualLabel(data))
                        .orElseThrow(() -> TableSource.noLabel(Path.of(data), console));
        TableSource table =
                TableSource.load(
                        data,
                        new TableSource.Request(
                                label,
                                !settings.loss().needsClasses(),
                                asked.roles(label, settings.config().sampling(), console),
                                asked.storage()),
                        Seed.of(settings.config().seed()).child("test"),
                        train ->
                                TrainingData.held(
                                                train,
                                                settings.validation(),
                                                settings.config().seed())
                                        .map(Split::train)
                                        .orElse(train));
        if (!table.leftOut().isEmpty() && options.verbosity() == Verbosity.NORMAL) {
            console.say(console.text("train.left-out", String.join(", ", table.leftOut())));
        }
        return table;
    }

    private RunDirectory runDirectory(
            TrainSettings settings, DataSource source, Learner<?, ?> learner) {
        JsonObject words = TrainWords.of(spec.commandLine().getParseResult(), settings);
        RunDescription description = description(settings, words, source, learner);
        return options.out()
                .map(folder -> RunDirectory.createAt(folder, description))
                .orElseGet(
                        () ->
                                RunDirectory.create(
                                        RUNS,
                                        source.label() + "-" + settings.model(),
                                        description));
    }

    /// What a run notes of itself, enough to do it again.
    ///
    /// @param words the options by their names
    static RunDescription description(
            TrainSettings settings, JsonObject words, DataSource source, Learner<?, ?> learner) {
        return new RunDescription(
                settings.toJson()
                        .with(KeptTraining.SOURCE, source.path())
                        .with(KeptTraining.OPTIONS, words),
                source.name(),
                source.sha256(),
                JsonObject.EMPTY.with("manabi", ProgramVersion.text()),
                settings.config().seed(),
                learner.model().network().parameters().count());
    }

    private void introduce(
            TrainSettings settings, DataSource source, TrainingData loaded, Learner<?, ?> learner) {
        console.say(
                console.text(
                        "train.introduction",
                        source.name(),
                        Numbers.count(loaded.train().size()),
                        Numbers.count(loaded.test().size()),
                        settings.model(),
                        Numbers.count(learner.model().network().parameters().count()),
                        settings.loss(),
                        settings.optimizerName(),
                        Numbers.brief(settings.optimizer().learningRate()),
                        settings.updates().scheduleWord(),
                        settings.config().batchSize(),
                        settings.config().seed(),
                        settings.config().threads()));
        TableSchema table = loaded.table();
        if (table != null) {
            console.say(columns(table));
        }
        if (loaded.train().isStreamed()) {
            console.say(console.text("train.streamed"));
        }
        if (loaded.validation() != null) {
            console.say(console.text("train.held-back", Numbers.count(loaded.validation().size())));
        }
        new DataWarnings(console).say(loaded);
    }

    /// What the columns of a table were taken for.
    private String columns(TableSchema table) {
        List<String> numbers = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (Column column : table.columns()) {
            switch (column) {
                case Column.Numeric(String name, double _, double _) -> numbers.add(name);
                case Column.Categorical(String name, List<String> levels) ->
                        words.add(name + " (" + levels.size() + ")");
            }
        }
        return console.text(
                table.hasClasses() ? "train.columns.classes" : "train.columns.values",
                some(numbers),
                some(words),
                table.label(),
                table.classNames().size());
    }

    private static String some(List<String> names) {
        String first = names.stream().limit(COLUMNS).collect(Collectors.joining(", "));
        return names.isEmpty()
                ? "–"
                : first + (names.size() > COLUMNS ? ", … (" + names.size() + ")" : "");
    }
}
