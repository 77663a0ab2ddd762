package org.manabi.cli.train;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.model.ModelCard;
import org.manabi.formats.model.ModelFile;
import org.manabi.formats.run.RunDirectory;
import org.manabi.train.Model;
import org.manabi.train.TrainEvent;
import org.manabi.train.TrainListener;
import org.manabi.train.TrainState;

/// Saves the training from time to time, and whenever it ends or waits.
///
/// Unless a number of steps is asked for, the distance is such that saving takes no more than a
/// fiftieth of the time, and a second at least.
final class CheckpointKeeper implements TrainListener {

    private static final long LEAST_NANOSECONDS = 1_000_000_000L;
    private static final long SHARE = 50;

    private final RunDirectory run;
    private final Model<?> model;
    private final ModelCard card;
    private final Supplier<TrainState> state;
    private final RunRecorder recorder;
    private final CheckpointPlan plan;
    private long saved = System.nanoTime();
    private long pause = LEAST_NANOSECONDS;
    private long savedStep = -1;
    private long bestStep = -1;

    CheckpointKeeper(
            RunDirectory run,
            Model<?> model,
            ModelCard card,
            Supplier<TrainState> state,
            RunRecorder recorder,
            CheckpointPlan plan) {
        this.run = run;
        this.model = model;
        this.card = card;
        this.state = state;
        this.recorder = recorder;
        this.plan = plan;
    }

    @Override
    public void on(TrainEvent event) {
        switch (event) {
            case TrainEvent.Started started ->
                    savedStep = started.done() == 0 ? -1 : started.done();
            case TrainEvent.StepDone step -> {
                if (isDue(step.step())) {
                    save();
                }
            }
            case TrainEvent.EpochDone epoch -> {
                if (plan.everySteps() == null && isDue(epoch.step())) {
                    save();
                }
            }
            case TrainEvent.Paused _, TrainEvent.Diverged _ -> saveIfNew();
            case TrainEvent.Ending _ -> save();
            case TrainEvent.Finished(long step, TrainEvent.Outcome outcome) -> {
                if (outcome == TrainEvent.Outcome.STOPPED && step != savedStep) {
                    save();
                }
            }
            // What was saved of this step goes on with the old rate.
            case TrainEvent.LearningRateChanged _ -> savedStep = -1;
            case TrainEvent.LayersProbed _,
                    TrainEvent.RestoringBest _,
                    TrainEvent.OverfittingSeen _,
                    TrainEvent.Resumed _ -> {}
        }
    }

    private boolean isDue(long step) {
        Long every = plan.everySteps();
        return every == null ? System.nanoTime() - saved >= pause : step % every == 0;
    }

    private void saveIfNew() {
        if (state.get().step() != savedStep) {
            save();
        }
    }

    private void save() {
        long began = System.nanoTime();
        TrainState now = state.get();
        saveBest(now);
        run.metricsLog().flush();
        JsonObject notes = recorder.notes().with("metricsBytes", run.metricsLog().length());
        Path file = run.checkpoints().save(model, card, now, notes, plan.keep());
        recorder.checkpoint(now.step(), file);
        savedStep = now.step();
        saved = System.nanoTime();
        pause = Math.max(LEAST_NANOSECONDS, SHARE * (saved - began));
    }

    private void saveBest(TrainState now) {
        TrainState.@Nullable Best best = now.best();
        if (best != null && best.step() != bestStep) {
            ModelFile.save(run.checkpoints().best(), model, now.bestWeights(), card);
            bestStep = best.step();
        }
    }
}
