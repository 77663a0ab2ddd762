package org.manabi.cli.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.formats.run.RunDirectory;
import org.manabi.train.LayerFigures;
import org.manabi.train.Overfitting;
import org.manabi.train.Score;
import org.manabi.train.TrainEvent;
import org.manabi.train.TrainListener;

/// Writes down what happens as lines of the run's `metrics.jsonl`.
final class RunRecorder implements TrainListener {

    /// Steps are thinned to about so many lines.
    private static final int STEP_LINES = 1_000;

    private final RunDirectory run;
    private final TrainingClock clock;
    private long stride = 1;
    private double losses;
    private long samples;

    RunRecorder(RunDirectory run, TrainingClock clock) {
        this.run = run;
        this.clock = clock;
    }

    /// What must be known to go on with the lines as if nothing had happened.
    JsonObject notes() {
        return clock.notes().with("lineLosses", losses).with("lineSamples", samples);
    }

    /// Goes on where [#notes] were taken: later lines, which will come again, are forgotten.
    void restore(JsonFields notes) {
        clock.restore(notes);
        losses = notes.number("lineLosses");
        samples = notes.integer("lineSamples");
        run.metricsLog().truncate(notes.integer("metricsBytes"));
    }

    @Override
    public void on(TrainEvent event) {
        switch (event) {
            case TrainEvent.Started started -> {
                stride = Math.max(1, started.steps() / STEP_LINES);
                JsonObject begin =
                        started.done() == 0
                                ? line("started")
                                : line("continued").with("step", started.done());
                run.append(
                        begin.with("steps", started.steps())
                                .with("batchesPerEpoch", started.batchesPerEpoch()));
            }
            case TrainEvent.StepDone step -> step(step);
            case TrainEvent.EpochDone epoch -> epoch(epoch);
            case TrainEvent.LayersProbed probed -> layers(probed);
            case TrainEvent.Paused paused -> run.append(line("paused").with("step", paused.step()));
            case TrainEvent.Resumed resumed ->
                    run.append(line("resumed").with("step", resumed.step()));
            case TrainEvent.LearningRateChanged changed ->
                    run.append(
                            line("learning-rate")
                                    .with("step", changed.step())
                                    .with("learningRate", changed.learningRate()));
            case TrainEvent.RestoringBest best ->
                    run.append(
                            line("restoring-best")
                                    .with("step", best.step())
                                    .with("epoch", best.epoch())
                                    .with("loss", best.validation()));
            case TrainEvent.OverfittingSeen(long epoch, Overfitting found) ->
                    run.append(
                            line("overfitting")
                                    .with("epoch", epoch)
                                    .with("found", OverfittingText.json(found)));
            case TrainEvent.Diverged diverged ->
                    run.append(
                            line("diverged")
                                    .with("step", diverged.step())
                                    .with("epoch", diverged.epoch())
                                    .with("loss", diverged.loss())
                                    .with("place", diverged.first().place())
                                    .with("tensor", TrainOptions.word(diverged.first().tensor()))
                                    .with(
                                            "samples",
                                            diverged.first().samples().stream()
                                                    .mapToInt(Integer::intValue)
                                                    .toArray()));
            case TrainEvent.Ending _,
                    TrainEvent.Finished _ -> {} // noted when everything is saved: see #finish
        }
    }

    /// One line for some steps, with the mean loss of their samples.
    private void step(TrainEvent.StepDone step) {
        losses += step.loss() * step.samples();
        samples += step.samples();
        if (step.step() % stride == 0) {
            run.append(
                    line("step")
                            .with("step", step.step())
                            .with("epoch", step.epoch())
                            .with("loss", losses / samples)
                            .with("learningRate", step.learningRate())
                            .with("samplesPerSecond", Math.rint(clock.samplesPerSecond())));
            losses = 0;
            samples = 0;
        }
    }

    /// The lengths of gradients, parameters and updates in one step.
    private void layers(TrainEvent.LayersProbed probed) {
        List<JsonValue> layers = new ArrayList<>();
        for (LayerFigures layer : probed.layers()) {
            layers.add(
                    JsonObject.EMPTY
                            .with("parameter", layer.parameter())
                            .with("gradient", layer.gradient())
                            .with("weights", layer.weights())
                            .with("update", layer.update())
                            .with("updateRatio", layer.updateRatio()));
        }
        run.append(
                line("layers")
                        .with("step", probed.step())
                        .with("epoch", probed.epoch())
                        .with("gradient", probed.gradient())
                        .with("layers", new JsonValue.Array(layers)));
    }

    private void epoch(TrainEvent.EpochDone epoch) {
        JsonObject line =
                line("epoch")
                        .with("epoch", epoch.epoch())
                        .with("step", epoch.step())
                        .with("train", score(epoch.running()));
        Score frozen = epoch.scores().frozen();
        Score validation = epoch.validation();
        if (frozen != null) {
            line = line.with("frozen", score(frozen).with("samples", frozen.samples()));
        }
        if (validation != null) {
            line =
                    line.with("validation", score(validation).with("samples", validation.samples()))
                            .with("best", epoch.isBest());
        }
        run.append(line.with("samplesPerSecond", Math.rint(clock.samplesPerSecond())));
    }

    /// Notes the end of the training.
    void finish(long step, TrainEvent.Outcome outcome) {
        run.append(line("finished").with("step", step).with("outcome", TrainOptions.word(outcome)));
    }

    /// Notes that a checkpoint is safe on the disk.
    void checkpoint(long step, Path file) {
        run.append(
                line("checkpoint")
                        .with("step", step)
                        .with("file", "checkpoints/" + file.getFileName()));
    }

    /// Loss and accuracy, without the latter for real numbers.
    static JsonObject score(@Nullable Score score) {
        if (score == null) {
            return JsonObject.EMPTY;
        }
        JsonObject loss = JsonObject.EMPTY.with("loss", score.loss());
        return score.accuracy().isPresent()
                ? loss.with("accuracy", score.accuracy().getAsDouble())
                : loss;
    }

    private JsonObject line(String event) {
        return JsonObject.EMPTY.with("event", event).with("seconds", clock.seconds());
    }
}
