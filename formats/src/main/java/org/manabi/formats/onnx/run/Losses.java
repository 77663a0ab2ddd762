package org.manabi.formats.onnx.run;

import static java.util.Map.entry;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The losses of classifiers.
final class Losses {

    private Losses() {}

    static final Map<String, Operator> OPERATORS =
            Map.ofEntries(
                    entry("NegativeLogLikelihoodLoss", Operator.of(Losses::likelihood)),
                    entry("SoftmaxCrossEntropyLoss", Losses::crossEntropy));

    private static Value likelihood(Call call) {
        return loss(call, call.in(0));
    }

    private static List<Value> crossEntropy(Call call) {
        Value scores = call.in(0);
        call.require(scores.rank() >= 2, "[N, C, …] is needed, got " + scores);
        int inner = Value.size(Arrays.copyOfRange(scores.dims(), 2, scores.rank()));
        int classes = scores.dim(1);
        Value logs = Value.zeros(scores.type(), scores.dims());
        for (int row = 0; classes > 0 && row < scores.size() / classes; row++) {
            int first = row / inner * classes * inner + row % inner;
            double max = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < classes; c++) {
                max = Math.max(max, scores.get(first + c * inner));
            }
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                sum += Math.exp(scores.get(first + c * inner) - max);
            }
            for (int c = 0; c < classes; c++) {
                int at = first + c * inner;
                logs.set(at, scores.get(at) - max - Math.log(sum));
            }
        }
        return List.of(loss(call, logs), logs);
    }

    private static Value loss(Call call, Value logs) {
        Value targets = call.in(1);
        @Nullable Value weights = call.optional(2).orElse(null);
        call.require(
                logs.rank() >= 2 && targets.rank() == logs.rank() - 1,
                "%s and the targets %s do not fit".formatted(logs, targets));
        int classes = logs.dim(1);
        int inner = Value.size(Arrays.copyOfRange(logs.dims(), 2, logs.rank()));
        call.require(
                targets.size() * classes == logs.size()
                        && (weights == null || weights.size() == classes),
                "%s and the targets %s do not fit".formatted(logs, targets));
        boolean ignores = call.has("ignore_index");
        long ignored = call.integer("ignore_index", 0);
        Value losses = Value.zeros(logs.type(), targets.dims());
        double sum = 0;
        double total = 0;
        for (int i = 0; i < targets.size(); i++) {
            long target = targets.getLong(i);
            if (ignores && target == ignored) {
                continue;
            }
            call.require(
                    target >= 0 && target < classes,
                    "target %s is outside 0 … %s".formatted(target, classes - 1));
            double weight = weights == null ? 1 : weights.get((int) target);
            int at = (i / inner * classes + (int) target) * inner + i % inner;
            double loss = -logs.get(at) * weight;
            losses.set(i, loss);
            sum += loss;
            total += weight;
        }
        return switch (call.text("reduction", "mean")) {
            case "none" -> losses;
            case "sum" -> Value.scalar(logs.type(), sum);
            case "mean" -> Value.scalar(logs.type(), sum / total);
            default -> throw call.fault("the reduction is not known");
        };
    }
}
