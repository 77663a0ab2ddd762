package org.manabi.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.manabi.autodiff.Gradients;
import org.manabi.autodiff.Input;
import org.manabi.autodiff.Plan;
import org.manabi.autodiff.Variable;
import org.manabi.data.Dataset;
import org.manabi.data.augment.Augmentation;
import org.manabi.layers.Mode;
import org.manabi.layers.Noise;
import org.manabi.loss.Labels;
import org.manabi.loss.LogProbabilities;
import org.manabi.loss.Logits;
import org.manabi.loss.Loss;
import org.manabi.loss.Outputs;
import org.manabi.loss.Prediction;
import org.manabi.loss.Probabilities;
import org.manabi.loss.Reduction;
import org.manabi.loss.Targets;
import org.manabi.loss.Values;
import org.manabi.tensor.Checks;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Tensor;

/// A model and a loss made ready for batches of one size.
final class BatchPlan {

    private final Engine engine;
    private final Plan plan;
    private final Tensor inputs;
    private final Tensor targets;
    private final IntTensor noise;
    private final Tensor scores;
    private final Tensor losses;
    private final @Nullable Tensor divisors;

    private BatchPlan(Engine engine, Plan plan, Expression batch) {
        this.engine = engine;
        this.plan = plan;
        this.inputs = plan.value(batch.inputs());
        this.targets = plan.value(batch.targets());
        this.noise = (IntTensor) plan.value(batch.noise());
        this.scores = plan.value(batch.scores());
        this.losses = plan.value(batch.losses());
        Variable weights = batch.divisors();
        this.divisors = weights == null ? null : plan.value(weights);
    }

    /// For learning.
    ///
    /// @param reduction how the losses become the one number whose gradient is taken
    static <P extends Prediction, T extends Targets> BatchPlan of(
            Engine engine,
            Model<? extends P> model,
            Loss<P, T> loss,
            Reduction reduction,
            Dataset data,
            int size) {
        return of(engine, model, loss, reduction, data, size, Mode.TRAIN);
    }

    static <P extends Prediction, T extends Targets> BatchPlan of(
            Engine engine,
            Model<? extends P> model,
            Loss<P, T> loss,
            Dataset data,
            int size,
            Mode mode) {
        return of(engine, model, loss, loss.reduction(), data, size, mode);
    }

    private static <P extends Prediction, T extends Targets> BatchPlan of(
            Engine engine,
            Model<? extends P> model,
            Loss<P, T> loss,
            Reduction reduction,
            Dataset data,
            int size,
            Mode mode) {
        Expression batch = Expression.of(model, loss, data, size, mode);
        List<Variable> readable =
                new ArrayList<>(List.of(batch.scores(), batch.losses(), batch.noise()));
        Variable divisors = batch.divisors();
        if (divisors != null) {
            readable.add(divisors);
        }
        Plan plan =
                mode == Mode.TRAIN
                        ? Plan.forTraining(
                                engine,
                                reduction.of(batch.losses(), divisors),
                                model.network().parameters().all(),
                                readable)
                        : Plan.forInference(engine, readable);
        return new BatchPlan(engine, plan, batch);
    }

    /// Checks that model, loss and data belong together, at no cost.
    ///
    /// @throws org.manabi.tensor.ShapeException saying which of them does not, and what to do
    static <P extends Prediction, T extends Targets> void requireFit(
            Model<? extends P> model, Loss<P, T> loss, Dataset data) {
        loss.reduction().requireOneNumber(loss.getClass().getSimpleName());
        Expression.of(model, loss, data, 1, Mode.EVALUATE);
    }

    /// What is computed for a batch.
    private record Expression(
            Input inputs,
            Input targets,
            Input noise,
            Variable scores,
            Variable losses,
            @Nullable Variable divisors) {

        static <P extends Prediction, T extends Targets> Expression of(
                Model<? extends P> model, Loss<P, T> loss, Dataset data, int size, Mode mode) {
            requireShapes(model, data);
            DType dtype = model.network().dtype();
            Input inputs = Input.of("inputs", dtype, model.network().sampleShape().prepend(size));
            DType targetType = data.hasClasses() ? DType.INT32 : dtype;
            Input targets =
                    Input.of("targets", targetType, data.targets().shape().tail().prepend(size));
            Input noise = Noise.input();
            P prediction = model.predict(inputs, mode, noise);
            Checks.require(
                    loss.predictionType().isInstance(prediction),
                    "%s takes %s, but the model gives %s%s",
                    loss.getClass().getSimpleName(),
                    loss.predictionType().getSimpleName(),
                    prediction.getClass().getSimpleName(),
                    remedy(loss, prediction));
            T typed = targetsOf(loss, data, targets);
            return new Expression(
                    inputs,
                    targets,
                    noise,
                    prediction.variable(),
                    loss.perSample(prediction, typed),
                    loss.divisors(prediction, typed));
        }
    }

