package org.manabi.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.manabi.autodiff.Parameter;
import org.manabi.autodiff.Plan;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.AveragePooling;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What PyTorch gives for the same layers, forward and backward, in double and in float. The numbers
/// and the script that made them lie beside each other in the resources.
class PyTorchTests {

    /// Sums of some tens of products of numbers near 1, in another order: some tens of 2⁻⁵³. The file
    /// keeps 15 digits.
    private static final double DOUBLE_TOLERANCE = 1e-13;

    /// The same in float, and functions that are 2 ulp off.
    private static final double FLOAT_TOLERANCE = 4e-6;

    private static final Map<String, Layer> LAYERS =
            Map.ofEntries(
                    Map.entry("Relu", new Relu()),
                    Map.entry("Sigmoid", new Sigmoid()),
                    Map.entry("Tanh", new Tanh()),
                    Map.entry("LeakyRelu", new LeakyRelu()),
                    Map.entry("LeakyRelu 0.3", new LeakyRelu(0.3)),
                    Map.entry("Elu", new Elu()),
                    Map.entry("Elu 1.7", new Elu(1.7)),
                    Map.entry("Selu", new Selu()),
                    Map.entry("Gelu", new Gelu()),
                    Map.entry("Gelu tanh", new Gelu(Gelu.Form.TANH)),
                    Map.entry("Silu", new Silu()),
                    Map.entry("Mish", new Mish()),
                    Map.entry("Softplus", new Softplus()),
                    Map.entry("Softsign", new Softsign()),
                    Map.entry("HardSigmoid", new HardSigmoid()),
                    Map.entry("HardTanh", new HardTanh()),
                    Map.entry("HardSwish", new HardSwish()),
                    Map.entry("Softmax", new Softmax()),
                    Map.entry("LogSoftmax", new LogSoftmax()),
                    Map.entry(
                            "Conv2d",
                            new Conv2d(4, 3)
                                    .withStride(2)
                                    .withPadding(Padding.of(2))
                                    .withDilation(2)
                                    .withGroups(2)),
                    Map.entry("Conv1d", new Conv1d(3, 3)),
                    Map.entry(
                            "Conv1d wide",
                            new Conv1d(4, 3)
                                    .withStride(2)
                                    .withPadding(Padding.of(2))
                                    .withDilation(2)
                                    .withGroups(2)),
                    Map.entry("ConvTranspose2d", new ConvTranspose2d(3, 3)),
                    Map.entry(
                            "ConvTranspose2d wide",
                            new ConvTranspose2d(6, 3)
                                    .withStride(3)
                                    .withPadding(Padding.of(1))
                                    .withDilation(2)
                                    .withAdded(1)
                                    .withGroups(2)),
                    Map.entry("AveragePool2d", new AveragePool2d(2)),
                    Map.entry(
                            "AveragePool2d padded",
                            new AveragePool2d(3).withStride(2).withPadding(Padding.of(1))),
                    Map.entry(
                            "AveragePool2d inside",
                            new AveragePool2d(3)
                                    .withStride(2)
                                    .withPadding(Padding.of(1))
                                    .withDivisor(AveragePooling.Divisor.INSIDE)),
                    Map.entry(
                            "MaxPool2d", new MaxPool2d(3).withStride(2).withPadding(Padding.of(1))),
                    Map.entry("Prelu", new Prelu()),
                    Map.entry("Prelu channel", new Prelu(Prelu.Sharing.CHANNEL, 0.25)),
                    Map.entry("BatchNorm1d", new BatchNorm1d()),
                    Map.entry(
                            "BatchNorm1d 0.3",
                            new BatchNorm1d(0.3, 1e-3, RunningVariance.UNBIASED)),
                    Map.entry("BatchNorm2d", new BatchNorm2d()),
                    Map.entry("LayerNorm", new LayerNorm()),
                    Map.entry("LayerNorm sequence", new LayerNorm(1e-3)),
                    Map.entry("RmsNorm", new RmsNorm()),
                    Map.entry("GroupNorm", new GroupNorm(2)),
                    Map.entry("GroupNorm of rows", new GroupNorm(3)),
                    Map.entry("GlobalAveragePool", new GlobalAveragePool()),
                    Map.entry("GlobalMaxPool", new GlobalMaxPool()),
                    Map.entry("Lstm", new Lstm(3, Steps.ALL)),
                    Map.entry("Lstm last", new Lstm(2)),
                    Map.entry("Gru", new Gru(3, Steps.ALL)),
                    Map.entry("Gru last", new Gru(2)),
                    Map.entry("MultiHeadSelfAttention", new MultiHeadSelfAttention(2)),
                    Map.entry(
                            "MultiHeadSelfAttention causal",
                            new MultiHeadSelfAttention(
                                    3, MultiHeadSelfAttention.Mask.CAUSAL, Xavier.UNIFORM)));

