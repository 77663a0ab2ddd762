package org.manabi.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.manabi.layers.Dense;
import org.manabi.layers.Layer;
import org.manabi.layers.Network;
import org.manabi.layers.Relu;
import org.manabi.layers.Sequential;
import org.manabi.layers.Softmax;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;

class ModelTests {

    private static final Layer SCORES = Sequential.of(new Dense(3));
    private static final Layer WITH_SOFTMAX = Sequential.of(new Dense(3), new Softmax());

    private static Network network(Layer layer) {
        return new Network(layer, Shape.of(2), DType.FLOAT32, Seed.of(0));
    }

    @Test
    void aModelKnowsWhatItGives() {
        assertThat(Model.ofLogits(network(SCORES)).kind()).isEqualTo(OutputKind.LOGITS);
        assertThat(Model.ofProbabilities(network(WITH_SOFTMAX)).kind())
                .isEqualTo(OutputKind.PROBABILITIES);
        assertThat(Model.ofOutputs(network(SCORES)).kind()).isEqualTo(OutputKind.OUTPUTS);
    }

    @Test
    void softmaxTwiceIsRefused() {
        for (Layer layer : new Layer[] {WITH_SOFTMAX, Sequential.of(new Relu(), WITH_SOFTMAX)}) {
            assertThatExceptionOfType(ShapeException.class)
                    .isThrownBy(() -> Model.ofLogits(network(layer)))
                    .withMessage(
                            "these are not logits: the network ends in a Softmax; leave it out,"
                                    + " since SoftmaxCrossEntropy contains it, or use"
                                    + " Model.ofProbabilities");
        }
    }

    @Test
    void scoresAreNotTakenForProbabilities() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> Model.ofProbabilities(network(SCORES)))
                .withMessage(
                        "these are not probabilities: the network ends in Dense[units=3]; add a"
                                + " Softmax, or use Model.ofLogits");
    }

    @Test
    void aModelGivesOneRowForEachSample() {
        var network = new Network(new Relu(), Shape.of(28, 28), DType.FLOAT32, Seed.of(0));

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> Model.ofOutputs(network))
                .withMessage(
                        "a model gives one row of numbers for each sample, but Relu[] on [28, 28]"
                                + " gives [28, 28]; is a Flatten missing?");
    }
}
