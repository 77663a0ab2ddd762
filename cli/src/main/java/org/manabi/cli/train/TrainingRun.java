package org.manabi.cli.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.Numbers;
import org.manabi.cli.console.StatusLine;
import org.manabi.cli.model.Learner;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.model.ModelCard;
import org.manabi.formats.run.Checkpoint;
import org.manabi.formats.run.RunDirectory;
import org.manabi.formats.run.RunState;
import org.manabi.loss.Prediction;
import org.manabi.loss.Targets;
import org.manabi.train.EpochScores;
import org.manabi.train.Evaluator;
import org.manabi.train.Score;
import org.manabi.train.TrainEvent;
import org.manabi.train.TrainListener;
import org.manabi.train.Trainer;

/// Trains a model and keeps what happens in its run's directory.
///
/// @param <P> what the model gives
/// @param <T> what it should have given
final class TrainingRun<P extends Prediction, T extends Targets> {

    private static final long PROBES = 200;

    /// So many of the samples are named.
    private static final long SAMPLES = 10;

    private final TrainSettings settings;
    private final TrainingData data;
    private final Learner<P, T> learner;
    private final RunDirectory run;
    private final TrainingBoard board;
    private final Console console;
    private final TrainingClock clock = new TrainingClock();
    private final List<EpochScores> epochs = new ArrayList<>();
    private long lastStep;
    private TrainEvent.@Nullable RestoringBest restored;
    private TrainEvent.@Nullable Diverged diverged;

    TrainingRun(
            TrainSettings settings,
            TrainingData data,
            Learner<P, T> learner,
            RunDirectory run,
            TrainingBoard board,
            Console console) {
        this.settings = settings;
        this.data = data;
        this.learner = learner;
        this.run = run;
        this.board = board;
        this.console = console;
    }

    /// Trains, saves the model, and measures it.
    ///
    /// @param from where to go on; `null` to begin
    /// @param began when the command began, in nanoseconds
    /// @return the result; `null` if the run was interrupted
    /// @throws CommandException if the loss was not finite
    @Nullable TrainResult go(@Nullable Checkpoint from, Verbosity verbosity, long began) {
        Trainer<P, T> trainer =
                learner.trainer(
                        settings.updatesFor(data.train().size()),
                        settings.config().withProbeEvery(probeEvery()));
        try (var _ = Interruption.calls(trainer::stop);
                EventRecorder curves = new EventRecorder(run)) {
            board.attach(run, trainer.control());
            TrainEvent.Outcome outcome = learn(trainer, from, curves, verbosity);
            board.detach(run);
            return switch (outcome) {
                case COMPLETED, STOPPED_EARLY -> measure(trainer, verbosity, began);
                case STOPPED -> interrupted();
                case DIVERGED -> throw divergence();
            };
        }
    }

    private TrainEvent.Outcome learn(
            Trainer<P, T> trainer,
            @Nullable Checkpoint from,
            EventRecorder curves,
            Verbosity verbosity) {
        RunRecorder recorder = new RunRecorder(run, clock);
        List<TrainListener> listeners = new ArrayList<>();
        listeners.add(clock);
        listeners.add(this::remember);
        listeners.add(recorder);
        listeners.add(curves);
        listeners.add(
                new HistogramRecorder(
                        run, clock, curves, learner.model().network(), data.train(), probeEvery()));
        listeners.add(
                new CheckpointKeeper(
                        run,
                        learner.model(),
                        card(),
                        trainer::state,
                        recorder,
                        settings.checkpoints()));
        if (verbosity == Verbosity.NORMAL) {
            listeners.add(new Progress(console, clock));
        }
        TrainListener all = event -> listeners.forEach(listener -> listener.on(event));
        TrainEvent.Outcome outcome;
        if (from == null) {
            run.metricsLog().truncate(0);
            outcome = trainer.train(data.train(), data.validation(), all);
        } else {
            recorder.restore(JsonFields.of(from.notes(), run.folder().toString(), "notes"));
            recorder.checkpoint(from.state().step(), run.checkpoints().step(from.state().step()));
            epochs.addAll(from.state().epochs());
            outcome = trainer.resume(from.state(), data.train(), data.validation(), all);
        }
        recorder.finish(lastStep, outcome);
        if (outcome != TrainEvent.Outcome.STOPPED && outcome != TrainEvent.Outcome.DIVERGED) {
            run.saveLast(learner.model(), card());
        }
        return outcome;
    }

