package org.manabi.examples;

import java.util.List;
import org.manabi.data.Dataset;
import org.manabi.layers.Dense;
import org.manabi.layers.Network;
import org.manabi.layers.Relu;
import org.manabi.layers.Sequential;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.optim.Adam;
import org.manabi.optim.Updates;
import org.manabi.optim.schedule.OneCycle;
import org.manabi.tensor.DType;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.train.Budget;
import org.manabi.train.Model;
import org.manabi.train.Trainer;
import org.manabi.train.TrainingConfig;

/// Tells two spirals apart that wind around each other three times: no line and no circle does, but two
/// hidden layers do.
///
/// Source of the spirals: Lang and Witbrock, *Learning to Tell Two Spirals Apart* (1988), with points at
/// random places along them instead of 97 fixed ones.
final class TwoSpirals {

    private static final double REQUIRED_ACCURACY = 0.99;
    private static final int POINTS = 2_000;
    private static final int EPOCHS = 150;
    private static final int BATCH = 50;
    private static final Seed SEED = Seed.of(42);

    private TwoSpirals() {}

    static void main() {
        var spirals = points(SEED.child("points")).split(0.25, SEED.child("split"));

        var layers =
                Sequential.of(
                        new Dense(96), // [N, 2] → [N, 96]
                        new Relu(),
                        new Dense(96),
                        new Relu(),
                        new Dense(2)); // logits
        var network = new Network(layers, Shape.of(2), DType.FLOAT32, SEED.child("weights"));

        long steps = (long) EPOCHS * Math.ceilDiv(spirals.train().size(), BATCH);
        var trainer =
                new Trainer<>(
                        Model.ofLogits(network),
                        SoftmaxCrossEntropy.MEAN,
                        Updates.of(new Adam(0.01)).withSchedule(new OneCycle(steps)),
                        TrainingConfig.DEFAULTS
                                .withBudget(new Budget.Epochs(EPOCHS))
                                .withBatchSize(BATCH)
                                .withThreads(1));
        trainer.train(spirals.train(), null, _ -> {});

        var test = trainer.evaluator().score(spirals.test());
        IO.println("points never seen: " + test);
        Bar.require(test, REQUIRED_ACCURACY);
    }

    /// Points of both spirals by turns; the second is the first turned by half a circle.
    private static Dataset points(Seed seed) {
        var random = seed.stream();
        var inputs = FloatTensor.zeros(Shape.of(POINTS, 2));
        int[] labels = new int[POINTS];
        for (int i = 0; i < POINTS; i++) {
            labels[i] = i % 2;
            double along = Math.sqrt(random.nextDouble()); // as many points on each length
            double angle = 6 * Math.PI * along + labels[i] * Math.PI;
            double radius = 3 * along;
            inputs.setFromDouble(2 * i, radius * Math.cos(angle));
            inputs.setFromDouble(2 * i + 1, radius * Math.sin(angle));
        }
        return Dataset.ofClasses(
                "two spirals",
                inputs,
                IntTensor.of(Shape.of(POINTS), labels),
                List.of("first", "second"));
    }
}
