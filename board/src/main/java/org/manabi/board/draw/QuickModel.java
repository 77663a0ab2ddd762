package org.manabi.board.draw;

import org.manabi.board.lesson.Progress;
import org.manabi.data.Dataset;
import org.manabi.formats.model.ModelCard;
import org.manabi.formats.model.SavedModel;
import org.manabi.layers.Dense;
import org.manabi.layers.Network;
import org.manabi.layers.Relu;
import org.manabi.layers.Sequential;
import org.manabi.loss.Logits;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.optim.Adam;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;
import org.manabi.train.Budget;
import org.manabi.train.Model;
import org.manabi.train.TrainEvent;
import org.manabi.train.Trainer;
import org.manabi.train.TrainingConfig;

/// A network that learns to read digits in a few seconds, for those who have trained none yet.
final class QuickModel {

    private static final int HIDDEN = 128;
    private static final int EPOCHS = 4;

    private QuickModel() {}

    static SavedModel train(Dataset data, Progress progress) {
        Network network =
                new Network(
                        Sequential.of(
                                new Dense(HIDDEN), new Relu(), new Dense(data.classNames().size())),
                        data.sampleShape(),
                        DType.FLOAT32,
                        Seed.of(0));
        Model<Logits> model = Model.ofLogits(network);
        var trainer =
                new Trainer<>(
                        model,
                        SoftmaxCrossEntropy.MEAN,
                        new Adam(0.002),
                        TrainingConfig.DEFAULTS.withBudget(new Budget.Epochs(EPOCHS)));
        double[] steps = {1};
        trainer.train(
                data,
                null,
                event -> {
                    switch (event) {
                        case TrainEvent.Started started -> steps[0] = started.steps();
                        case TrainEvent.StepDone done -> progress.at(done.step() / steps[0]);
                        default -> {}
                    }
                });
        return new SavedModel(
                model,
                ModelCard.EMPTY.withDivisor(data.divisor()).withClassNames(data.classNames()));
    }
}
