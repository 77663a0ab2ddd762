package org.manabi.formats.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.manabi.formats.model.ModelCard;
import org.manabi.formats.model.SavedModel;
import org.manabi.layers.AveragePool2d;
import org.manabi.layers.BatchNorm1d;
import org.manabi.layers.BatchNorm2d;
import org.manabi.layers.Conv1d;
import org.manabi.layers.Conv2d;
import org.manabi.layers.ConvTranspose2d;
import org.manabi.layers.Dense;
import org.manabi.layers.Dropout;
import org.manabi.layers.Elu;
import org.manabi.layers.Flatten;
import org.manabi.layers.Gelu;
import org.manabi.layers.GlobalAveragePool;
import org.manabi.layers.GlobalMaxPool;
import org.manabi.layers.GroupNorm;
import org.manabi.layers.HardSigmoid;
import org.manabi.layers.HardSwish;
import org.manabi.layers.HardTanh;
import org.manabi.layers.Layer;
import org.manabi.layers.LayerNorm;
import org.manabi.layers.LeakyRelu;
import org.manabi.layers.LogSoftmax;
import org.manabi.layers.MaxPool2d;
import org.manabi.layers.Mish;
import org.manabi.layers.Network;
import org.manabi.layers.Padding;
import org.manabi.layers.Parallel;
import org.manabi.layers.Prelu;
import org.manabi.layers.Relu;
import org.manabi.layers.Reshape;
import org.manabi.layers.Residual;
import org.manabi.layers.RmsNorm;
import org.manabi.layers.Selu;
import org.manabi.layers.Sequential;
import org.manabi.layers.Sigmoid;
import org.manabi.layers.Silu;
import org.manabi.layers.Softmax;
import org.manabi.layers.Softplus;
import org.manabi.layers.Softsign;
import org.manabi.layers.Standardize;
import org.manabi.layers.Tanh;
import org.manabi.tensor.AveragePooling.Divisor;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import org.manabi.train.Model;
import org.manabi.train.Predictor;

/// Generated classes are compiled, and give the bits of the models that they were made from.
class JavaSourceTests {

    private static final int SAMPLES = 1000;

    @TempDir private Path folder;

    record Architecture(String name, Shape sample, List<Layer> layers) {
        Architecture {
            layers = List.copyOf(layers);
        }

        @Override
        public String toString() {
            return name;
        }

        Network network() {
            Network network =
                    new Network(new Sequential(layers), sample, DType.FLOAT32, Seed.of(7));
            SplittableRandom random = new SplittableRandom(8);
            network.parameters().tensors().forEach((tensor, values) -> fill(values, random));
            return network;
        }

        /// What begins as zeros or ones gets numbers of which each counts.
        private static void fill(Tensor values, SplittableRandom random) {
            for (int i = 0; values.shape().rank() == 1 && i < values.size(); i++) {
                values.setFromDouble(i, random.nextDouble() + 0.25);
            }
        }
    }

    static Stream<Architecture> architectures() {
        return Stream.of(
                new Architecture(
                        "Perceptron",
                        Shape.of(20),
                        List.of(
                                new Dense(33),
                                new Sigmoid(),
                                new Dense(17),
                                new Tanh(),
                                new Dense(5))),
                new Architecture(
                        "Images",
                        Shape.of(2, 11, 9),
                        List.of(
                                new Conv2d(6, 3).withPadding(Padding.SAME),
                                new BatchNorm2d(),
                                new Relu(),
                                new MaxPool2d(2),
                                new Conv2d(8, 3).withGroups(2).withStride(2).withoutBias(),
                                new LeakyRelu(0.1),
                                new MaxPool2d(2).withStride(1).withPadding(Padding.of(1)),
                                new Flatten(),
                                new Dropout(0.5),
                                new Dense(12),
                                new Relu(),
                                new Dense(4),
                                new Softmax())),
                new Architecture(
                        "Activations",
                        Shape.of(12),
                        List.of(
                                new Dense(9),
                                new Elu(0.7),
                                new Selu(),
                                new Gelu(Gelu.Form.EXACT),
                                new Dense(9),
                                new Gelu(Gelu.Form.TANH),
                                new Dense(9),
                                new Silu(),
                                new Dense(9),
                                new Mish(),
                                new Softplus(),
                                new Softsign(),
                                new Dense(9),
                                new HardSwish(),
                                new HardSigmoid(),
                                new Dense(9),
                                new HardTanh(-0.4, 0.9),
                                new Prelu(),
                                new Dense(9),
                                new Prelu(Prelu.Sharing.CHANNEL, 0.2),
                                new LogSoftmax())),
                new Architecture(
                        "Norms",
                        Shape.of(30),
                        List.of(
                                new Standardize(
                                        new java.util.ArrayList<>(
                                                java.util.Collections.nCopies(30, 0.3)),
                                        java.util.Collections.nCopies(30, 1.7)),
                                new Dense(24),
                                new BatchNorm1d(),
                                new LayerNorm(),
                                new Dense(24),
                                new RmsNorm(),
                                new GroupNorm(3),
                                Reshape.to(4, 3, 2),
                                new GroupNorm(2),
                                new LayerNorm(),
                                new AveragePool2d(2)
                                        .withStride(1)
                                        .withPadding(Padding.SAME)
                                        .withDivisor(Divisor.INSIDE),
                                new AveragePool2d(3).withStride(1).withPadding(Padding.of(1)),
                                Parallel.concatenated(
                                        new GlobalAveragePool(), new GlobalMaxPool()))),
                new Architecture(
                        "Branches",
                        Shape.of(3, 8, 8),
                        List.of(
                                new Residual(
                                        Sequential.of(
                                                new Conv2d(3, 3).withPadding(Padding.SAME),
                                                new Relu())),
                                Parallel.concatenated(
                                        new Conv2d(2, 1),
                                        new Conv2d(4, 3).withPadding(Padding.SAME).withDilation(2)),
                                Parallel.summed(
                                        new Conv2d(4, 1), new Conv2d(4, 1), new Conv2d(4, 1)),
                                new GlobalAveragePool(),
                                new Dense(3))),
                new Architecture(
                        "Sequences",
                        Shape.of(3, 20),
                        List.of(
                                new Conv1d(4, 3).withPadding(Padding.SAME).withDilation(2),
                                new Relu(),
                                new Conv1d(6, 4).withStride(2).withGroups(2),
                                new GlobalMaxPool())));
    }

