package org.manabi.cli.train;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.Numbers;
import org.manabi.cli.console.StatusLine;
import org.manabi.cli.model.Learner;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.model.ModelCard;
import org.manabi.formats.run.RunDirectory;
import org.manabi.formats.run.RunState;
import org.manabi.loss.Prediction;
import org.manabi.loss.Targets;
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

    private final TrainSettings settings;
    private final TrainingData data;
    private final Learner<P, T> learner;
    private final RunDirectory run;
    private final TrainingBoard board;
    private final Console console;
    private final TrainingClock clock = new TrainingClock();
    private TrainEvent.@Nullable EpochDone lastEpoch;
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
    /// @param began when the command began, in nanoseconds
    /// @return the result; `null` if the run was interrupted
    /// @throws CommandException if the loss was not finite
    @Nullable TrainResult go(Verbosity verbosity, long began) {
        Trainer<P, T> trainer =
                learner.trainer(
                        settings.optimizer(), settings.config().withProbeEvery(probeEvery()));
        try (var _ = Interruption.calls(trainer::stop)) {
            RunRecorder recorder = new RunRecorder(run, learner.model(), card(), clock);
            List<TrainListener> listeners = new ArrayList<>();
            listeners.add(clock);
            listeners.add(this::remember);
            listeners.add(recorder);
            if (verbosity == Verbosity.NORMAL) {
                listeners.add(new Progress(console, clock));
            }
            board.attach(run, trainer.control());
            TrainEvent.Outcome outcome =
                    trainer.train(
                            data.train(),
                            data.validation(),
                            event -> listeners.forEach(listener -> listener.on(event)));
            recorder.save();
            board.detach(run);
            return switch (outcome) {
                case COMPLETED, STOPPED_EARLY -> measure(trainer, verbosity, began);
                case STOPPED -> interrupted();
                case DIVERGED -> throw divergence();
            };
        }
    }

    /// So that the layers are looked at about two hundred times.
    private long probeEvery() {
        long perEpoch = Math.ceilDiv(data.train().size(), settings.config().batchSize());
        return Math.max(1, settings.config().budget().steps(Math.toIntExact(perEpoch)) / PROBES);
    }

    private void remember(TrainEvent event) {
        switch (event) {
            case TrainEvent.EpochDone epoch -> lastEpoch = epoch;
            case TrainEvent.Diverged end -> diverged = end;
            default -> {}
        }
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
        TrainEvent.EpochDone last = lastEpoch;
        TrainResult result =
                new TrainResult(
                        run.description().data(),
                        settings.model().toString(),
                        learner.model().network().parameters().count(),
                        settings.config().seed(),
                        settings.config().threads(),
                        last == null ? 0 : last.step(),
                        last == null ? 0 : last.epoch(),
                        train,
                        last == null ? null : last.validation(),
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
        long step = lastEpoch == null ? 0 : lastEpoch.step();
        long epoch = lastEpoch == null ? 0 : lastEpoch.epoch();
        run.update(RunState.INTERRUPTED, JsonObject.EMPTY.with("step", step).with("epoch", epoch));
        console.say(
                console.text(
                        "train.interrupted",
                        Numbers.count(step),
                        Numbers.count(epoch),
                        run.folder()));
        return null;
    }

    private CommandException divergence() {
        long step = diverged == null ? 0 : diverged.step();
        long epoch = diverged == null ? 0 : diverged.epoch();
        run.update(RunState.DIVERGED, JsonObject.EMPTY.with("step", step).with("epoch", epoch));
        double rate = settings.optimizer().learningRate();
        return CommandException.failed(
                console.text(
                        "train.error.diverged",
                        epoch,
                        step,
                        Numbers.brief(rate),
                        Numbers.brief(rate / 10),
                        run.folder()));
    }

    private ModelCard card() {
        return ModelCard.EMPTY
                .withDivisor(data.train().divisor())
                .withClassNames(data.train().classNames())
                .withLoss(settings.loss().toString())
                .withDataset(run.description().data())
                .withTraining(settings.toJson().with("seed", settings.config().seed()));
    }
}
