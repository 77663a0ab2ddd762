package org.manabi.train;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.manabi.autodiff.Parameter;
import org.manabi.data.BatchCursor;
import org.manabi.data.Dataset;
import org.manabi.layers.Mode;
import org.manabi.loss.Loss;
import org.manabi.loss.Prediction;
import org.manabi.loss.Targets;
import org.manabi.optim.Updater;
import org.manabi.optim.Updates;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Seed;
import org.manabi.train.TrainEvent.EpochDone;
import org.manabi.train.TrainEvent.Outcome;

/// One training from its first step, or from a state, to its end.
final class TrainingLoop<P extends Prediction, T extends Targets> {

    private final Engine engine;
    private final Model<? extends P> model;
    private final Loss<P, T> loss;
    private final TrainingConfig config;
    private final TrainControl control;
    private final Dataset train;
    private final @Nullable Dataset validation;
    private final @Nullable Dataset frozen;
    private final TrainListener listener;

    private final Evaluator<P, T> evaluator;
    private final BatchCursor cursor;
    private final int[] rows;
    private final Map<Integer, BatchPlan> plans = new HashMap<>();
    private final Updater updater;
    private final Tally tally = new Tally();
    private final List<EpochScores> epochs = new ArrayList<>();
    private final BestWeights best;
    private final Seed noise;
    private final long steps;
    private long step;

    TrainingLoop(
            Engine engine,
            Model<? extends P> model,
            Loss<P, T> loss,
            Updates updates,
            TrainingConfig config,
            TrainControl control,
            Dataset train,
            @Nullable Dataset validation,
            TrainListener listener) {
        BatchPlan.requireFit(model, loss, train);
        if (validation != null) {
            BatchPlan.requireFit(model, loss, validation);
        }
        this.engine = engine;
        this.model = model;
        this.loss = loss;
        this.config = config;
        this.control = control;
        this.train = train;
        this.validation = validation;
        this.frozen = config.frozenSamples() == 0 ? null : sample(train, config);
        this.listener = listener;
        evaluator = new Evaluator<>(engine, model, loss);
        cursor =
                new BatchCursor(
                        config.sampling(),
                        config.lastBatch(),
                        train.size(),
                        config.batchSize(),
                        config.seed());
        rows = new int[cursor.largestBatch()];
        updater = new Updater(engine, updates, parameters());
        best = new BestWeights(model, validation == null ? null : config.earlyStopping());
        noise = Seed.of(config.seed()).child("noise");
        steps = config.budget().steps(cursor.batchesPerEpoch());
    }

    /// Some samples of the training data, the same for every epoch.
    private static Dataset sample(Dataset train, TrainingConfig config) {
        if (config.frozenSamples() >= train.size()) {
            return train;
        }
        double fraction = (double) config.frozenSamples() / train.size();
        return train.split(fraction, Seed.of(config.seed()).child("frozen")).test();
    }

    /// Everything that [#restore] needs, beside the model's numbers.
    TrainState state() {
        return new TrainState(
                step,
                cursor.snapshot(),
                updater.state(),
                tally.sums(),
                epochs,
                best.best(),
                best.weights());
    }

    /// Goes to a state, which is copied.
    ///
    /// @throws org.manabi.tensor.ShapeException if it is of another training
    void restore(TrainState state) {
        Checks.require(
                state.step() <= steps,
                "the state is of step %d, beyond the %d steps of this training",
                state.step(),
                steps);
        updater.restore(state.updater());
        cursor.restore(state.cursor());
        tally.restore(state.running());
        epochs.addAll(state.epochs());
        best.restore(state.best(), state.bestWeights());
        step = state.step();
    }

    /// Trains to the end.
    Outcome run() {
        listener.on(
                new TrainEvent.Started(
                        model.network().parameters().count(),
                        cursor.batchesPerEpoch(),
                        steps,
                        step));
        Outcome outcome = learn();
        if (outcome == Outcome.COMPLETED || outcome == Outcome.STOPPED_EARLY) {
            updater.swapAverages();
            restoreBest();
        }
        listener.on(new TrainEvent.Finished(step, outcome));
        return outcome;
    }

