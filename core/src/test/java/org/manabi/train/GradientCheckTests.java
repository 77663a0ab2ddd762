package org.manabi.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.manabi.autodiff.Bound;
import org.manabi.autodiff.Op;
import org.manabi.autodiff.Result;
import org.manabi.autodiff.Site;
import org.manabi.autodiff.Variable;
import org.manabi.layers.BatchNorm2d;
import org.manabi.layers.Conv2d;
import org.manabi.layers.Dense;
import org.manabi.layers.Embedding;
import org.manabi.layers.Flatten;
import org.manabi.layers.Gru;
import org.manabi.layers.Layer;
import org.manabi.layers.MaxPool2d;
import org.manabi.layers.Network;
import org.manabi.layers.Relu;
import org.manabi.layers.Scope;
import org.manabi.layers.Sequential;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;

class GradientCheckTests {

    static Stream<Network> networks() {
        return Stream.of(
                network(Shape.of(5), new Dense(8), new Relu(), new Dense(3)),
                network(
                        Shape.of(1, 9, 9),
                        new Conv2d(4, 3),
                        new BatchNorm2d(),
                        new Relu(),
                        new MaxPool2d(2),
                        new Flatten(),
                        new Dense(2)),
                network(Shape.of(6), new Embedding(7, 3), new Gru(4), new Dense(2)));
    }

    private static Network network(Shape sample, Layer... layers) {
        return new Network(Sequential.of(layers), sample, DType.FLOAT32, Seed.of(1));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void allLayersOfFloatNetworksAreChecked(Network network) {
        String before = network.parameters().sha256();

        List<GradientCheck.Finding> findings =
                GradientCheck.of(network, 3, Seed.of(2)).run(50, Seed.of(3));

        assertThat(findings).hasSameSizeAs(network.parameters().all());
        assertThat(findings).allSatisfy(one -> assertThat(one.error()).isLessThan(1e-7));
        assertThat(network.parameters().sha256()).isEqualTo(before);
    }

    @Test
    void aWrongDerivativeIsFound() {
        Network network = network(Shape.of(4), new Dense(3), new Wrong());

        List<GradientCheck.Finding> findings =
                GradientCheck.of(network, 3, Seed.of(2)).run(50, Seed.of(3));

        // a third of 2·a against a: |2a − a| / (|2a| + |a|)
        assertThat(findings).allSatisfy(one -> assertThat(one.error()).isGreaterThan(0.3));
    }

    /// Copies, with twice the gradient.
    private record Wrong() implements Layer, Op {

        @Override
        public Variable apply(Scope scope, Variable input) {
            return Result.of(this, input);
        }

        @Override
        public Shape shape(List<Variable> inputs) {
            return inputs.getFirst().shape();
        }

        @Override
        public Bound bind(Site site) {
            return new Bound() {
                @Override
                public void forward() {
                    site.output().copyFrom(site.input(0));
                }

                @Override
                public void backward() {
                    for (int i = 0; i < site.output().size(); i++) {
                        site.inputGradient(0)
                                .setFromDouble(i, 2 * site.outputGradient().getAsDouble(i));
                    }
                }
            };
        }
    }
}
