package org.manabi.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.manabi.Conformance;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import tools.jackson.databind.JsonNode;

/// The steps that Keras's own tests assert: from a start, some gradients in order, and where the
/// parameter is then. Keras's defaults are given where they are not ours.
class KerasOptimizerTests {

    private static final Map<String, String> UNMAPPED = Map.of("Ftrl", "not one of our optimizers");

    /// Keras adds ε before the bias correction of v; as ours comes after it, the same ε is
    /// `ε / √(1 − β₂ᵗ)` at step t.
    private static double epsilon(JsonNode config, double beta2, long step) {
        return config.path("epsilon").asDouble(1e-7)
                / Math.sqrt(1 - Math.pow(beta2, (double) step));
    }

    /// Our rule for a case at a step.
    private static Optimizer rule(String name, JsonNode config, long step) {
        double rate = config.path("learning_rate").asDouble(name.equals("SGD") ? 0.01 : 0.001);
        double beta1 = config.path("beta_1").asDouble(0.9);
        double beta2 = config.path("beta_2").asDouble(0.999);
        double epsilon = config.path("epsilon").asDouble(1e-7);
        return switch (name) {
            case "SGD" -> new Nesterov(rate, 0);
            case "Adagrad" ->
                    new Adagrad(
                            rate, epsilon, config.path("initial_accumulator_value").asDouble(0.1));
            case "Adadelta" -> new Adadelta(rate, config.path("rho").asDouble(0.95), epsilon);
            case "RMSprop" ->
                    new RmsProp(
                            rate,
                            0.9,
                            epsilon,
                            0,
                            config.path("centered").asBoolean(false)
                                    ? RmsProp.Centering.CENTERED
                                    : RmsProp.Centering.PLAIN);
            case "Adam" ->
                    config.path("amsgrad").asBoolean(false)
                            ? new AmsGrad(rate, beta1, beta2, epsilon(config, beta2, step))
                            : new Adam(rate, beta1, beta2, epsilon(config, beta2, step));
            case "AdamW" ->
                    new AdamW(
                            rate,
                            config.path("weight_decay").asDouble(0.004),
                            beta1,
                            beta2,
                            epsilon(config, beta2, step));
            case "Adamax" -> new Adamax(rate, beta1, beta2, epsilon);
            case "Nadam" -> new NAdam(rate, beta1, beta2, epsilon, 1);
            case "Lion" -> new Lion(rate, beta1, config.path("beta_2").asDouble(0.99), 0);
            case "Lamb" -> new Lamb(rate, 0, beta1, beta2, epsilon);
            default -> throw new AssertionError(name);
        };
    }

    @Test
    void ninetyPercentOfTheCasesAreOursAndAllOfThemPass() {
        JsonNode cases = Conformance.json("keras/optimizers.json").get("cases");
        Map<String, Integer> unmapped = new TreeMap<>();
        List<String> failures = new ArrayList<>();
        int mapped = 0;
        for (JsonNode example : cases) {
            String name = example.get("optimizer").asString();
            String reason = UNMAPPED.get(name);
            if (reason != null) {
                unmapped.merge(name + ": " + reason, 1, Integer::sum);
            } else {
                mapped++;
                check(example, name, failures);
            }
        }
        System.out.printf(
                "Keras optimizers: %d of %d cases mapped, %d failed; unmapped %s%n",
                mapped, cases.size(), failures.size(), unmapped);

        assertThat(failures).isEmpty();
        assertThat(cases.size()).isEqualTo(65);
        assertThat(mapped).isEqualTo(59);
    }

    private static void check(JsonNode example, String name, List<String> failures) {
        JsonNode config = example.get("config");
        Tensor point = tensor(example.get("init"));
        List<Tensor> slots = new ArrayList<>();
        rule(name, config, 1).slots().forEach(slot -> slots.add(slot.tensorFor(point)));
        long step = 0;
        for (JsonNode gradient : example.get("grads")) {
            step++;
            Optimizer rule = rule(name, config, step);
            rule.update(Engine.serial(), point, tensor(gradient), slots, step, rule.learningRate());
        }
        double[] expected = tensor(example.get("expected_after")).toDoubles();
        double absolute = example.get("tolerance").get("atol").asDouble();
        double relative = example.get("tolerance").get("rtol").asDouble();
        for (int i = 0; i < expected.length; i++) {
            double error = Math.abs(point.getAsDouble(i) - expected[i]);
            if (!(error <= absolute + relative * Math.abs(expected[i]))) {
                failures.add(
                        "%s after %d steps: %s, expected %s"
                                .formatted(name, step, point.getAsDouble(i), expected[i]));
                return;
            }
        }
    }

    private static Tensor tensor(JsonNode array) {
        int[] shape = array.get("shape").valueStream().mapToInt(JsonNode::asInt).toArray();
        double[] data = array.get("data").valueStream().mapToDouble(JsonNode::asDouble).toArray();
        return Tensor.of(DType.FLOAT64, Shape.of(shape), data);
    }
}
