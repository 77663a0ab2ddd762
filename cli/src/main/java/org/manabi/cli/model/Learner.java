package org.manabi.cli.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.cli.loss.LossName;
import org.manabi.data.Dataset;
import org.manabi.layers.Layer;
import org.manabi.layers.LogSoftmax;
import org.manabi.layers.Network;
import org.manabi.layers.Sequential;
import org.manabi.layers.Softmax;
import org.manabi.loss.Estimate;
import org.manabi.loss.LogProbabilities;
import org.manabi.loss.Logits;
import org.manabi.loss.Loss;
import org.manabi.loss.Prediction;
import org.manabi.loss.Probabilities;
import org.manabi.loss.Targets;
import org.manabi.optim.Optimizer;
import org.manabi.optim.Updates;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Seed;
import org.manabi.train.Evaluator;
import org.manabi.train.GradientCheck;
import org.manabi.train.LearningRateFinder;
import org.manabi.train.Model;
import org.manabi.train.Trainer;
import org.manabi.train.TrainingConfig;

/// A model and a loss that fit together.
///
/// @param <P> what the model gives
/// @param <T> what it should have given
public record Learner<P extends Prediction, T extends Targets>(
        Model<? extends P> model, Loss<P, T> loss) {

    /// A fresh model for some data: of real numbers, or a classifier, which for losses of
    /// probabilities ends in a softmax or log-softmax.
    public static Learner<?, ?> fresh(
            ModelPreset preset, LossName loss, Dataset data, DType dtype, Seed seed) {
        return fresh(preset, loss, data, Optional.empty(), dtype, seed);
    }

    /// The same with a layer that prepares the input.
    public static Learner<?, ?> fresh(
            ModelPreset preset,
            LossName loss,
            Dataset data,
            Optional<Layer> preparation,
            DType dtype,
            Seed seed) {
        if (preset instanceof ModelPreset.Saved saved) {
            return saved.learner(loss, data, preparation);
        }
        List<Layer> layers = new ArrayList<>();
        preparation.ifPresent(layers::add);
        if (!data.hasClasses()) {
            layers.addAll(preset.layers(data.targets().shape().dim(1), data.sampleShape()));
            Network network = new Network(new Sequential(layers), data.sampleShape(), dtype, seed);
            return pair(Model.ofOutputs(network), loss.trainingLoss());
        }
        layers.addAll(preset.layers(data.classNames().size(), data.sampleShape()));
        Class<?> taken = loss.trainingLoss().predictionType();
        if (taken == LogProbabilities.class) {
            layers.add(new LogSoftmax());
        } else if (taken != Logits.class) {
            layers.add(new Softmax());
        }
        Network network = new Network(new Sequential(layers), data.sampleShape(), dtype, seed);
        Model<?> model =
                taken == Logits.class
                        ? Model.ofLogits(network)
                        : taken == LogProbabilities.class
                                ? Model.ofLogProbabilities(network)
                                : Model.ofProbabilities(network);
        return pair(model, loss.trainingLoss());
    }

    /// A model that exists, with a loss for it.
    ///
    /// @throws CommandException if the loss does not take what the model gives
    public static Learner<?, ?> of(Model<?> model, LossName name, Console console) {
        Class<?> taken = name.trainingLoss().predictionType();
        boolean fits =
                switch (model.kind()) {
                    case LOGITS -> taken == Logits.class;
                    case LOG_PROBABILITIES -> taken == LogProbabilities.class;
                    case PROBABILITIES -> taken == Probabilities.class || taken == Estimate.class;
                    case OUTPUTS -> taken == Estimate.class;
                };
        if (!fits) {
            throw CommandException.wrongRequest(
                    console.text("model.error.loss", name, model.kind()));
        }
        return pair(model, name.trainingLoss());
    }

    @SuppressWarnings("unchecked") // the model's kind has been held against the loss
    private static <P extends Prediction, T extends Targets> Learner<P, T> pair(
            Model<?> model, Loss<P, T> loss) {
        return new Learner<>((Model<? extends P>) model, loss);
    }

    /// The same model with another loss of the same kind, such as one with class weights.
    public Learner<?, ?> with(Loss<?, ?> other) {
        return pair(model, other);
    }

    public Trainer<P, T> trainer(Updates updates, TrainingConfig config) {
        return new Trainer<>(model, loss, updates, config);
    }

    /// Tries learning rates; the model is left as it was.
    public LearningRateFinder.Found learningRates(
            LearningRateFinder finder, Optimizer optimizer, Dataset data, TrainingConfig config) {
        return finder.find(model, loss, optimizer, data, config);
    }

    /// A check of the gradients on all samples of some float64 data.
    GradientCheck gradientCheck(Dataset data) {
        return GradientCheck.of(model, loss, data);
    }

    public Evaluator<P, T> evaluator(Engine engine) {
        return new Evaluator<>(engine, model, loss);
    }
}
