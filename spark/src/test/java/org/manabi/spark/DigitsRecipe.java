package org.manabi.spark;

import java.io.Serial;
import org.manabi.layers.Dense;
import org.manabi.layers.Dropout;
import org.manabi.layers.Network;
import org.manabi.layers.Relu;
import org.manabi.layers.Sequential;
import org.manabi.loss.ClassTargets;
import org.manabi.loss.Logits;
import org.manabi.loss.Loss;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.optim.Adam;
import org.manabi.optim.Updates;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.train.Budget;
import org.manabi.train.Model;
import org.manabi.train.TrainingConfig;

/// A small network for pictures of digits.
record DigitsRecipe(int inputs, int hidden, int shards, int batch, long steps)
        implements TrainingRecipe<Logits, ClassTargets> {

    @Serial private static final long serialVersionUID = 1;

    @Override
    public Model<Logits> model() {
        return Model.ofLogits(
                new Network(
                        Sequential.of(
                                new Dense(hidden), new Relu(), new Dropout(0.1), new Dense(10)),
                        Shape.of(inputs),
                        DType.FLOAT32,
                        Seed.of(7)));
    }

    @Override
    public Loss<Logits, ClassTargets> loss() {
        return SoftmaxCrossEntropy.MEAN;
    }

    @Override
    public Updates updates() {
        return Updates.of(new Adam(0.002));
    }

    @Override
    public TrainingConfig config() {
        return TrainingConfig.DEFAULTS
                .withBatchSize(batch)
                .withShards(shards)
                .withBudget(new Budget.Steps(steps));
    }
}
