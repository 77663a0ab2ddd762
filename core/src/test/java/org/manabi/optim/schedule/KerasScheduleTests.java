package org.manabi.optim.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.manabi.Conformance;
import tools.jackson.databind.JsonNode;

/// The learning rates that Keras's own tests assert. Ours are factors on the optimizer's rate, so
/// Keras's initial rate multiplies them, and its final rates are divided by it.
class KerasScheduleTests {

    /// A schedule and the rate that it multiplies.
    private record Scheduled(double rate, Schedule schedule) {}

    @Test
    void allCasesAreOursAndPass() {
        JsonNode cases = Conformance.json("keras/lr_schedules.json").get("cases");
        List<String> failures = new ArrayList<>();
        for (JsonNode example : cases) {
            Scheduled ours = ours(example);
            JsonNode argument = example.get("call_args").get(0);
            long step =
                    (long)
                            (argument.isObject()
                                    ? argument.get("data").get(0).asDouble()
                                    : argument.asDouble());
            double rate = ours.rate() * ours.schedule().factor(step);
            double expected = example.get("expected").asDouble();
            double absolute = example.get("tolerance").get("atol").asDouble();
            double relative = example.get("tolerance").get("rtol").asDouble();
            if (!(Math.abs(rate - expected) <= absolute + relative * Math.abs(expected))) {
                failures.add("%s at %d: %s, expected %s".formatted(ours, step, rate, expected));
            }
        }
        System.out.printf(
                "Keras schedules: %d of %d cases mapped, %d failed%n",
                cases.size(), cases.size(), failures.size());

        assertThat(failures).isEmpty();
        assertThat(cases.size()).isEqualTo(83);
    }

    private static Scheduled ours(JsonNode example) {
        JsonNode args = example.get("args");
        JsonNode config = example.get("config");
        Interpolation interpolation =
                config.path("staircase").asBoolean(false)
                        ? Interpolation.STAIRCASE
                        : Interpolation.SMOOTH;
        String name = example.get("class").asString();
        if (name.equals("PiecewiseConstantDecay")) {
            return new Scheduled(
                    1,
                    new PiecewiseConstant(
                            args.get(0).get("data").valueStream().map(JsonNode::asLong).toList(),
                            args.get(1)
                                    .get("data")
                                    .valueStream()
                                    .map(JsonNode::asDouble)
                                    .toList()));
        }
        double rate = args.get(0).asDouble();
        long steps = args.get(1).asLong();
        double third = args.path(2).asDouble(0);
        return switch (name) {
            case "ExponentialDecay" ->
                    new Scheduled(rate, new ExponentialDecay(steps, third, interpolation));
            case "InverseTimeDecay" ->
                    new Scheduled(rate, new InverseTimeDecay(steps, third, interpolation));
            case "PolynomialDecay" ->
                    new Scheduled(
                            rate,
                            new PolynomialDecay(
                                    steps,
                                    args.size() > 2 ? third / rate : 0.0001 / rate,
                                    config.path("power").asDouble(1),
                                    config.path("cycle").asBoolean(false)
                                            ? PolynomialDecay.After.CYCLE
                                            : PolynomialDecay.After.STAY));
            case "CosineDecay" -> cosine(rate, steps, third, config);
            case "CosineDecayRestarts" ->
                    new Scheduled(
                            rate,
                            new CosineRestarts(
                                    steps,
                                    config.path("t_mul").asDouble(2),
                                    config.path("m_mul").asDouble(1),
                                    config.path("alpha").asDouble(0)));
            default -> throw new AssertionError(name);
        };
    }

    private static Scheduled cosine(double rate, long steps, double end, JsonNode config) {
        CosineDecay decay = new CosineDecay(steps, end);
        if (!config.has("warmup_target")) {
            return new Scheduled(rate, decay);
        }
        double target = config.get("warmup_target").asDouble();
        long warmUp = config.get("warmup_steps").asLong();
        return new Scheduled(
                target,
                new Sequence(
                        List.of(new Sequence.Stage(warmUp, new Line(warmUp, rate / target, 1))),
                        decay));
    }
}
