package org.manabi.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every rule beside a second writing of it, number by number, in `src/test/resources/optim/rules.py`.
class SecondOpinionTests {

    private static final Map<String, Optimizer> RULES = new TreeMap<>();

    static {
        RULES.put("momentum", new Momentum(0.1, 0.9));
        RULES.put("nesterov", new Nesterov(0.1, 0.9));
        RULES.put("adagrad", new Adagrad(0.1));
        RULES.put("adadelta", new Adadelta(1));
        RULES.put("rmsprop", new RmsProp(0.01));
        RULES.put(
                "rmsprop centered with momentum",
                new RmsProp(0.01, 0.99, 1e-8, 0.9, RmsProp.Centering.CENTERED));
        RULES.put("adam", new Adam(0.1));
        RULES.put("adam with coupled decay", WeightDecay.coupled(0.2, new Adam(0.1)));
        RULES.put("adam with decoupled decay", new AdamW(0.1, 0.2, 0.9, 0.999, 1e-8));
        RULES.put("amsgrad", new AmsGrad(0.1, 0.9, 0.5, 1e-8));
        RULES.put("adamax", new Adamax(0.1));
        RULES.put("nadam", new NAdam(0.1));
        RULES.put("radam", new RAdam(0.1, 0.9, 0.9, 1e-8));
        RULES.put("lion", new Lion(0.01, 0.9, 0.99, 0.1));
        RULES.put("lamb", new Lamb(0.1, 0.1, 0.9, 0.999, 1e-6));
        RULES.put("lbfgs", new Lbfgs(0.3, 3));
    }

    private static JsonNode expected() throws IOException {
        try (InputStream in = SecondOpinionTests.class.getResourceAsStream("/optim/rules.json")) {
            return new JsonMapper().readTree(Objects.requireNonNull(in));
        }
    }

    /// A few roundings in each of six steps, of numbers up to 4.
    @Test
    void sixStepsAgreeToTheLastDigits() throws IOException {
        JsonNode expected = expected();
        assertThat(new TreeSet<>(expected.propertyNames())).isEqualTo(RULES.keySet());
        RULES.forEach(
                (name, rule) -> {
                    double[] numbers =
                            expected.get(name)
                                    .valueStream()
                                    .mapToDouble(JsonNode::asDouble)
                                    .toArray();
                    assertThat(after(rule)).as(name).containsExactly(numbers, within(1e-12));
                });
    }

    /// Decoupled decay around Adam is AdamW, but for the order of two roundings; coupled is not.
    @Test
    void adamWIsAdamWithDecoupledDecay() {
        double[] adamW = after(new AdamW(0.1, 0.2, 0.9, 0.999, 1e-8));

        assertThat(after(WeightDecay.decoupled(0.2, new Adam(0.1))))
                .containsExactly(adamW, within(1e-14));
        assertThat(after(WeightDecay.coupled(0.2, new Adam(0.1)))[0])
                .isNotCloseTo(adamW[0], within(1e-3));
    }

    private static double[] after(Optimizer rule) {
        Tensor theta = Tensor.of(DType.FLOAT64, Shape.of(3), 1.5, -2, 0.3);
        List<Tensor> slots = new ArrayList<>();
        rule.slots().forEach(slot -> slots.add(slot.tensorFor(theta)));
        for (int step = 1; step <= 6; step++) {
            rule.update(
                    Engine.serial(),
                    theta,
                    gradient(theta, step),
                    slots,
                    step,
                    rule.learningRate());
        }
        return theta.toDoubles();
    }

    /// That of the script.
    private static Tensor gradient(Tensor theta, int step) {
        Tensor gradient = Tensor.zeros(DType.FLOAT64, theta.shape());
        for (int i = 0; i < theta.size(); i++) {
            double x = theta.getAsDouble(i);
            gradient.setFromDouble(i, 2 * (x - 0.1 * step) + 0.3 * Math.sin(3 * x) * (i + 1));
        }
        return gradient;
    }

    /// [WeightDecay] joins its pass with that of a rule of its kind, and passes by itself before
    /// others; a wrapper that hides the kind tells the two ways apart.
    @Test
    void decayInOnePassIsDecayInTwo() {
        for (WeightDecay.Coupling coupling : WeightDecay.Coupling.values()) {
            for (Optimizer rule : List.of(new AmsGrad(0.1), new NAdam(0.1), new Lion(0.01))) {
                assertThat(after(new WeightDecay(rule, 0.2, coupling)))
                        .isEqualTo(after(new WeightDecay(new Hidden(rule), 0.2, coupling)));
            }
        }
    }

    private record Hidden(Optimizer rule) implements Optimizer {

        @Override
        public List<Slot> slots() {
            return rule.slots();
        }

        @Override
        public double learningRate() {
            return rule.learningRate();
        }

        @Override
        public void update(
                Engine engine,
                Tensor parameter,
                Tensor gradient,
                List<Tensor> slots,
                long step,
                double learningRate) {
            rule.update(engine, parameter, gradient, slots, step, learningRate);
        }
    }
}
