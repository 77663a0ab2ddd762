package org.manabi.cli.train;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.formats.model.ModelCard;
import org.manabi.formats.run.RunDirectory;
import org.manabi.train.LayerFigures;
import org.manabi.train.Model;
import org.manabi.train.Score;
import org.manabi.train.TrainEvent;
import org.manabi.train.TrainListener;

/// Writes down what happens in the run's directory: events as lines of `metrics.jsonl`, and the
/// model after an epoch.
final class RunRecorder implements TrainListener {

    /// Steps are thinned to about so many lines.
    private static final int STEP_LINES = 1_000;

    /// Epochs that end sooner after the last save are not saved: a crash loses no more than this.
    private static final long SAVE_NANOSECONDS = 10_000_000_000L;

    private final RunDirectory run;
    private final Model<?> model;
    private final ModelCard card;
    private final TrainingClock clock;
    private long stride = 1;
    private double losses;
    private long samples;
    private long saved = System.nanoTime();

    RunRecorder(RunDirectory run, Model<?> model, ModelCard card, TrainingClock clock) {
        this.run = run;
        this.model = model;
        this.card = card;
        this.clock = clock;
    }

    @Override
    public void on(TrainEvent event) {
        switch (event) {
            case TrainEvent.Started started -> {
                stride = Math.max(1, started.steps() / STEP_LINES);
                run.append(
                        line("started")
                                .with("steps", started.steps())
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
            case TrainEvent.BestRestored best ->
                    run.append(
                            line("best-restored")
                                    .with("step", best.step())
                                    .with("epoch", best.epoch())
                                    .with("loss", best.validation()));
            case TrainEvent.Diverged diverged ->
                    run.append(
                            line("diverged")
                                    .with("step", diverged.step())
                                    .with("epoch", diverged.epoch())
                                    .with("loss", diverged.loss()));
            case TrainEvent.Finished finished ->
                    run.append(
                            line("finished")
                                    .with("step", finished.step())
                                    .with("outcome", TrainOptions.word(finished.outcome())));
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
            line = line.with("frozen", score(frozen));
        }
        if (validation != null) {
            line = line.with("validation", score(validation)).with("best", epoch.isBest());
        }
        run.append(line.with("samplesPerSecond", Math.rint(clock.samplesPerSecond())));
        if (System.nanoTime() - saved > SAVE_NANOSECONDS) {
            save();
        }
    }

    /// Saves the model as it is now.
    void save() {
        run.saveLast(model, card);
        saved = System.nanoTime();
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
