package org.manabi.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.manabi.layers.Dense;
import org.manabi.layers.Gelu;
import org.manabi.layers.He;
import org.manabi.layers.Initializer;
import org.manabi.layers.Layer;
import org.manabi.layers.Network;
import org.manabi.layers.Relu;
import org.manabi.layers.Sequential;
import org.manabi.layers.Sigmoid;
import org.manabi.layers.Tanh;
import org.manabi.layers.Xavier;
import org.manabi.optim.Adam;
import org.manabi.optim.AdamW;
import org.manabi.optim.Momentum;
import org.manabi.optim.Optimizer;
import org.manabi.optim.Sgd;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.train.Budget;
import org.manabi.train.TrainingConfig;

/// What an estimator's parameters say, as it travels to the executors.
///
/// @param hidden the sizes of the hidden layers
record NetworkSettings(
        List<Integer> hidden,
        String activation,
        String optimizer,
        double learningRate,
        int epochs,
        int batchSize,
        int shards,
        int threads,
        long seed)
        implements Serializable {

    static final List<String> ACTIVATIONS = List.of("relu", "sigmoid", "tanh", "gelu");
    static final List<String> OPTIMIZERS = List.of("adam", "adamw", "momentum", "sgd");

    NetworkSettings {
        hidden = List.copyOf(hidden);
    }

    /// Dense layers with an activation between each two.
    Network network(int inputs, int outputs) {
        List<Layer> layers = new ArrayList<>();
        for (int units : hidden) {
            layers.add(new Dense(units, initializer()));
            layers.add(nonlinearity());
        }
        layers.add(new Dense(outputs, Xavier.NORMAL));
        return new Network(
                new Sequential(layers),
                Shape.of(inputs),
                DType.FLOAT32,
                Seed.of(seed).child("weights"));
    }

    private Initializer initializer() {
        return activation.equals("relu") || activation.equals("gelu") ? He.NORMAL : Xavier.NORMAL;
    }

    private Layer nonlinearity() {
        return switch (activation) {
            case "relu" -> new Relu();
            case "sigmoid" -> new Sigmoid();
            case "tanh" -> new Tanh();
            case "gelu" -> new Gelu();
            default ->
                    throw new ReplicaException(
                            "activation " + activation + " is not one of " + ACTIVATIONS);
        };
    }

    Optimizer rule() {
        return switch (optimizer) {
            case "adam" -> new Adam(learningRate);
            case "adamw" -> new AdamW(learningRate);
            case "momentum" -> new Momentum(learningRate);
            case "sgd" -> new Sgd(learningRate);
            default ->
                    throw new ReplicaException(
                            "optimizer " + optimizer + " is not one of " + OPTIMIZERS);
        };
    }

    TrainingConfig config() {
        return TrainingConfig.DEFAULTS
                .withBudget(new Budget.Epochs(epochs))
                .withBatchSize(batchSize)
                .withShards(shards)
                .withThreads(threads)
                .withSeed(seed);
    }
}