    private Class<?> compiled(String name, String source) throws Exception {
        Path file = folder.resolve(name + ".java");
        Files.writeString(file, source);
        ToolProvider compiler = ToolProvider.findFirst("javac").orElseThrow();
        StringWriter messages = new StringWriter();
        PrintWriter out = new PrintWriter(messages);
        int code =
                compiler.run(
                        out,
                        out,
                        "-Xlint:all",
                        "-Werror",
                        "-d",
                        folder.toString(),
                        file.toString());
        assertThat(code).as(messages.toString()).isZero();
        // Nothing but the JDK is behind this loader.
        try (URLClassLoader loader =
                new URLClassLoader(
                        new URL[] {folder.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            return loader.loadClass(name);
        }
    }

    private static SavedModel saved(Model<?> model) {
        return new SavedModel(model, ModelCard.EMPTY);
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void generatedClassGivesTheBitsOfTheModel(Architecture architecture) throws Exception {
        Model<?> model = Model.ofOutputs(architecture.network());
        Class<?> type =
                compiled(architecture.name(), JavaSource.of(saved(model), architecture.name()));
        Method predict = type.getMethod("predict", float[].class);
        Predictor predictor = new Predictor(Engine.serial(), model, 1);
        FloatTensor inputs = (FloatTensor) predictor.inputs();
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < SAMPLES; i++) {
            float[] x = new float[inputs.size()];
            for (int k = 0; k < x.length; k++) {
                x[k] = (float) (random.nextDouble() * 6 - 3);
                inputs.setFromDouble(k, x[k]);
            }
            float[] y = (float[]) predict.invoke(null, (Object) x);
            Tensor expected = predictor.run();
            assertThat(y).hasSize(expected.size());
            for (int k = 0; k < y.length; k++) {
                assertThat(Float.floatToIntBits(y[k]))
                        .as("sample %d, output %d", i, k)
                        .isEqualTo(Float.floatToIntBits((float) expected.getAsDouble(k)));
            }
        }
    }

    @Test
    void classifierHasProbabilitiesAndNames() throws Exception {
        Network network =
                new Network(Sequential.of(new Dense(3)), Shape.of(4), DType.FLOAT32, Seed.of(3));
        SavedModel saved =
                new SavedModel(
                        Model.ofLogits(network),
                        ModelCard.EMPTY
                                .withDivisor(255)
                                .withClassNames(List.of("a", "b\"\\", "桜\n")));
        Class<?> type = compiled("Net", JavaSource.of(saved, "Net"));
        float[] x = {255, 0, 51, 102};
        float[] p = (float[]) type.getMethod("probabilities", float[].class).invoke(null, x);
        double[] scores = new double[3];
        double sum = 0;
        Tensor w = network.parameters().get("0.weight").tensor();
        for (int j = 0; j < 3; j++) {
            double score =
                    w.getAsDouble(j) + 0.2 * w.getAsDouble(6 + j) + 0.4 * w.getAsDouble(9 + j);
            scores[j] = Math.exp(score);
            sum += scores[j];
        }
        int best = 0;
        for (int j = 0; j < 3; j++) {
            assertThat((double) p[j]).isBetween(scores[j] / sum - 1e-6, scores[j] / sum + 1e-6);
            best = p[j] > p[best] ? j : best;
        }
        assertThat(type.getMethod("nameOf", float[].class).invoke(null, x))
                .isEqualTo(List.of("a", "b\"\\", "桜\n").get(best));
    }

    @Test
    void manyWeightsFitIntoAClassFile() throws Exception {
        Network network =
                new Network(
                        Sequential.of(new Dense(1000)), Shape.of(100), DType.FLOAT32, Seed.of(3));
        Model<?> model = Model.ofOutputs(network);
        Class<?> type = compiled("Wide", JavaSource.of(saved(model), "Wide"));
        float[] y = (float[]) type.getMethod("predict", float[].class).invoke(null, new float[100]);
        assertThat(y).hasSize(1000).containsOnly(0);
    }

    @Test
    void whatCannotBeWrittenIsNamed() throws IOException {
        Network network =
                new Network(
                        Sequential.of(new ConvTranspose2d(1, 2), new Flatten()),
                        Shape.of(1, 2, 2),
                        DType.FLOAT32,
                        Seed.of(1));
        SavedModel saved = saved(Model.ofOutputs(network));
        assertThatThrownBy(() -> JavaSource.of(saved, "Net"))
                .hasMessage(
                        "the layer 0 ConvTranspose2d[channels=1, kernel=2] cannot be written as"
                                + " Java; export the model as .onnx");
        SavedModel small =
                saved(
                        Model.ofOutputs(
                                new Network(new Dense(1), Shape.of(1), DType.FLOAT32, Seed.of(1))));
        for (String wrong : List.of("", "1st", "my-net", "class")) {
            assertThatThrownBy(() -> JavaSource.of(small, wrong))
                    .hasMessage(
                            wrong + " cannot be the name of a Java class; call the file Net.java");
        }
    }
}
