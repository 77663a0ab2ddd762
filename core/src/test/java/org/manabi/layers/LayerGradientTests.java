package org.manabi.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.manabi.autodiff.NumericalGradient;
import org.manabi.autodiff.Parameter;
import org.manabi.autodiff.Plan;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.AveragePooling;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// Every layer, in at least three configurations, differentiated by back-propagation and by central
/// differences in double: with respect to its input and to each of its parameters, in training mode.
/// A layer that the table leaves out fails [#everyLayerHasThreeConfigurations].
class LayerGradientTests {

    /// The error of a central difference, h²·f‴/6 + ε·f/h, is least, about 1e-10, near ∛ε = 6e-6.
    private static final double STEP = 0x1p-17;

    /// Two hundred times the error expected of [#STEP], and far below what any slip would cost.
    private static final double TOLERANCE = 1e-7;

    /// One line of the table: a layer, and the shape of a batch.
    record Case(Layer layer, Shape batch) {
        @Override
        public String toString() {
            return layer + " on " + batch;
        }
    }

    static List<Case> cases() {
        List<Case> table = new ArrayList<>();
        each(table, "[1,1] [2,3] [3,2,5]", new Relu(), new Sigmoid(), new Tanh());
        each(table, "[1,3] [2,3] [3,2,5]", new Softmax(), new LogSoftmax());
        each(table, "[1,1] [5,3] [2,3,7]", new LeakyRelu(), new LeakyRelu(0.3));
        each(table, "[1,1] [5,3] [2,3,7]", new Elu(), new Elu(1.7), new Selu());
        each(table, "[1,1] [5,3] [2,3,7]", new Gelu(), new Gelu(Gelu.Form.TANH));
        each(table, "[1,1] [5,3] [2,3,7]", new Silu(), new Mish(), new Softplus());
        each(table, "[1,1] [5,3] [2,3,7]", new Softsign(), new HardSwish());
        each(table, "[1,1] [5,3] [2,3,7]", new HardTanh(), new HardTanh(-0.75, 1.25));
        each(table, "[1,1] [5,3] [2,3,7]", new HardSigmoid(), new HardSigmoid(0.2, 0.5));
        each(table, "[1,1] [5,3] [2,3,7]", new Prelu(), new Prelu(Prelu.Sharing.CHANNEL, -0.5));
        each(table, "[1,1] [2,3] [3,2,1,4]", new Flatten());
        each(table, "[1,2]", new Standardize(List.of(0.0, 3.0), List.of(1.0, 0.5)));
        each(table, "[5,1]", new Standardize(List.of(-7.0), List.of(100.0)));
        each(table, "[3,3]", new Standardize(List.of(1.0, 2.0, 3.0), List.of(0.1, 1.0, 9.0)));
        each(table, "[1,1] [4,3]", new Dense(1), new Dense(5), new Dense(2, He.NORMAL, null));
        each(
                table,
                "[1,2,5,6] [3,4,7,5]",
                new Conv2d(2, 3),
                new Conv2d(4, 3).withStride(2).withPadding(Padding.SAME),
                new Conv2d(2, 2).withDilation(2).withoutBias(),
                new Conv2d(6, 3).withGroups(2).withPadding(Padding.of(1)));
        each(
                table,
                "[1,2,7] [3,4,9]",
                new Conv1d(2, 3),
                new Conv1d(4, 3).withStride(2).withPadding(Padding.SAME),
                new Conv1d(2, 2).withDilation(3).withoutBias(),
                new Conv1d(6, 5).withGroups(2).withPadding(Padding.of(2)));
        each(
                table,
                "[1,2,3,4] [3,4,2,3]",
                new ConvTranspose2d(2, 3),
                new ConvTranspose2d(4, 3).withStride(2).withPadding(Padding.SAME),
                new ConvTranspose2d(3, 2).withStride(3).withPadding(Padding.SAME),
                new ConvTranspose2d(2, 2).withDilation(2).withPadding(Padding.of(1)).withoutBias(),
                new ConvTranspose2d(6, 3).withGroups(2).withStride(3).withAdded(2));
        each(
                table,
                "[1,1,4,4] [2,3,5,7]",
                new AveragePool2d(2),
                new AveragePool2d(3).withStride(2).withPadding(Padding.of(1)),
                new AveragePool2d(3).withStride(1).withPadding(Padding.SAME),
                new AveragePool2d(2)
                        .withPadding(Padding.of(1))
                        .withDivisor(AveragePooling.Divisor.INSIDE));
        each(
                table,
                "[1,1,4,4] [2,3,5,7]",
                new MaxPool2d(2),
                new MaxPool2d(3).withStride(2),
                new MaxPool2d(2).withStride(1).withPadding(Padding.SAME));
        each(
                table,
                "[1,3] [4,5]",
                Sequential.of(new Dense(3), new Tanh()),
                Sequential.of(new Dense(2), new Softplus(), new Dense(4, Xavier.UNIFORM, null)),
                Sequential.of(Sequential.of(new Silu()), new Dense(1)));
        each(table, "[3,1] [5,3] [2,3,7]", new BatchNorm1d());
        each(table, "[3,4]", new BatchNorm1d(0.5, 0.5, RunningVariance.POPULATION));
        each(table, "[1,1,2,2] [2,3,5,1] [3,2,3,4]", new BatchNorm2d());
        each(table, "[1,4] [5,3] [2,3,7]", new LayerNorm(), new RmsNorm());
        each(table, "[2,3]", new LayerNorm(0.5), new RmsNorm(0.5));
        each(table, "[1,8] [3,4,5] [2,4,3,2]", new GroupNorm(1), new GroupNorm(2));
        each(table, "[2,4,5]", new GroupNorm(4, 0.5));
        each(table, "[1,1] [5,3] [2,3,1,4]", new Dropout(0.5), new Dropout(0.2));
        each(table, "[1,1,3] [2,3,4,5] [3,2,1]", new GlobalAveragePool(), new GlobalMaxPool());
        each(table, "[1,6] [3,2,3] [2,3,1,2]", Reshape.to(3, 2));
        each(
                table,
                "[1,3] [4,3]",
                new Residual(Sequential.of(new Dense(3), new Tanh())),
                new Residual(new Dense(5), new Dense(5, Xavier.NORMAL, null)),
                Parallel.concatenated(new Dense(2), new Tanh(), new Dense(1)),
                Parallel.summed(new Dense(3), new Tanh(), new Dropout(0.0)));
        each(
                table,
                "[1,2,4,3]",
                Parallel.concatenated(
                        new Conv2d(3, 3).withPadding(Padding.SAME), new Residual(new Silu())));
        each(table, "[1,1,1] [2,4,3]", new Lstm(1), new Lstm(3, Steps.ALL));
        each(table, "[1,1,1] [2,4,3]", new Gru(1), new Gru(3, Steps.ALL));
        each(table, "[1,2] [3,2,2] [5]", new Embedding(4, 3), new Embedding(3, 1));
        each(table, "[2,3,4]", new EachStep(new Dense(2)), new EachStep(new Gelu()));
        each(table, "[1,1,1,2]", new EachStep(new Flatten()));
        each(
                table,
                "[1,1,4] [2,3,4]",
                new MultiHeadSelfAttention(1),
                new MultiHeadSelfAttention(2),
                new MultiHeadSelfAttention(4, MultiHeadSelfAttention.Mask.CAUSAL, Xavier.UNIFORM));
        return table;
    }

