package org.manabi.formats.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.manabi.autodiff.Variable;
import org.manabi.formats.array.NumericArray;
import org.manabi.formats.onnx.run.GraphRunner;
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
import org.manabi.layers.He;
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
import org.manabi.layers.Scope;
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

/// What is exported gives the same in ONNX Runtime, in the graph runner and in the network itself.
class OnnxExportTests {

    /// 15 batches of 64 and 40 of 1 are 1,000 samples.
    private static final int LARGE = 15;

    private static final int SMALL = 40;

    /// Sums of at most some hundred products of numbers around 1 in float: 24 bits, less 7 for the
    /// differing order of the sums.
    private static final double TOLERANCE = 1e-5;

    /// An architecture and the shape of its samples.
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
            network.parameters()
                    .tensors()
                    .forEach((tensor, values) -> fill(tensor, values, random));
            return network;
        }
    }

    /// What begins as zeros or ones gets numbers of which each counts.
    private static void fill(String name, Tensor values, SplittableRandom random) {
        boolean centered = name.endsWith("bias") || name.endsWith("runningMean");
        boolean positive =
                name.endsWith("runningVariance")
                        || (name.endsWith("weight") && values.shape().rank() == 1);
        for (int i = 0; (centered || positive) && i < values.size(); i++) {
            values.setFromDouble(i, random.nextDouble() + (positive ? 0.5 : -0.5));
        }
    }

    private static Architecture dense(String name, Layer... activations) {
        List<Layer> layers = new ArrayList<>();
        for (Layer activation : activations) {
            layers.add(new Dense(12));
            layers.add(activation);
        }
        layers.add(new Dense(5));
        return new Architecture(name, Shape.of(9), layers);
    }

    private static Architecture images(String name, Layer... layers) {
        List<Layer> all = new ArrayList<>(List.of(layers));
        all.add(new Flatten());
        all.add(new Dense(4));
        return new Architecture(name, Shape.of(3, 9, 8), all);
    }

    static Stream<Architecture> architectures() {
        return Stream.of(
                dense("linear"),
                dense("the chapter's", new Sigmoid()),
                dense("relu", new Relu(), new Relu()),
                dense("smooth", new Tanh(), new Softplus(), new Softsign()),
                dense("exponential", new Elu(0.7), new Selu()),
                dense("gaussian", new Gelu(Gelu.Form.EXACT), new Gelu(Gelu.Form.TANH)),
                dense("gated", new Silu(), new Mish(), new HardSwish()),
                dense("clipped", new HardTanh(-0.4, 0.9), new HardSigmoid(0.2, 0.5)),
                dense("leaking", new LeakyRelu(0.1), new Prelu()),
                dense("channels", new Prelu(Prelu.Sharing.CHANNEL, 0.3)),
                dense("probabilities", new Relu(), new Softmax()),
                dense("log probabilities", new LogSoftmax()),
                new Architecture(
                        "without bias", Shape.of(6), List.of(new Dense(7, He.NORMAL, null))),
                new Architecture(
                        "nested",
                        Shape.of(6),
                        List.of(
                                Sequential.of(new Dense(7), Sequential.of(new Relu())),
                                new Dense(3))),
                images("convolution", new Conv2d(6, 3), new Relu(), new MaxPool2d(2)),
                images(
                        "same padding",
                        new Conv2d(6, 3).withPadding(Padding.SAME).withStride(2),
                        new MaxPool2d(2).withStride(1).withPadding(Padding.SAME)),
                images(
                        "uneven padding",
                        new Conv2d(6, 3).withPadding(new Padding.Around(1, 0, 2, 1))),
                images("groups and gaps", new Conv2d(6, 3).withGroups(3).withDilation(2)),
                images(
                        "deep",
                        new Conv2d(4, 3).withPadding(Padding.of(1)).withoutBias(),
                        new Prelu(Prelu.Sharing.CHANNEL, 0.2),
                        new Conv2d(8, 3),
                        new Relu(),
                        new MaxPool2d(2)),
                new Architecture(
                        "standardized",
                        Shape.of(3),
                        List.of(
                                new Standardize(List.of(1.0, -2.0, 0.5), List.of(2.0, 0.5, 3.0)),
                                new Dense(4))),
                dense("batch norm", new BatchNorm1d(), new Dropout(0.5)),
                images("batch norm of images", new Conv2d(4, 3), new BatchNorm2d(), new Relu()),
                images("average", new AveragePool2d(2)),
                images(
                        "average with padding",
                        new AveragePool2d(3).withStride(2).withPadding(Padding.of(1)),
                        new AveragePool2d(2).withStride(1).withPadding(Padding.SAME)),
                images(
                        "average without padding",
                        new AveragePool2d(3).withPadding(Padding.SAME).withDivisor(Divisor.INSIDE)),
                images("global average", new Conv2d(5, 2), new GlobalAveragePool()),
                images(
                        "global pools",
                        Parallel.concatenated(new GlobalAveragePool(), new GlobalMaxPool())),
                dense("layer norm", new LayerNorm(), new RmsNorm(), new GroupNorm(3)),
                images("norms of images", new GroupNorm(3), new LayerNorm(1e-3), new RmsNorm()),
                images(
                        "transposed",
                        new ConvTranspose2d(4, 3).withStride(2).withPadding(Padding.of(1)),
                        new ConvTranspose2d(2, 2).withDilation(2).withGroups(2).withoutBias()),
                images(
                        "transposed to a multiple",
                        new ConvTranspose2d(4, 3).withStride(2).withPadding(Padding.SAME),
                        new ConvTranspose2d(2, 1).withStride(2).withPadding(Padding.SAME)),
                images(
                        "transposed with more",
                        new ConvTranspose2d(4, 3).withStride(3).withAdded(2)),
                new Architecture(
                        "sequences",
                        Shape.of(3, 20),
                        List.of(
                                new Conv1d(4, 3).withPadding(Padding.SAME).withDilation(2),
                                new BatchNorm1d(),
                                new Prelu(Prelu.Sharing.CHANNEL, 0.2),
                                new Conv1d(6, 4).withStride(2).withGroups(2),
                                new GlobalMaxPool(),
                                new Dense(3))),
                new Architecture(
                        "reshaped",
                        Shape.of(18),
                        List.of(
                                Reshape.to(2, 3, 3),
                                new Conv2d(3, 2),
                                Reshape.to(12),
                                new Dense(2))),
                images(
                        "residual",
                        new Residual(
                                Sequential.of(
                                        new Conv2d(3, 3).withPadding(Padding.SAME),
                                        new BatchNorm2d(),
                                        new Relu())),
                        new Residual(new Conv2d(5, 3).withPadding(Padding.SAME), new Conv2d(5, 1))),
                images(
                        "inception",
                        Parallel.concatenated(
                                new Conv2d(2, 1),
                                new Conv2d(3, 3).withPadding(Padding.SAME),
                                Sequential.of(
                                        new MaxPool2d(3).withStride(1).withPadding(Padding.SAME),
                                        new Conv2d(2, 1))),
                        Parallel.summed(new Conv2d(4, 1), new Conv2d(4, 1), new Conv2d(4, 1))));
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void outputsAreTheSameInOnnxRuntime(Architecture architecture) throws OrtException {
        Network network = architecture.network();
        OnnxModel model = OnnxExport.of(network);
        byte[] bytes = OnnxWriter.bytes(model);
        assertThat(Onnx.read(bytes, "a.onnx")).isEqualTo(model);
        GraphRunner runner = new GraphRunner(model, "a.onnx");
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        SplittableRandom random = new SplittableRandom(9);
        try (OrtSession session = environment.createSession(bytes)) {
            for (int size : new int[] {1, 64}) {
                Predictor predictor =
                        new Predictor(Engine.serial(), Model.ofOutputs(network), size);
                for (int i = 0; i < (size == 1 ? SMALL : LARGE); i++) {
                    FloatTensor inputs = (FloatTensor) predictor.inputs();
                    for (int k = 0; k < inputs.size(); k++) {
                        inputs.setFromDouble(k, random.nextDouble() * 4 - 2);
                    }
                    NumericArray given = NumericArray.from(inputs);
                    float[] expected = judge(environment, session, given);
                    assertClose(predictor.run().toDoubles(), expected);
                    NumericArray ran =
                            runner.run(Map.of(NetworkGraph.INPUT, given))
                                    .getOrDefault(NetworkGraph.OUTPUT, given);
                    assertClose(ran.toDoubles(), expected);
                }
            }
        }
    }

    private static float[] judge(OrtEnvironment environment, OrtSession session, NumericArray given)
            throws OrtException {
        try (OnnxTensor tensor =
                        OnnxTensor.createTensor(
                                environment, FloatBuffer.wrap(given.toFloats()), given.dims());
                OrtSession.Result result = session.run(Map.of(NetworkGraph.INPUT, tensor))) {
            FloatBuffer buffer = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] values = new float[buffer.remaining()];
            buffer.get(values);
            return values;
        }
    }

    private static void assertClose(double[] actual, float[] expected) {
        assertThat(actual).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            double scale = Math.max(1, Math.abs(expected[i]));
            assertThat(Math.abs(actual[i] - expected[i]))
                    .as("output %d: %s, ONNX Runtime gives %s", i, actual[i], expected[i])
                    .isLessThanOrEqualTo(TOLERANCE * scale);
        }
    }

    /// A layer of somebody else.
    record Twice() implements Layer {
        @Override
        public Variable apply(Scope scope, Variable input) {
            return input.times(2);
        }
    }

    @Test
    void layersThatCannotBeWrittenAreNamed() {
        Network network =
                new Network(
                        Sequential.of(new Dense(3), new Twice()),
                        Shape.of(2),
                        DType.FLOAT32,
                        Seed.of(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnnxExport.of(network))
                .withMessage("the layer 1 Twice[] cannot be written as ONNX");
    }
}