    /// So that the layers are looked at about two hundred times.
    private long probeEvery() {
        return Math.max(1, settings.steps(data.train().size()) / PROBES);
    }

    private void remember(TrainEvent event) {
        switch (event) {
            case TrainEvent.EpochDone epoch -> epochs.add(epoch.scores());
            case TrainEvent.Diverged end -> diverged = end;
            case TrainEvent.RestoringBest best -> restored = best;
            case TrainEvent.Finished end -> lastStep = end.step();
            default -> {}
        }
    }

    /// What was measured of the validation data with the weights that the model has in the end.
    private @Nullable Score validation() {
        TrainEvent.RestoringBest best = restored;
        return epochs.reversed().stream()
                .filter(epoch -> best == null || epoch.epoch() == best.epoch())
                .findFirst()
                .map(EpochScores::validation)
                .orElse(null);
    }

    private long lastEpoch() {
        return epochs.isEmpty() ? 0 : epochs.getLast().epoch();
    }

    private TrainResult measure(Trainer<P, T> trainer, Verbosity verbosity, long began) {
        StatusLine status = new StatusLine(console);
        if (verbosity == Verbosity.NORMAL) {
            status.show(console.text("train.testing"));
        }
        Evaluator<P, T> evaluator = trainer.evaluator();
        Score test = evaluator.score(data.test());
        Score train = evaluator.score(data.train());
        status.clear();
        TrainResult result =
                new TrainResult(
                        run.description().data(),
                        settings.model().toString(),
                        learner.model().network().parameters().count(),
                        settings.config().seed(),
                        settings.config().threads(),
                        lastStep,
                        lastEpoch(),
                        train,
                        validation(),
                        test,
                        (System.nanoTime() - began) / 1e9,
                        clock.seconds(),
                        clock.samplesPerSecond(),
                        learner.model().network().parameters().sha256(),
                        run.folder().toString());
        run.update(RunState.FINISHED, result.toJson());
        return result;
    }

    private @Nullable TrainResult interrupted() {
        long step = lastStep;
        long epoch = lastEpoch() + 1;
        run.update(RunState.INTERRUPTED, JsonObject.EMPTY.with("step", step).with("epoch", epoch));
        console.say(
                console.text(
                        "train.interrupted",
                        Numbers.count(step),
                        Numbers.count(epoch),
                        run.folder(),
                        run.folder()));
        return null;
    }

    private CommandException divergence() {
        TrainEvent.Diverged end = Objects.requireNonNull(diverged, "told of before the end");
        JsonObject what =
                JsonObject.EMPTY
                        .with("step", end.step())
                        .with("epoch", end.epoch())
                        .with("place", end.first().place())
                        .with("tensor", TrainOptions.word(end.first().tensor()));
        run.update(RunState.DIVERGED, what);
        double rate = settings.optimizer().learningRate();
        String samples =
                end.first().samples().isEmpty()
                        ? ""
                        : console.text(
                                "train.error.diverged.samples",
                                end.first().samples().stream()
                                        .limit(SAMPLES)
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(" ")));
        return CommandException.failed(
                console.text(
                                "train.error.diverged",
                                end.epoch(),
                                end.step(),
                                Numbers.brief(rate),
                                Numbers.brief(rate / 10),
                                run.folder())
                        + console.text(
                                "train.error.diverged.place",
                                TrainOptions.word(end.first().tensor()),
                                end.first().place())
                        + samples);
    }

    private ModelCard card() {
        return ModelCard.EMPTY
                .withDivisor(data.train().divisor())
                .withClassNames(data.train().classNames())
                .withLoss(settings.loss().toString())
                .withTable(data.table())
                .withDataset(run.description().data())
                .withTraining(settings.toJson().with("seed", settings.config().seed()));
    }
}