    /// Each of the layers on each of the batches.
    private static void each(List<Case> table, String batches, Layer... layers) {
        for (Layer layer : layers) {
            for (String batch : batches.split(" ", -1)) {
                int[] dims =
                        Arrays.stream(batch.substring(1, batch.length() - 1).split(",", -1))
                                .mapToInt(Integer::parseInt)
                                .toArray();
                table.add(new Case(layer, Shape.of(dims)));
            }
        }
    }

    /// ±(0.1 … 0.7) or ±(0.8 … 1.2) or ±(1.3 … 2.9): clear of all kinks, which lie at 0, ±¾, ±1¼ and
    /// ±3.
    private static double draw(RandomStream random) {
        double uniform = random.nextDouble();
        double size =
                switch (random.nextInt(3)) {
                    case 0 -> 0.1 + 0.6 * uniform;
                    case 1 -> 1.05 + 0.15 * uniform;
                    default -> 1.3 + 1.15 * uniform;
                };
        return random.nextInt(2) == 0 ? size : -size;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void backPropagationAgreesWithCentralDifferences(Case of) {
        RandomStream random = Seed.of(1).child(of.toString()).stream();
        Tensor x = Tensor.zeros(DType.FLOAT64, of.batch());
        for (int i = 0; i < x.size(); i++) {
            x.setFromDouble(
                    i,
                    of.layer() instanceof Embedding(int rows, int _, Initializer _)
                            ? random.nextInt(rows)
                            : draw(random));
        }
        Network network =
                new Network(of.layer(), of.batch().tail(), DType.FLOAT64, Seed.of(of.hashCode()));
        Parameter input = Parameter.of("input", x);
        Variable output = network.forward(input, Mode.TRAIN);
        List<Parameter> leaves = new ArrayList<>(network.parameters().all());
        leaves.add(input);
        for (Parameter leaf : leaves) {
            if (!leaf.equals(input)) {
                jitter(leaf.tensor(), random);
            }
        }
        Variable loss = weighted(output, random);
        Plan plan = Plan.forTraining(Engine.serial(), loss, leaves, List.of());
        plan.forward();
        plan.backward();

        for (Parameter leaf : leaves) {
            double[] propagated = plan.gradients().of(leaf).toDoubles();
            double[] measured =
                    NumericalGradient.of(
                                    () -> {
                                        plan.forward();
                                        return plan.value(loss).item();
                                    },
                                    leaf.tensor(),
                                    STEP)
                            .toDoubles();
            assertThat(relativeError(propagated, measured))
                    .as(
                            "gradient of %s by back-propagation %s and by differences %s",
                            leaf, Arrays.toString(propagated), Arrays.toString(measured))
                    .isLessThan(TOLERANCE);
        }
    }

    /// Gains of 1 and biases of 0 would hide mistakes.
    private static void jitter(Tensor parameter, RandomStream random) {
        for (int i = 0; i < parameter.size(); i++) {
            parameter.setFromDouble(
                    i, parameter.getAsDouble(i) + 0.25 * (random.nextDouble() - 0.5));
        }
    }

    /// The results brought to one number, each with a weight of its own.
    private static Variable weighted(Variable results, RandomStream random) {
        double[] weights = new double[results.shape().size()];
        Arrays.setAll(weights, i -> draw(random));
        return results.times(Variable.of(Tensor.of(DType.FLOAT64, results.shape(), weights))).sum();
    }

    /// The largest difference, relative to the largest number of either.
    private static double relativeError(double[] propagated, double[] measured) {
        double difference = 0;
        double largest = 0;
        for (int i = 0; i < measured.length; i++) {
            difference = Math.max(difference, Math.abs(propagated[i] - measured[i]));
            largest = Math.max(largest, Math.abs(propagated[i]));
            largest = Math.max(largest, Math.abs(measured[i]));
        }
        return difference == 0 ? 0 : difference / (2 * largest);
    }

    @Test
    void everyLayerHasThreeConfigurations() throws IOException, URISyntaxException {
        var configurations =
                cases().stream()
                        .collect(
                                Collectors.groupingBy(
                                        of -> of.layer().getClass().getSimpleName(),
                                        TreeMap::new,
                                        Collectors.counting()));

        assertThat(configurations.keySet()).containsExactlyElementsOf(layersOfCore());
        assertThat(configurations.values()).allMatch(count -> count >= 3);
    }

    private static Set<String> layersOfCore() throws IOException, URISyntaxException {
        Path classes =
                Path.of(Layer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path folder = classes.resolve(Layer.class.getPackageName().replace('.', '/'));
        Set<String> layers = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                Class<?> type = loaded(Layer.class.getPackageName() + "." + name);
                if (Layer.class.isAssignableFrom(type) && type.isRecord()) {
                    layers.add(name);
                }
            }
        }
        assertThat(layers).contains("Dense", "Relu");
        return layers;
    }

    private static Class<?> loaded(String name) {
        try {
            return Class.forName(name, false, Layer.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
