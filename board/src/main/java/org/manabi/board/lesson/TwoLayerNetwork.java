package org.manabi.board.lesson;

import java.util.ArrayList;
import java.util.List;
import org.manabi.data.Dataset;
import org.manabi.layers.Dense;
import org.manabi.layers.Layer;
import org.manabi.layers.Network;
import org.manabi.layers.Sequential;
import org.manabi.layers.Sigmoid;
import org.manabi.layers.Softmax;
import org.manabi.layers.Xavier;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;

/// The chapter's two-layer network: hidden sigmoid units, then one score for each class.
final class TwoLayerNetwork {

    private TwoLayerNetwork() {}

    /// One that ends in scores.
    static Network ofLogits(Dataset data, int hidden, DType dtype, long seed) {
        return network(layers(data, hidden), data, dtype, seed);
    }

    /// One that ends in probabilities.
    static Network ofProbabilities(Dataset data, int hidden, DType dtype, long seed) {
        List<Layer> layers = layers(data, hidden);
        layers.add(new Softmax());
        return network(layers, data, dtype, seed);
    }

    private static List<Layer> layers(Dataset data, int hidden) {
        List<Layer> layers = new ArrayList<>();
        layers.add(new Dense(hidden, Xavier.NORMAL));
        layers.add(new Sigmoid());
        layers.add(new Dense(data.classNames().size(), Xavier.NORMAL));
        return layers;
    }

    private static Network network(List<Layer> layers, Dataset data, DType dtype, long seed) {
        return new Network(new Sequential(layers), data.sampleShape(), dtype, Seed.of(seed));
    }
}
