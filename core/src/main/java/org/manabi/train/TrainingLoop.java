package org.manabi.train;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.manabi.autodiff.Gradients;
import org.manabi.autodiff.Parameter;
import org.manabi.data.BatchCursor;
import org.manabi.data.Dataset;
import org.manabi.loss.Loss;
import org.manabi.loss.Prediction;
import org.manabi.loss.Reduction;
import org.manabi.loss.Targets;
import org.manabi.optim.Updater;
import org.manabi.optim.Updates;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Tensor;
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
    private final MiniBatches batches;
    private final BatchCursor cursor;
    private final Updater updater;
    private final @Nullable ShardGroup group;
    private final UpdateShare share;
    private final List<Parameter> updated;
    private final Tally tally = new Tally();
    private final List<EpochScores> epochs = new ArrayList<>();
    private final BestWeights best;
    private final Seed noise;
    private final List<Tensor> states;
    private final List<Tensor> statesBefore;
    private final long steps;
    private long step;

    TrainingLoop(
            Engine engine,
            Model<? extends P> model,
            Loss<P, T> loss,
            Updates updates,
            TrainingConfig config,
            TrainControl control,
            @Nullable ShardGroup group,
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
        this.group = group;
        share = group == null ? UpdateShare.WHOLE : group.share();
        share.requirePossible(updates, config);
        updated = share.of(parameters());
        batches = batches(group);
        cursor = batches.cursor();
        updater = new Updater(engine, updates, updated);
        best = new BestWeights(model, validation == null ? null : config.earlyStopping());
        noise = Seed.of(config.seed()).child("noise");
        states = List.copyOf(model.network().parameters().states().values());
        statesBefore = states.stream().map(Tensor::copy).toList();
        steps = config.budget().steps(cursor.batchesPerEpoch());
    }

    private MiniBatches batches(@Nullable ShardGroup group) {
        if (config.shards() == 1) {
            Checks.require(
                    group == null || group.end() - group.first() == 1,
                    "replicas share a training by virtual shards; set TrainingConfig.withShards");
            return new WholeBatches(
                    engine, model, config, train, size -> plan(size, loss.reduction()));
        }
        Checks.require(
                group == null || config.frozenSamples() == 0,
                "a replica has not all the training data, so it cannot measure %d samples of it"
                        + " again; use validation data",
                config.frozenSamples());
        return new ShardedBatches(
                engine,
                model,
                loss.reduction(),
                config,
                train,
                group == null ? new SingleReplica(config.shards(), train.size()) : group,
                updated,
                size -> plan(size, Reduction.SUM));
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
        batches.restore(state.cursor());
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
            listener.on(new TrainEvent.Ending(step));
            swapAverages();
            restoreBest();
        }
        long last = outcome == Outcome.DIVERGED ? step + 1 : step;
        listener.on(new TrainEvent.Finished(last, outcome));
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
        if (control.isPaused()) {
            listener.on(new TrainEvent.Paused(step));
            control.awaitResumption();
            listener.on(new TrainEvent.Resumed(step));
        }
        // A schedule that has come to 0 leaves nothing to change.
        OptionalDouble asked =
                updater.learningRate() > 0 ? control.takeLearningRate() : OptionalDouble.empty();
        if (asked.isPresent()) {
            updater.setLearningRate(asked.getAsDouble());
            listener.on(new TrainEvent.LearningRateChanged(step, updater.learningRate()));
        }
    }

    /// Learns from one mini-batch; `false` if its loss is not finite.
    private boolean learnBatch() {
        TrainState.Sums before = tally.sums();
        copy(states, statesBefore);
        long epoch = cursor.epoch() + 1;
        double mean = batches.forward(noise.child(step), tally);
        step++;
        if (!Double.isFinite(mean)) {
            copy(statesBefore, states);
            return diverge(epoch, mean, batches.causeOfLoss(), before);
        }
        Gradients gradients = batches.backward();
        LayerProbe probe = isProbed() ? new LayerProbe(parameters(), gradients) : null;
        double learningRate = updater.learningRate();
        if (hasFaultyBias(gradients) || updater.step(gradients) == Updater.Outcome.NOT_FINITE) {
            copy(statesBefore, states);
            return diverge(epoch, mean, batches.causeOfGradients(), before);
        }
        gather();
        if (probe != null) {
            listener.on(new TrainEvent.LayersProbed(step, epoch, probe.figures()));
        }
        listener.on(new TrainEvent.StepDone(step, epoch, batches.size(), mean, learningRate));
        return true;
    }

    /// What layers keep changes as a batch goes through them: running means, for one.
    private static void copy(List<Tensor> from, List<Tensor> to) {
        for (int i = 0; i < to.size(); i++) {
            to.get(i).copyFrom(from.get(i));
        }
    }

    private BatchPlan plan(int size, Reduction reduction) {
        return BatchPlan.of(engine, model, loss, reduction, train, size);
    }

    /// Whether the gradient of a small parameter is not finite. A layer's bias is small, and gets the
    /// sum of what its weights get, so this finds nearly all faults at no cost; the others show in the
    /// next loss.
    private boolean hasFaultyBias(Gradients gradients) {
        int number = 0;
        for (Parameter parameter : parameters()) {
            Parameter own = updated.get(number++);
            if (parameter.tensor().size() <= UpdateShare.SMALL) {
                Tensor gradient = gradients.of(own);
                for (int i = 0; i < gradient.size(); i++) {
                    if (!Double.isFinite(gradient.getAsDouble(i))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /// Goes back to before the step, so that the state is one to go on from, and tells what failed.
    private boolean diverge(long epoch, double loss, NonFinite first, TrainState.Sums before) {
        long failed = step;
        step--;
        batches.back();
        tally.restore(before);
        listener.on(new TrainEvent.Diverged(failed, epoch, loss, first));
        return false;
    }

    /// Gets the parts of the parameters that other replicas have changed.
    private void gather() {
        if (group != null && share.isPart()) {
            group.gather(parameters().stream().map(Parameter::tensor).toList());
        }
    }

    /// Exchanges weights and their averages, if there are any.
    private void swapAverages() {
        if (updater.swapAverages()) {
            gather();
        }
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
        swapAverages();
        EpochDone done;
        try {
            done = measured();
        } finally {
            swapAverages();
        }
        if (done == null) {
            return false;
        }
        listener.on(done);
        tellOverfitting(done.epoch());
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

    private void tellOverfitting(long epoch) {
        Optional<Overfitting> now = Overfitting.in(epochs);
        Optional<Overfitting> before = Overfitting.in(epochs.subList(0, epochs.size() - 1));
        if (now.isPresent() && now.get().isNewsAfter(before)) {
            listener.on(new TrainEvent.OverfittingSeen(epoch, now.get()));
        }
    }

    /// At the last step nothing is left to be stopped but the measuring.
    private boolean isStopped() {
        return step < steps && control.stopAsked();
    }

    private void restoreBest() {
        TrainState.Best restored = best.best();
        if (restored != null && restored.step() != step) {
            listener.on(
                    new TrainEvent.RestoringBest(
                            restored.epoch(), restored.step(), restored.loss()));
            best.copyInto(model);
        }
    }
}
