package org.manabi.train;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.manabi.data.BatchCursor;
import org.manabi.data.Dataset;
import org.manabi.layers.Mode;
import org.manabi.loss.Loss;
import org.manabi.loss.Prediction;
import org.manabi.loss.Targets;
import org.manabi.optim.Optimizer;
import org.manabi.optim.Updater;
import org.manabi.optim.Updates;
import org.manabi.tensor.Engine;
import org.manabi.train.TrainEvent.Outcome;

/// Owns the training loop: draws mini-batches, computes the loss and its gradients, lets the
/// optimizer change the parameters, and reports what happens.
///
///     var network = new Network(layers, Shape.of(784), DType.FLOAT32, Seed.of(0));
///     var trainer = new Trainer<>(
///             Model.ofLogits(network), SoftmaxCrossEntropy.MEAN, new Sgd(0.1), TrainingConfig.DEFAULTS);
///     trainer.train(data.train(), null, event -> IO.println(event));
///
/// The same seed gives the same bits, whatever the number of threads.
///
/// @param <P> what the model gives
/// @param <T> what it should have given
public final class Trainer<P extends Prediction, T extends Targets> {

    private final Engine engine;
    private final Model<? extends P> model;
    private final Loss<P, T> loss;
    private final Updates updates;
    private final TrainingConfig config;
    private volatile boolean stopRequested;

    /// A trainer of this model, which it changes in place.
    ///
    /// @param loss takes what the model gives
    /// @param optimizer with its learning rate
    /// @param config how long, in which batches, on how many threads
    public Trainer(
            Model<? extends P> model, Loss<P, T> loss, Optimizer optimizer, TrainingConfig config) {
        this(model, loss, Updates.of(optimizer), config);
    }

    /// The same with a schedule, clipping, groups and what else there is around a rule.
    public Trainer(
            Model<? extends P> model, Loss<P, T> loss, Updates updates, TrainingConfig config) {
        this.engine = Engine.of(config.threads());
        this.model = model;
        this.loss = loss;
        this.updates = updates;
        this.config = config;
    }

    /// Asks the training to end after the present step; may be called from any thread.
    public void stop() {
        stopRequested = true;
    }

    /// An evaluator of the same model and loss on the same threads.
    public Evaluator<P, T> evaluator() {
        return new Evaluator<>(engine, model, loss);
    }

    /// Trains until the budget is used up, a loss is not finite, or [#stop] is called. Each call
    /// begins anew, with step 1, the first epoch and nothing in the optimizer's memory, from the
    /// parameters as they are.
    ///
    /// @param validation measured after each epoch; never learned from
    /// @throws org.manabi.tensor.ShapeException if model, loss and data do not fit
    public Outcome train(Dataset train, @Nullable Dataset validation, TrainListener listener) {
        BatchPlan.requireFit(model, loss, train);
        if (validation != null) {
            BatchPlan.requireFit(model, loss, validation);
        }
        BatchCursor cursor =
                new BatchCursor(
                        config.sampling(),
                        config.lastBatch(),
                        train.size(),
                        config.batchSize(),
                        config.seed());
        Evaluator<P, T> evaluator = evaluator();
        Map<Integer, BatchPlan> plans = new HashMap<>();
        int[] rows = new int[cursor.largestBatch()];
        Updater updater = new Updater(engine, updates, model.network().parameters().all());
        Tally tally = new Tally();
        long steps = config.budget().steps(cursor.batchesPerEpoch());
        listener.on(
                new TrainEvent.Started(
                        model.network().parameters().count(), cursor.batchesPerEpoch(), steps));

        Outcome outcome = Outcome.COMPLETED;
        long step = 0;
        while (step < steps && outcome == Outcome.COMPLETED) {
            step++;
            long epoch = cursor.epoch() + 1;
            int count = cursor.next(rows);
            BatchPlan plan = plans.computeIfAbsent(count, size -> plan(train, size));
            plan.load(train, rows, 0, count);
            plan.forward();
            double mean = plan.tally(tally) / count;
            if (!Double.isFinite(mean)) {
                listener.on(new TrainEvent.Diverged(step, epoch, mean));
                outcome = Outcome.DIVERGED;
                break;
            }
            plan.backward();
            if (updater.step(plan.gradients()) == Updater.Outcome.NOT_FINITE) {
                listener.on(new TrainEvent.Diverged(step, epoch, mean));
                outcome = Outcome.DIVERGED;
                break;
            }
            listener.on(new TrainEvent.StepDone(step, epoch, count, mean));
            if (stopRequested && step < steps) {
                outcome = Outcome.STOPPED;
            }
            if (cursor.epoch() == epoch || step == steps || outcome == Outcome.STOPPED) {
                Score held = validation == null ? null : evaluator.score(validation);
                updater.measured((held == null ? tally.score() : held).loss());
                listener.on(new TrainEvent.EpochDone(epoch, step, tally.score(), held));
                tally.clear();
            }
        }
        listener.on(new TrainEvent.Finished(step, outcome));
        stopRequested = false;
        return outcome;
    }

    private BatchPlan plan(Dataset train, int size) {
        return BatchPlan.of(engine, model, loss, train, size, Mode.TRAIN);
    }
}
