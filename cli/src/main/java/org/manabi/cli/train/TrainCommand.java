package org.manabi.cli.train;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.manabi.board.web.Bind;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.console.JsonOption;
import org.manabi.cli.console.Numbers;
import org.manabi.cli.data.DataSource;
import org.manabi.cli.machine.ProgramVersion;
import org.manabi.cli.machine.VectorModule;
import org.manabi.cli.model.Learner;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.run.RunDescription;
import org.manabi.formats.run.RunDirectory;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `manabi train`: learns from data, and tests what was learned.
@Command(name = "train")
public final class TrainCommand implements Callable<Integer> {

    private static final Path RUNS = Path.of("runs");

    private final Console console;

    @Mixin private JsonOption json = new JsonOption();
    @Mixin private TrainOptions options = new TrainOptions();

    @Parameters(paramLabel = "DATA", descriptionKey = "data.data")
    private String data = "";

    public TrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        long began = System.nanoTime();
        TrainSettings settings = options.settings(console);
        Optional<Bind> listen = options.board(console);
        DataSource source = DataSource.of(data, console);
        VectorModule.load();
        long seed = settings.config().seed();
        TrainingData loaded = TrainingData.load(source, settings.validation(), seed);
        Learner<?, ?> learner =
                Learner.fresh(
                        settings.model(),
                        settings.loss(),
                        loaded.train(),
                        DType.FLOAT32,
                        Seed.of(seed).child("parameters"));
        RunDirectory run = runDirectory(settings, source, learner);
        if (options.verbosity() == Verbosity.NORMAL) {
            introduce(settings, source, loaded, learner);
        }
        TrainResult result;
        try (TrainingBoard board = TrainingBoard.open(listen, run, console)) {
            result = train(settings, loaded, learner, run, board, began);
            if (result != null) {
                print(result);
            }
        }
        if (result == null) {
            return ExitCode.FAILED; // the JVM is ending by a signal, whose exit code counts
        }
        return ExitCode.DONE;
    }

    private void print(TrainResult result) {
        if (json.chosen()) {
            console.printJson(result.toJson());
        } else {
            new ResultText(console).print(result);
        }
    }

    private @Nullable TrainResult train(
            TrainSettings settings,
            TrainingData loaded,
            Learner<?, ?> learner,
            RunDirectory run,
            TrainingBoard board,
            long began) {
        return new TrainingRun<>(settings, loaded, learner, run, board, console)
                .go(options.verbosity(), began);
    }

    private RunDirectory runDirectory(
            TrainSettings settings, DataSource source, Learner<?, ?> learner) {
        RunDescription description =
                new RunDescription(
                        settings.toJson(),
                        source.name(),
                        source.sha256(),
                        JsonObject.EMPTY.with("manabi", ProgramVersion.text()),
                        settings.config().seed(),
                        learner.model().network().parameters().count());
        return options.out()
                .map(folder -> RunDirectory.createAt(folder, description))
                .orElseGet(
                        () ->
                                RunDirectory.create(
                                        RUNS,
                                        source.label() + "-" + settings.model(),
                                        description));
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
                        settings.config().batchSize(),
                        settings.config().seed(),
                        settings.config().threads()));
        if (loaded.validation() != null) {
            console.say(console.text("train.held-back", Numbers.count(loaded.validation().size())));
        }
    }
}
