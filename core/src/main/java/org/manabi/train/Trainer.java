package org.manabi.train;

import org.jspecify.annotations.Nullable;
import org.manabi.data.Dataset;
import org.manabi.loss.Loss;
import org.manabi.loss.Prediction;
import org.manabi.loss.Targets;
import org.manabi.optim.Optimizer;
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
    private final @Nullable ShardGroup group;
    private final TrainControl control = new TrainControl();
    private @Nullable TrainingLoop<P, T> loop;

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
        this(model, loss, updates, config, null);
    }

    /// One replica of several that share the virtual shards of a training. The data to learn from is
    /// that of its own shards; everything else is the same for all.
    ///
    /// @param group how it meets the others; `null` if it is alone
    public Trainer(
            Model<? extends P> model,
            Loss<P, T> loss,
            Updates updates,
            TrainingConfig config,
            @Nullable ShardGroup group) {
        this.engine = Engine.of(config.threads());
        this.model = model;
        this.loss = loss;
        this.updates = updates;
        this.config = config;
        this.group = group;
    }

    /// Asks the training to end after the present step; may be called from any thread.
    public void stop() {
        control.stop();
    }

    /// The means to pause, stop and steer the training from any thread.
    public TrainControl control() {
        return control;
    }

    /// An evaluator of the same model and loss on the same threads.
    public Evaluator<P, T> evaluator() {
        return new Evaluator<>(engine, model, loss);
    }

    /// Trains until the budget is used up, a loss is not finite, the validation loss no longer falls,
    /// or [#stop] is called. Each call begins anew, with step 1, the first epoch and nothing in the
    /// optimizer's memory, from the parameters as they are.
    ///
    /// @param validation measured after each epoch; never learned from
    /// @throws org.manabi.tensor.ShapeException if model, loss and data do not fit
    public Outcome train(Dataset train, @Nullable Dataset validation, TrainListener listener) {
        return run(newLoop(train, validation, listener));
    }

    /// Goes on with a training that was stopped, to the same bits as if it had not been. The model has
    /// the weights of that time; loss, optimizer, settings and data are the same.
    ///
    /// @param from what [#state] gave; it is copied
    /// @throws org.manabi.tensor.ShapeException if model, loss and data do not fit, or the state is of
    ///     another training
    public Outcome resume(
            TrainState from, Dataset train, @Nullable Dataset validation, TrainListener listener) {
        TrainingLoop<P, T> continued = newLoop(train, validation, listener);
        continued.restore(from);
        return run(continued);
    }

    private TrainingLoop<P, T> newLoop(
            Dataset train, @Nullable Dataset validation, TrainListener listener) {
        return new TrainingLoop<>(
                engine, model, loss, updates, config, control, group, train, validation, listener);
    }

    private Outcome run(TrainingLoop<P, T> next) {
        loop = next;
        Outcome outcome = next.run();
        control.clear();
        return outcome;
    }

    /// What the latest training must remember to go on. A listener may ask for it while it is told of
    /// [TrainEvent.StepDone], [TrainEvent.EpochDone] or [TrainEvent.Paused], and anyone after the
    /// training has been stopped.
    ///
    /// @throws IllegalStateException if nothing was trained yet
    public TrainState state() {
        TrainingLoop<P, T> latest = loop;
        if (latest == null) {
            throw new IllegalStateException("nothing was trained yet, so there is no state");
        }
        return latest.state();
    }
}
