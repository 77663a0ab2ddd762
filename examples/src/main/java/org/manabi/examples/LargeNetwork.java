package org.manabi.examples;

import java.util.ArrayList;
import java.util.List;
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

/// Trains a network of 200 million weights for a few steps, and fails unless its loss falls.
///
/// Weights, their gradients and Adam's two memories are four arrays of 0.8 GB. See README.md of the
/// examples for how to run it within 16 GiB.
final class LargeNetwork {

    private static final int BATCH = 128;
    private static final int STEPS = 8;

    private LargeNetwork() {}

    static void main() {
        var digits = Mnist.load().train();
        var layers =
                Sequential.of(
                        new Dense(10_000), // [N, 784] → [N, 10 000]
                        new Relu(),
                        new Dense(10_000), // 100 million weights
                        new Relu(),
                        new Dense(9_220), // 92 million
                        new Relu(),
                        new Dense(10));
        long begun = System.nanoTime();
        var network = new Network(layers, digits.sampleShape(), DType.FLOAT32, Seed.of(1));
        IO.println(
                "%,d weights, drawn in %s".formatted(network.parameters().count(), since(begun)));

        var trainer =
                new Trainer<>(
                        Model.ofLogits(network),
                        SoftmaxCrossEntropy.MEAN,
                        new Adam(0.0001),
                        TrainingConfig.DEFAULTS
                                .withBudget(new Budget.Steps(STEPS))
                                .withBatchSize(BATCH)
                                .withThreads(2));
        List<Double> losses = new ArrayList<>();
        long[] last = {System.nanoTime()};
        trainer.train(
                digits,
                null,
                event -> {
                    if (event instanceof TrainEvent.StepDone step) {
                        losses.add(step.loss());
                        IO.println(
                                "step %d  loss %.4f  %s"
                                        .formatted(step.step(), step.loss(), since(last[0])));
                        last[0] = System.nanoTime();
                    }
                });

        Runtime machine = Runtime.getRuntime();
        IO.println(
                "heap in use %.2f GiB of at most %.2f"
                        .formatted(
                                (machine.totalMemory() - machine.freeMemory()) / 0x1p30,
                                machine.maxMemory() / 0x1p30));
        if (!(losses.getLast() < losses.getFirst())) {
            throw new IllegalStateException("the loss did not fall: " + losses);
        }
    }

    private static String since(long nanoseconds) {
        return "%.2f s".formatted((System.nanoTime() - nanoseconds) / 1e9);
    }
}
