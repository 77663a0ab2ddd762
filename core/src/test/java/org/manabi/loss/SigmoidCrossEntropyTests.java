package org.manabi.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.manabi.autodiff.Parameter;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.DType;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import tools.jackson.databind.JsonNode;

class SigmoidCrossEntropyTests {

    private static Tensor filled(Shape shape, double value) {
        double[] values = new double[shape.size()];
        Arrays.fill(values, value);
        return Tensor.of(DType.FLOAT64, shape, values);
    }

    /// The examples in the documentation of `torch.nn.BCEWithLogitsLoss`, to its four digits.
    @Test
    void pytorchsExamplesAgree() {
        int compared = 0;
        for (JsonNode example : Reference.scikitLearn().get("pytorch_doc")) {
            String logits = example.get("logits").asString();
            double value = Double.parseDouble(logits.substring(logits.lastIndexOf(' ') + 1));
            Shape shape = Shape.of(10, 64);
            double loss =
                    new SigmoidCrossEntropy()
                            .of(Logits.of(filled(shape, value)), Values.of(filled(shape, 1)))
                            .value()
                            .item();
            assertThat(loss).isCloseTo(example.get("expected").asDouble(), within(5e-5));
            compared++;
        }
        assertThat(compared).isEqualTo(2);
    }

    @Test
    void itIsFiniteForEveryFiniteLogit() {
        Parameter z =
                Parameter.of("z", Tensor.of(DType.FLOAT64, Shape.of(1, 4), 1e4, -1e4, 1e4, -1e4));
        Values t = Values.of(Tensor.of(DType.FLOAT64, Shape.of(1, 4), 1, 0, 0, 1));
        Variable loss = new SigmoidCrossEntropy(1, 0, Reduction.MEAN).of(new Logits(z), t);

        assertThat(loss.value().item()).isEqualTo(5e3);
        assertThat(loss.gradients(z).of(z).toDoubles()).containsExactly(0, 0, 0.25, -0.25);
    }

    /// `w · log 2` for a 1 at logit 0.
    @Test
    void aPositiveWeighsAsMuchAsItIsTold() {
        double loss =
                new SigmoidCrossEntropy(3, 0, Reduction.MEAN)
                        .of(
                                Logits.of(filled(Shape.of(1, 1), 0)),
                                Values.of(filled(Shape.of(1, 1), 1)))
                        .value()
                        .item();

        assertThat(loss).isCloseTo(3 * Math.log(2), within(1e-15));
    }
}
