package org.manabi.examples;

import org.manabi.datasets.Mnist;
import org.manabi.layers.Dense;
import org.manabi.layers.Network;
import org.manabi.layers.Relu;
import org.manabi.layers.Sequential;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.optim.Adam;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;
import org.manabi.train.Budget;
import org.manabi.train.Model;
import org.manabi.train.TrainEvent;
import org.manabi.train.Trainer;
import org.manabi.train.TrainingConfig;

/// Reads handwritten digits: MNIST, which is inside the library, and a network with one hidden layer.
final class ReadDigits {

    private static final double REQUIRED_ACCURACY = 0.96;

    private ReadDigits() {}

    static void main() {
        var digits = Mnist.load();
        var layers = Sequential.of(new Dense(128), new Relu(), new Dense(10)); // [N, 784] → [N, 10]
        var network = new Network(layers, digits.train().sampleShape(), DType.FLOAT32, Seed.of(1));

        var trainer =
                new Trainer<>(
                        Model.ofLogits(network),
                        SoftmaxCrossEntropy.MEAN,
                        new Adam(0.001),
                        TrainingConfig.DEFAULTS.withBudget(new Budget.Epochs(3)).withThreads(2));
        trainer.train(
                digits.train(),
                null, // the test data is for the end
                event -> {
                    if (event instanceof TrainEvent.EpochDone epoch) IO.println(epoch);
                });

        var test = trainer.evaluator().score(digits.test());
        IO.println("test " + test);
        Bar.require(test, REQUIRED_ACCURACY);
    }
}