    /// What to do about a model whose output the loss does not take.
    private static String remedy(Loss<?, ?> loss, Prediction prediction) {
        boolean wantsLogits = loss.predictionType() == Logits.class;
        return switch (prediction) {
            case Probabilities _ when wantsLogits ->
                    "; leave out the model's last Softmax, which the loss contains, or the softmax is"
                            + " taken twice; or use CrossEntropy";
            case Logits _ when loss.predictionType() == LogProbabilities.class ->
                    "; add a LogSoftmax as the model's last layer, or use SoftmaxCrossEntropy";
            case Logits _ when loss.predictionType() == Probabilities.class ->
                    "; add a Softmax as the model's last layer, or use SoftmaxCrossEntropy";
            case Outputs _ when wantsLogits -> "; is it a classifier? Then use Model.ofLogits";
            default -> "";
        };
    }

    private static void requireShapes(Model<?> model, Dataset data) {
        Checks.require(
                model.network().sampleShape().equals(data.sampleShape()),
                "the model takes inputs of shape %s, but those of %s have shape %s",
                model.network().sampleShape(),
                data.name(),
                data.sampleShape());
        int outputs = model.network().outputShape().dim(0);
        Checks.require(
                !data.hasClasses() || outputs == data.classNames().size(),
                "the model tells %d classes apart, but %s has %d; its last layer should have as many",
                outputs,
                data.name(),
                data.classNames().size());
    }

    private static <T extends Targets> T targetsOf(Loss<?, T> loss, Dataset data, Input targets) {
        Targets typed =
                data.hasClasses()
                        ? new Labels(targets, data.classNames().size())
                        : new Values(targets);
        Checks.require(
                loss.targetsType().isInstance(typed),
                "%s needs classes, but the targets of %s are real numbers; try MeanSquaredError",
                loss.getClass().getSimpleName(),
                data.name());
        return loss.targetsType().cast(typed);
    }

    /// Fills the batch with these rows of a dataset.
    void load(Dataset data, int[] rows, int from, int count) {
        data.gather(engine, rows, from, count, inputs, targets);
    }

    /// Fills the batch with these rows, to be learned from: changed as the dataset says.
    ///
    /// @param first where the dataset's first sample stands among all that are learned from
    /// @param changes the seed of the epoch's changes
    void learn(Dataset data, int[] rows, int count, int first, Seed changes) {
        load(data, rows, 0, count);
        Augmentation augmentation = data.augmentation().orElse(null);
        if (augmentation != null) {
            for (int i = 0; i < count; i++) {
                Seed seed = changes.child(first + rows[i]);
                augmentation.apply(inputs, i, data.sampleShape(), seed);
            }
        }
    }

    /// The seed of the changes of an epoch.
    static Seed changes(TrainingConfig config, long epoch) {
        return Seed.of(config.seed()).child("augmentation").child(epoch);
    }

    /// Sets the seed of the random numbers of the next run.
    void draw(Seed seed) {
        Noise.write(seed, noise);
    }

    void forward() {
        plan.forward();
    }

    void backward() {
        plan.backward();
    }

    /// The same, telling of each parameter when its gradient is complete.
    void backward(Consumer<Variable> complete) {
        plan.backward(complete);
    }

    Gradients gradients() {
        return plan.gradients();
    }

    /// Counts the batch and returns the mean of its losses.
    double tally(Tally tally) {
        return tally.add(losses, divisors, scores, targets);
    }

    /// The batch itself.
    Tensor inputs() {
        return inputs;
    }

    /// The model's output for the batch.
    Tensor scores() {
        return scores;
    }

    Tensor losses() {
        return losses;
    }
}
