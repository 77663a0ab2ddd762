package org.manabi.formats.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.manabi.formats.FormatException;
import org.manabi.formats.array.ElementType;
import org.manabi.formats.array.NumericArray;
import org.manabi.layers.Gelu;
import org.manabi.layers.Network;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import org.manabi.train.Model;
import org.manabi.train.OutputKind;
import org.manabi.train.Predictor;

/// What was exported comes back as layers that give the same numbers to the bit.
class OnnxImportTests {

    /// Whose graphs have branches, or operators that stand for more than one layer.
    private static final List<String> NO_CHAINS =
            List.of(
                    "gaussian",
                    "gated",
                    "layer norm",
                    "norms of images",
                    "transposed",
                    "transposed to a multiple",
                    "transposed with more",
                    "residual",
                    "inception",
                    "global pools");

    static Stream<OnnxExportTests.Architecture> chains() {
        return OnnxExportTests.architectures().filter(all -> !NO_CHAINS.contains(all.name()));
    }

    @ParameterizedTest
    @MethodSource("chains")
    void exportedNetworksComeBack(OnnxExportTests.Architecture architecture) {
        Network network = architecture.network();
        Model<?> back = OnnxImport.of(OnnxExport.of(network), "a.onnx");
        assertThat(back.network().sampleShape()).isEqualTo(network.sampleShape());
        assertThat(back.network().parameters().count()).isEqualTo(network.parameters().count());
        Predictor expected = new Predictor(Engine.serial(), Model.ofOutputs(network), 7);
        Predictor actual = new Predictor(Engine.serial(), back, 7);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < expected.inputs().size(); i++) {
            double x = random.nextDouble() * 4 - 2;
            expected.inputs().setFromDouble(i, x);
            actual.inputs().setFromDouble(i, x);
        }
        Tensor right = expected.run();
        assertThat(actual.run().toDoubles()).containsExactly(right.toDoubles());
    }

    private static OnnxModel model(Map<String, NumericArray> constants, OnnxNode... nodes) {
        OnnxValue x =
                new OnnxValue(
                        "x",
                        ElementType.FLOAT32,
                        List.of(OnnxValue.Dim.free("N"), OnnxValue.Dim.of(2)));
        return new OnnxModel(
                8,
                "",
                Map.of("", 17L),
                new OnnxGraph(
                        "g",
                        List.of(nodes),
                        constants,
                        List.of(x),
                        List.of(new OnnxValue("y", null, null))));
    }

    /// As PyTorch and Keras write it: weights `[out, in]`, and a bias that is added by itself.
    @Test
    void bothLayoutsOfWeightsAreRead() {
        NumericArray rows = NumericArray.ofFloats(new long[] {3, 2}, 1, 2, 3, 4, 5, 6);
        NumericArray columns = NumericArray.ofFloats(new long[] {3, 1}, 1, -1, 2);
        NumericArray bias = NumericArray.ofFloats(new long[] {1}, 0.5f);
        Model<?> model =
                OnnxImport.of(
                        model(
                                Map.of("w", rows, "v", columns, "b", bias),
                                OnnxNode.of(
                                        "a",
                                        "Gemm",
                                        List.of("x", "w"),
                                        "h",
                                        Map.of("transB", OnnxAttribute.of(1))),
                                OnnxNode.of("b", "MatMul", List.of("h", "v"), "m", Map.of()),
                                OnnxNode.of("c", "Add", List.of("b", "m"), "y", Map.of())),
                        "a.onnx");
        assertThat(model.kind()).isEqualTo(OutputKind.OUTPUTS);
        Predictor predictor = new Predictor(Engine.serial(), model, 1);
        predictor.inputs().setFromDouble(0, 1);
        predictor.inputs().setFromDouble(1, 10);
        // h = (21, 43, 65), y = 21 − 43 + 130 + ½
        assertThat(predictor.run().toDoubles()).containsExactly(108.5);
    }

    @Test
    void whatIsNoLayerIsNamedWithItsNode() {
        assertThatThrownBy(
                        () ->
                                OnnxImport.of(
                                        model(
                                                Map.of(),
                                                OnnxNode.of(
                                                        "sine",
                                                        "Sin",
                                                        List.of("x"),
                                                        "y",
                                                        Map.of())),
                                        "a.onnx"))
                .isInstanceOf(FormatException.class)
                .hasMessage(
                        "a.onnx: node \"sine\" (Sin): the operator is no layer that can be"
                                + " trained");
        Network gelu =
                new Network(new Gelu(Gelu.Form.EXACT), Shape.of(2), DType.FLOAT32, Seed.of(1));
        assertThatThrownBy(() -> OnnxImport.of(OnnxExport.of(gelu), "a.onnx"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("(Erf): the operator is no layer");
        assertThatThrownBy(
                        () ->
                                OnnxImport.of(
                                        model(
                                                Map.of(),
                                                OnnxNode.of(
                                                        "r", "Relu", List.of("x"), "h", Map.of()),
                                                OnnxNode.of(
                                                        "s",
                                                        "Add",
                                                        List.of("x", "h"),
                                                        "y",
                                                        Map.of())),
                                        "a.onnx"))
                .hasMessageContaining("only nodes that follow each other become layers");
    }
}
