package org.manabi.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.manabi.autodiff.Parameter;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;

class NetworkTests {

    private static Network network(Layer layer, int... sample) {
        return new Network(layer, Shape.of(sample), DType.FLOAT64, Seed.of(0));
    }

    private static double[] numbers(Network network, String name) {
        return network.parameters().get(name).tensor().toDoubles();
    }

    @Test
    void everyParameterExistsAtOnceInTheOrderOfTheLayers() {
        Network network = network(Sequential.of(new Dense(50), new Relu(), new Dense(10)), 784);

        assertThat(network.parameters().all())
                .extracting(Parameter::toString)
                .containsExactly(
                        "0.weight[784, 50]", "0.bias[50]", "2.weight[50, 10]", "2.bias[10]");
        assertThat(network.parameters().count()).isEqualTo(784 * 50 + 50 + 50 * 10 + 10);
        assertThat(network.outputShape()).isEqualTo(Shape.of(10));
    }

    @Test
    void layersWithinLayersHavePaths() {
        Sequential block = Sequential.of(new Dense(3), new Tanh());

        Network network = network(Sequential.of(block, block, new Dense(2)), 3);

        assertThat(network.parameters().all())
                .extracting(Parameter::name)
                .containsExactly(
                        "0.0.weight", "0.0.bias", "1.0.weight", "1.0.bias", "2.weight", "2.bias");
        assertThat(numbers(network, "0.0.weight")).isNotEqualTo(numbers(network, "1.0.weight"));
    }

    @Test
    void aDenseLayerMultipliesAndAdds() {
        Network network = network(new Dense(2, new Constant(0.5), new Constant(-1)), 3);
        var batch = Variable.of(Tensor.of(DType.FLOAT64, Shape.of(2, 3), 1, 2, 3, 4, 5, 6));

        Tensor output = network.forward(batch, Mode.EVALUATE).value();

        assertThat(output.shape()).isEqualTo(Shape.of(2, 2));
        assertThat(output.toDoubles()).containsExactly(2, 2, 6.5, 6.5);
    }

    @Test
    void aDenseLayerWithoutBiasHasNone() {
        Network network = network(new Dense(2, new Constant(0.5), null), 3);
        var batch = Variable.of(Tensor.of(DType.FLOAT64, Shape.of(1, 3), 1, 2, 3));

        assertThat(network.parameters().all())
                .extracting(Parameter::name)
                .containsExactly("weight");
        assertThat(network.forward(batch, Mode.TRAIN).value().toDoubles()).containsExactly(3, 3);
    }

    @Test
    void flatteningKeepsTheSamplesApart() {
        Network network = network(new Flatten(), 2, 3);
        var batch = Variable.of(Tensor.zeros(DType.FLOAT64, Shape.of(4, 2, 3)));

        assertThat(network.outputShape()).isEqualTo(Shape.of(6));
        assertThat(network.forward(batch, Mode.TRAIN).shape()).isEqualTo(Shape.of(4, 6));
    }

    @Test
    void activationsKeepShapesAndHaveNoParameters() {
        for (Layer layer : List.of(new Relu(), new Sigmoid(), new Tanh(), new Softmax())) {
            Network network = network(layer, 2, 3);
            assertThat(network.outputShape()).isEqualTo(Shape.of(2, 3));
            assertThat(network.parameters().count()).isZero();
        }
    }

    @Test
    void aParameterDependsOnSeedAndPathAlone() {
        Network small = network(Sequential.of(new Relu(), new Dense(4)), 4);
        Network large = network(Sequential.of(new Dense(4), new Dense(4), new Dense(9)), 4);
        Network other =
                new Network(
                        Sequential.of(new Relu(), new Dense(4)),
                        Shape.of(4),
                        DType.FLOAT64,
                        Seed.of(1));

        assertThat(numbers(small, "1.weight")).containsExactly(numbers(large, "1.weight"));
        assertThat(numbers(small, "1.weight")).isNotEqualTo(numbers(large, "0.weight"));
        assertThat(numbers(small, "1.weight")).isNotEqualTo(numbers(other, "1.weight"));
    }

    @Test
    void planningForOtherBatchesMakesNoNewParameters() {
        Network network = network(Sequential.of(new Dense(4), new Relu()), 3);
        String before = network.parameters().sha256();

        for (int size : new int[] {1, 7, 100}) {
            network.forward(
                    Variable.of(Tensor.zeros(DType.FLOAT64, Shape.of(size, 3))), Mode.TRAIN);
        }

        assertThat(network.parameters().all()).hasSize(2);
        assertThat(network.parameters().sha256()).isEqualTo(before);
    }

    /// Computed in Python: sha256(b"0.weight\0" + 6 × 0.1 + b"0.bias\0" + 2 × −2.0), little-endian.
    @Test
    void theDigestIsThatOfNamesAndLittleEndianNumbers() {
        Layer layer = Sequential.of(new Dense(2, new Constant(0.1), new Constant(-2)));

        assertThat(new Network(layer, Shape.of(3), DType.FLOAT32, Seed.of(0)).parameters().sha256())
                .isEqualTo("75b6ca4662fbda23d0db8ab27c6377d19971bad2566fb8f6ab12d34df8081059");
        assertThat(new Network(layer, Shape.of(3), DType.FLOAT64, Seed.of(0)).parameters().sha256())
                .isEqualTo("e9c3e6eba23a89019306355f0c8ce7d3bed3d720304d63dbf2cc1b8e8589f3df");
    }