    /// One case of the file.
    record Example(String name, JsonNode numbers) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Example> examples() throws IOException {
        try (InputStream file = PyTorchTests.class.getResourceAsStream("pytorch.json")) {
            List<Example> examples = new ArrayList<>();
            for (JsonNode numbers : new JsonMapper().readTree(file).get("cases")) {
                examples.add(new Example(numbers.get("name").asString(), numbers));
            }
            return examples.stream();
        }
    }

    @Test
    void everyLayerOfTheTableIsInTheFile() throws IOException {
        assertThat(examples().map(Example::name))
                .containsExactlyInAnyOrderElementsOf(LAYERS.keySet());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void inDouble(Example example) {
        compare(example, DType.FLOAT64, DOUBLE_TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void inFloat(Example example) {
        compare(example, DType.FLOAT32, FLOAT_TOLERANCE);
    }

    private static void compare(Example example, DType dtype, double tolerance) {
        JsonNode numbers = example.numbers();
        Tensor x = tensor(numbers.get("x"), dtype);
        Network network =
                new Network(
                        Objects.requireNonNull(LAYERS.get(example.name())),
                        x.shape().tail(),
                        dtype,
                        (name, shape) ->
                                tensor(
                                        numbers.get("parameters").has(name)
                                                ? numbers.get("parameters").get(name)
                                                : numbers.get("state").get(name),
                                        dtype));
        Parameter input = Parameter.of("x", x);
        Variable y = network.forward(input, Mode.TRAIN);
        Variable loss = y.times(Variable.of(tensor(numbers.get("dy"), dtype))).sum();
        List<Parameter> leaves = new ArrayList<>(network.parameters().all());
        leaves.add(input);
        Plan plan = Plan.forTraining(Engine.of(2), loss, leaves, List.of(y));
        plan.forward();
        plan.backward();

        assertNear("y", plan.value(y), numbers.get("y"), tolerance);
        assertNear("dx", plan.gradients().of(input), numbers.get("dx"), tolerance);
        for (Parameter parameter : network.parameters().all()) {
            assertNear(
                    "gradient of " + parameter,
                    plan.gradients().of(parameter),
                    numbers.get("gradients").get(parameter.name()),
                    tolerance);
        }
        network.parameters()
                .states()
                .forEach(
                        (name, state) ->
                                assertNear(
                                        name,
                                        state,
                                        numbers.get("stateAfter").get(name),
                                        tolerance));
    }

    private static Tensor tensor(JsonNode node, DType dtype) {
        return Tensor.of(dtype, shape(node), doubles(node.get("data")));
    }

    private static Shape shape(JsonNode node) {
        JsonNode dims = node.get("shape");
        int[] lengths = new int[dims.size()];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = dims.get(i).asInt();
        }
        return Shape.of(lengths);
    }

    private static double[] doubles(JsonNode node) {
        double[] values = new double[node.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = node.get(i).asDouble();
        }
        return values;
    }

    /// Relative to the number itself, or, of numbers less than 1, to 1: most are sums of larger ones.
    private static void assertNear(
            String what, Tensor actual, JsonNode expected, double tolerance) {
        assertThat(actual.shape()).as(what).isEqualTo(shape(expected));
        double[] numbers = doubles(expected.get("data"));
        for (int i = 0; i < numbers.length; i++) {
            assertThat(actual.getAsDouble(i))
                    .as("%s at %d", what, i)
                    .isCloseTo(numbers[i], within(tolerance * Math.max(1, Math.abs(numbers[i]))));
        }
    }
}
