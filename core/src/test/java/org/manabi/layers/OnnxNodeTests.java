package org.manabi.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.DType;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The operator tests of the ONNX standard, in float32. Origin and licence of the numbers, and what was
/// changed in them, are told by `onnx_nodes.py` beside them.
class OnnxNodeTests {

    // those of ONNX's own test runner
    private static final double RELATIVE = 1e-3;
    private static final double ABSOLUTE = 1e-7;

    /// One test of the standard.
    record Node(String name, JsonNode numbers) {
        @Override
        public String toString() {
            return name;
        }

        private double attribute(String attribute, double usual) {
            return numbers.get("attributes").path(attribute).asDouble(usual);
        }

        /// The layer with the node's attributes, and with ONNX's own where it has none.
        Layer layer() {
            String operator = name.replace("training_", "").split("_", -1)[0];
            return switch (operator) {
                case "relu" -> new Relu();
                case "sigmoid" -> new Sigmoid();
                case "tanh" -> new Tanh();
                case "elu" -> new Elu(attribute("alpha", 1));
                case "selu" ->
                        new Scaled(
                                attribute("alpha", Selu.ALPHA),
                                attribute("gamma", 1.0507009873554805));
                case "leakyrelu" -> new LeakyRelu(attribute("alpha", 0.01));
                case "hardsigmoid" ->
                        new HardSigmoid(attribute("alpha", 0.2), attribute("beta", 0.5));
                case "hardswish" -> new HardSwish();
                case "softplus" -> new Softplus();
                case "softsign" -> new Softsign();
                case "softmax" -> new Softmax();
                case "logsoftmax" -> new LogSoftmax();
                case "globalaveragepool" -> new GlobalAveragePool();
                case "globalmaxpool" -> new GlobalMaxPool();
                case "dropout" -> new Dropout(name.startsWith("training") ? 0 : 0.5);
                case "batchnorm" ->
                        new BatchNorm2d(
                                1 - attribute("momentum", 0.9),
                                attribute("epsilon", 1e-5),
                                RunningVariance.POPULATION);
                case "layer" -> new LayerNorm(attribute("epsilon", 1e-5));
                case "lstm" -> new Lstm((int) attribute("hidden_size", 0));
                case "gru" -> new Gru((int) attribute("hidden_size", 0));
                default -> throw new AssertionError("no layer for " + operator);
            };
        }
    }

    /// SELU with the settings that ONNX's operator has and the layer has not.
    private record Scaled(double alpha, double gamma) implements Layer {
        @Override
        public Variable apply(Scope scope, Variable input) {
            return input.apply(org.manabi.tensor.Nonlinearity.elu(alpha, gamma));
        }
    }

    static Stream<Node> nodes() throws IOException {
        try (InputStream file = OnnxNodeTests.class.getResourceAsStream("onnx_nodes.json")) {
            List<Node> nodes = new ArrayList<>();
            for (JsonNode numbers : new JsonMapper().readTree(file).get("cases")) {
                nodes.add(new Node(numbers.get("name").asString(), numbers));
            }
            return nodes.stream();
        }
    }

    @Test
    void noneIsLost() throws IOException {
        assertThat(nodes()).hasSize(49);
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void agrees(Node node) {
        JsonNode numbers = node.numbers();
        Tensor x = tensor(numbers.get("x"));
        Network network =
                new Network(
                        node.layer(),
                        x.shape().tail(),
                        DType.FLOAT32,
                        (name, shape) ->
                                tensor(
                                        numbers.get("parameters").has(name)
                                                ? numbers.get("parameters").get(name)
                                                : numbers.get("state").get(name)));
        Mode mode = Mode.valueOf(numbers.get("mode").asString());

        Tensor y = network.forward(Variable.of(x), mode).value();

        assertNear("y", y, tensor(numbers.get("y")));
        network.parameters()
                .states()
                .forEach(
                        (name, state) ->
                                assertNear(
                                        name, state, tensor(numbers.get("stateAfter").get(name))));
    }

    private static Tensor tensor(JsonNode node) {
        int[] dims = new int[node.get("shape").size()];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = node.get("shape").get(i).asInt();
        }
        double[] values = new double[node.get("data").size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = node.get("data").get(i).asDouble();
        }
        return Tensor.of(DType.FLOAT32, Shape.of(dims), values);
    }

    private static void assertNear(String what, Tensor actual, Tensor expected) {
        assertThat(actual.shape()).as(what).isEqualTo(expected.shape());
        for (int i = 0; i < expected.size(); i++) {
            double number = expected.getAsDouble(i);
            assertThat(actual.getAsDouble(i))
                    .as("%s at %d", what, i)
                    .isCloseTo(number, within(ABSOLUTE + RELATIVE * Math.abs(number)));
        }
    }
}
