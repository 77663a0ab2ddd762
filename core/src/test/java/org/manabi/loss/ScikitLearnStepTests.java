package org.manabi.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.manabi.autodiff.Gradients;
import org.manabi.autodiff.Parameter;
import org.manabi.autodiff.Variable;
import org.manabi.optim.Sgd;
import org.manabi.tensor.Activation;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import tools.jackson.databind.JsonNode;

/// One step of a two-layer network as scikit-learn's `test_fit` works it out by hand: sigmoid hidden
/// units, a sigmoid output with binary cross-entropy, and α/2·‖W‖² of both weights.
class ScikitLearnStepTests {

    private static final JsonNode STEP = Reference.scikitLearn().get("mlp_one_sgd_step");

    private static Tensor tensor(String name, int... dims) {
        return Tensor.of(DType.FLOAT64, Shape.of(dims), Reference.doubles(STEP.get(name)));
    }

    @Test
    void oneStepOfATwoLayerNetwork() {
        var x = Variable.of(tensor("x", 1, 3));
        var hiddenWeights = Parameter.of("W1", tensor("W1", 3, 2));
        var hiddenBias = Parameter.of("b1", tensor("b1", 2));
        var weights = Parameter.of("W2", tensor("W2", 2, 1));
        var bias = Parameter.of("b2", tensor("b2", 1));
        double alpha = STEP.get("l2_alpha").asDouble();

        var hidden = x.matmul(hiddenWeights).plus(hiddenBias).activate(Activation.SIGMOID);
        var score = hidden.matmul(weights).plus(bias);
        // a sigmoid of z is a softmax of (0, z)
        var logits = score.matmul(Variable.of(Tensor.of(DType.FLOAT64, Shape.of(1, 2), 0, 1)));
        var loss =
                SoftmaxCrossEntropy.MEAN.of(
                        new Logits(logits), Labels.of(2, STEP.get("y").asInt()));
        var squares = hiddenWeights.square().sum().plus(weights.square().sum());
        List<Parameter> parameters = List.of(hiddenWeights, hiddenBias, weights, bias);

        assertThat(hidden.value().toDoubles())
                .containsExactly(Reference.doubles(STEP.get("h")), within(1e-14));
        // worked out from h rounded to 3 digits, so off by up to ¼·(0.1 + 0.2)·0.0005
        assertThat(logits.softmax().value().get(0, 1))
                .isCloseTo(STEP.get("o").asDouble(), within(4e-5));

        Gradients gradients =
                loss.plus(squares.times(alpha / 2)).gradients(parameters.toArray(Parameter[]::new));
        var rule = new Sgd(STEP.get("lr").asDouble());
        for (Parameter parameter : parameters) {
            rule.update(
                    Engine.serial(),
                    parameter.tensor(),
                    gradients.of(parameter),
                    List.of(),
                    1,
                    rule.learningRate());
        }

        // to 3 decimals, as scikit-learn compares: its calculation takes 0.6 once for the input 0.7
        for (Parameter parameter : parameters) {
            assertThat(parameter.tensor().toDoubles())
                    .as(parameter.name())
                    .containsExactly(
                            Reference.doubles(STEP.get("expected").get(parameter.name())),
                            within(0.0005));
        }
        assertThat(logits.softmax().value().get(0, 1))
                .isCloseTo(
                        STEP.get("expected").get("predict_proba_1_after").asDouble(),
                        within(0.0005));
    }
}