    /// What is to be done next depends on the state alone, so that a training that was stopped, even
    /// while it measured, goes on as if it had not been.
    private Outcome learn() {
        while (true) {
            obey();
            if (epochIsOver()) {
                if (!finishEpoch()) {
                    return Outcome.STOPPED;
                }
                continue;
            }
            if (step == steps) {
                return Outcome.COMPLETED;
            }
            if (best.isPatienceOver(epochs.size())) {
                return Outcome.STOPPED_EARLY;
            }
            if (control.stopAsked() && step > 0) {
                return Outcome.STOPPED;
            }
            if (!learnBatch()) {
                return Outcome.DIVERGED;
            }
        }
    }

    private boolean epochIsOver() {
        return !tally.isEmpty() && (cursor.isAtBeginningOfEpoch() || step == steps);
    }

    /// Does what the control asks for.
    private void obey() {
        OptionalDouble asked = control.takeLearningRate();
        if (asked.isPresent()) {
            updater.setLearningRate(asked.getAsDouble());
            listener.on(new TrainEvent.LearningRateChanged(step, updater.learningRate()));
        }
        if (control.isPaused()) {
            listener.on(new TrainEvent.Paused(step));
            control.awaitResumption();
            listener.on(new TrainEvent.Resumed(step));
        }
    }

    /// Learns from one mini-batch; `false` if its loss is not finite.
    private boolean learnBatch() {
        long epoch = cursor.epoch() + 1;
        int count = cursor.next(rows);
        BatchPlan plan = plans.computeIfAbsent(count, this::plan);
        plan.load(train, rows, 0, count);
        plan.draw(noise.child(step));
        plan.forward();
        double mean = plan.tally(tally);
        step++;
        if (!Double.isFinite(mean)) {
            listener.on(new TrainEvent.Diverged(step, epoch, mean));
            return false;
        }
        plan.backward();
        LayerProbe probe = isProbed() ? new LayerProbe(parameters(), plan.gradients()) : null;
        double learningRate = updater.learningRate();
        if (updater.step(plan.gradients()) == Updater.Outcome.NOT_FINITE) {
            listener.on(new TrainEvent.Diverged(step, epoch, mean));
            return false;
        }
        listener.on(new TrainEvent.StepDone(step, epoch, count, mean, learningRate));
        if (probe != null) {
            listener.on(new TrainEvent.LayersProbed(step, epoch, probe.figures()));
        }
        return true;
    }

    private BatchPlan plan(int size) {
        return BatchPlan.of(engine, model, loss, train, size, Mode.TRAIN);
    }

    private boolean isProbed() {
        return config.probeEvery() > 0 && step % config.probeEvery() == 0;
    }

    private Collection<Parameter> parameters() {
        return model.network().parameters().all();
    }

    /// Measures the epoch that is over, with the averages of weights if there are any; `false` if it
    /// was told to stop before that was done.
    private boolean finishEpoch() {
        updater.swapAverages();
        EpochDone done;
        try {
            done = measured();
        } finally {
            updater.swapAverages();
        }
        if (done == null) {
            return false;
        }
        listener.on(done);
        return true;
    }

    private @Nullable EpochDone measured() {
        Score again = frozen == null ? null : evaluator.scoreUnless(this::isStopped, frozen);
        Score held = validation == null ? null : evaluator.scoreUnless(this::isStopped, validation);
        if ((frozen != null && again == null) || (validation != null && held == null)) {
            return null;
        }
        long epoch = cursor.isAtBeginningOfEpoch() ? cursor.epoch() : cursor.epoch() + 1;
        EpochScores scores = new EpochScores(epoch, step, tally.score(), again, held);
        epochs.add(scores);
        updater.measured((held == null ? scores.running() : held).loss());
        boolean isBest = best.compare(scores);
        tally.clear();
        return new EpochDone(scores, isBest);
    }

    /// At the last step nothing is left to be stopped but the measuring.
    private boolean isStopped() {
        return step < steps && control.stopAsked();
    }

    private void restoreBest() {
        TrainState.Best restored = best.best();
        if (restored != null && restored.step() != step) {
            best.copyInto(model);
            listener.on(
                    new TrainEvent.BestRestored(
                            restored.epoch(), restored.step(), restored.loss()));
        }
    }
}