    /// Trained weights depend on these numbers: they never change. Computed in Python from the
    /// definitions of Seed, RandomStream and He.
    @Test
    void freshWeightsAreFixedForAllTime() {
        Layer layer = Sequential.of(new Dense(50), new Relu(), new Dense(10));

        Network network = new Network(layer, Shape.of(784), DType.FLOAT32, Seed.of(0));

        assertThat(network.parameters().sha256())
                .isEqualTo("a445fa6efad3c7bd8a87962f16908e7c0457fb4c70a59d33c100f802ce66790d");
    }

    @Test
    void aChangedBitChangesTheDigest() {
        Network network = network(new Dense(2), 3);
        String before = network.parameters().sha256();

        Tensor weight = network.parameters().get("weight").tensor();
        weight.setFromDouble(5, Math.nextUp(weight.getAsDouble(5)));

        assertThat(network.parameters().sha256()).isNotEqualTo(before);
    }

    @Test
    void parametersThatExistAreTakenAsTheyAre() {
        Network trained = network(Sequential.of(new Dense(2)), 3);

        Network again =
                new Network(
                        trained.layer(),
                        trained.sampleShape(),
                        DType.FLOAT64,
                        (name, shape) -> trained.parameters().get(name).tensor());

        assertThat(again.parameters().sha256()).isEqualTo(trained.parameters().sha256());
        assertThat(again.parameters().get("0.weight").tensor())
                .isSameAs(trained.parameters().get("0.weight").tensor());
    }

    @Test
    void aParameterFromElsewhereThatDoesNotFitIsRefused() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(
                        () ->
                                new Network(
                                        Sequential.of(new Dense(2)),
                                        Shape.of(3),
                                        DType.FLOAT32,
                                        (name, shape) ->
                                                Tensor.zeros(DType.FLOAT32, Shape.of(2, 3))))
                .withMessage(
                        "layer 0 Dense[units=2]: parameter 0.weight is FLOAT32 [2, 3], the layer"
                                + " needs FLOAT32 [3, 2]");
    }

    @Test
    void anUnknownParameterIsAnsweredWithThoseThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network(new Dense(2), 3).parameters().get("w"))
                .withMessage("no parameter w; the model has [weight, bias]");
    }

    /// As in the documentation of [Layer].
    private record Scaled(double factor) implements Layer {
        @Override
        public Variable apply(Scope scope, Variable input) {
            Variable gain = scope.parameter("gain", input.shape().tail(), new Constant(factor));
            return input.times(gain);
        }
    }

    @Test
    void aLayerOfOnesOwnIsALayer() {
        Network network = network(Sequential.of(new Scaled(3)), 2);
        var batch = Variable.of(Tensor.of(DType.FLOAT64, Shape.of(1, 2), 1, 2));

        assertThat(network.forward(batch, Mode.TRAIN).value().toDoubles()).containsExactly(3, 6);
        assertThat(network.parameters().all())
                .extracting(Parameter::name)
                .containsExactly("0.gain");
    }

    /// Tells the mode and the path that it was asked in.
    private record Probe(List<String> seen) implements Layer {
        @Override
        public Variable apply(Scope scope, Variable input) {
            seen.add(scope.path() + " " + scope.mode());
            return input;
        }
    }

    @Test
    void layersAreToldTheirPathAndMode() {
        List<String> seen = new ArrayList<>();
        Network network = network(Sequential.of(new Relu(), Sequential.of(new Probe(seen))), 2);
        seen.clear();

        network.forward(Variable.of(Tensor.zeros(DType.FLOAT64, Shape.of(1, 2))), Mode.TRAIN);

        assertThat(seen).containsExactly("1.0 TRAIN");
    }

    @Test
    void aDenseLayerOnPicturesAsksForAFlatten() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(
                        () ->
                                network(
                                        Sequential.of(new Relu(), Sequential.of(new Dense(10))),
                                        28,
                                        28))
                .withMessage(
                        "layer 1.0 Dense[units=10]: expected input [N, in], got [1, 28, 28]; is a"
                                + " Flatten missing before it?");
    }

    @Test
    void aLayerByItselfNamesItselfToo() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> network(new Dense(10), 28, 28))
                .withMessage(
                        "layer Dense[units=10]: expected input [N, in], got [1, 28, 28]; is a"
                                + " Flatten missing before it?");
    }

    @Test
    void aBatchOfOtherSamplesIsRefused() {
        Network network = network(Sequential.of(new Dense(5)), 4);

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(
                        () ->
                                network.forward(
                                        Variable.of(Tensor.zeros(DType.FLOAT64, Shape.of(2, 3))),
                                        Mode.TRAIN))
                .withMessage(
                        "the network takes FLOAT64 samples of shape [4], got a batch FLOAT64"
                                + " [2, 3]");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(
                        () ->
                                network.forward(
                                        Variable.of(Tensor.zeros(DType.FLOAT32, Shape.of(2, 4))),
                                        Mode.TRAIN))
                .withMessage(
                        "the network takes FLOAT64 samples of shape [4], got a batch FLOAT32"
                                + " [2, 4]");
    }

    @Test
    void settingsThatCannotBeAreRefused() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> new Dense(0))
                .withMessage("Dense needs at least 1 unit, got 0");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(Sequential::of)
                .withMessage("Sequential needs at least one layer");
    }

    @Test
    void aSequenceDoesNotChangeWithTheListItCameFrom() {
        List<Layer> layers = new ArrayList<>(List.of(new Dense(2)));
        Sequential sequence = new Sequential(layers);

        layers.add(new Relu());

        assertThat(sequence).isEqualTo(Sequential.of(new Dense(2)));
    }

    @Test
    void aNetworkPrintsWhatItIs() {
        assertThat(network(Sequential.of(new Dense(2), new Relu()), 3))
                .hasToString("Sequential[layers=[Dense[units=2], Relu[]]] on [3]");
    }
}
