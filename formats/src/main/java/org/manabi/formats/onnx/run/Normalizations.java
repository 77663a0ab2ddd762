package org.manabi.formats.onnx.run;

import static java.util.Map.entry;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.manabi.formats.array.ElementType;

/// Operators that bring numbers to mean 0 and variance 1, or to a length.
final class Normalizations {

    private Normalizations() {}

    static final Map<String, Operator> OPERATORS =
            Map.ofEntries(
                    entry("BatchNormalization", Normalizations::batch),
                    entry("LayerNormalization", Normalizations::layer),
                    entry("RMSNormalization", Operator.of(Normalizations::rootMeanSquare)),
                    entry("InstanceNormalization", Operator.of(Normalizations::instance)),
                    entry("GroupNormalization", Operator.of(Normalizations::group)),
                    entry("MeanVarianceNormalization", Operator.of(Normalizations::meanVariance)),
                    entry("LpNormalization", Operator.of(Normalizations::lp)),
                    entry("LRN", Operator.of(Normalizations::localResponse)));

    /// Elements of a channel, or of any other set.
    private interface Members {

        /// The place of member `i`.
        int at(int i);
    }

    private static double mean(Value x, Members members, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += x.get(members.at(i));
        }
        return sum / count;
    }

    private static double variance(Value x, Members members, int count, double mean) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            double difference = x.get(members.at(i)) - mean;
            sum += difference * difference;
        }
        return sum / count;
    }

    private static List<Value> batch(Call call) {
        Value x = call.in(0);
        Value scale = call.in(1);
        Value bias = call.in(2);
        Value mean = call.in(3);
        Value variance = call.in(4);
        double epsilon = call.real("epsilon", 1e-5);
        double momentum = call.real("momentum", 0.9);
        boolean training = call.flag("training_mode", 0);
        call.require(x.rank() >= 1, "[N, C, …] is needed, got " + x);
        int channels = x.rank() == 1 ? 1 : x.dim(1);
        call.require(
                scale.size() == channels
                        && bias.size() == channels
                        && mean.size() == channels
                        && variance.size() == channels,
                "there is not one number for each of %s channels".formatted(channels));
        int inner = x.rank() < 2 ? 1 : Value.size(Arrays.copyOfRange(x.dims(), 2, x.rank()));
        int count = channels == 0 ? 0 : x.size() / channels;
        Value out = Value.zeros(x.type(), x.dims());
        Value newMean = Value.zeros(mean.type(), mean.dims());
        Value newVariance = Value.zeros(variance.type(), variance.dims());
        for (int c = 0; c < channels; c++) {
            int channel = c;
            Members members = i -> (i / inner * channels + channel) * inner + i % inner;
            double center = training ? mean(x, members, count) : mean.get(c);
            double spread = training ? variance(x, members, count, center) : variance.get(c);
            double factor = scale.get(c) / Math.sqrt(spread + epsilon);
            for (int i = 0; i < count; i++) {
                int at = members.at(i);
                out.set(at, (x.get(at) - center) * factor + bias.get(c));
            }
            newMean.set(c, mean.get(c) * momentum + center * (1 - momentum));
            newVariance.set(c, variance.get(c) * momentum + spread * (1 - momentum));
        }
        return training ? List.of(out, newMean, newVariance) : List.of(out);
    }

    private static List<Value> layer(Call call) {
        Value x = call.in(0);
        int axis = call.axis(call.integer("axis", -1), x.rank());
        double epsilon = call.real("epsilon", 1e-5);
        int[] normalized = Arrays.copyOfRange(x.dims(), axis, x.rank());
        int length = Value.size(normalized);
        int rows = length == 0 ? 0 : x.size() / length;
        int[] kept = x.dims();
        Arrays.fill(kept, axis, x.rank(), 1);
        Value scale = Broadcast.to(call.in(1), normalized);
        Value bias = call.optional(2).map(b -> Broadcast.to(b, normalized)).orElse(null);
        Value out = Value.zeros(x.type(), x.dims());
        ElementType stash =
                x.type() == ElementType.FLOAT64 ? ElementType.FLOAT64 : ElementType.FLOAT32;
        Value means = Value.zeros(stash, kept);
        Value inverses = Value.zeros(stash, kept);
        for (int row = 0; row < rows; row++) {
            int first = row * length;
            Members members = i -> first + i;
            double mean = mean(x, members, length);
            double inverse = 1 / Math.sqrt(variance(x, members, length, mean) + epsilon);
            for (int i = 0; i < length; i++) {
                double y = (x.get(first + i) - mean) * inverse * scale.get(i);
                out.set(first + i, bias == null ? y : y + bias.get(i));
            }
            means.set(row, mean);
            inverses.set(row, inverse);
        }
        return List.of(out, means, inverses);
    }

    private static Value rootMeanSquare(Call call) {
        Value x = call.in(0);
        int axis = call.axis(call.integer("axis", -1), x.rank());
        double epsilon = call.real("epsilon", 1e-5);
        int[] normalized = Arrays.copyOfRange(x.dims(), axis, x.rank());
        int length = Value.size(normalized);
        Value scale = Broadcast.to(call.in(1), normalized);
        Value out = Value.zeros(x.type(), x.dims());
        for (int first = 0; first < x.size(); first += length) {
            int from = first;
            double inverse = 1 / Math.sqrt(variance(x, i -> from + i, length, 0) + epsilon);
            for (int i = 0; i < length; i++) {
                out.set(first + i, x.get(first + i) * inverse * scale.get(i));
            }
        }
        return out;
    }

    private static Value instance(Call call) {
        Value x = call.in(0);
        call.require(x.rank() >= 3, "[N, C, …] is needed, got " + x);
        return grouped(call, x, x.dim(1), 1);
    }

    private static Value group(Call call) {
        Value x = call.in(0);
        call.require(x.rank() >= 3, "[N, C, …] is needed, got " + x);
        int groups = call.integer("num_groups", 0, 1, 1 << 20);
        call.require(
                x.dim(1) % groups == 0,
                "%s channels are not divided into %s groups".formatted(x.dim(1), groups));
        // From version 21 on scale and bias belong to the channels, before to the groups.
        boolean perGroup = call.in(1).size() == groups && groups != x.dim(1);
        return grouped(call, x, groups, perGroup ? x.dim(1) / groups : 1);
    }

    /// Normalizes each group of channels of each sample.
    ///
    /// @param sharing how many channels share a number of scale and bias
    private static Value grouped(Call call, Value x, int groups, int sharing) {
        double epsilon = call.real("epsilon", 1e-5);
        Value scale = call.in(1);
        Value bias = call.in(2);
        int channels = x.dim(1);
        call.require(
                scale.size() * sharing == channels && bias.size() * sharing == channels,
                "%s and %s do not fit %s channels".formatted(scale, bias, channels));
        int inner = Value.size(Arrays.copyOfRange(x.dims(), 2, x.rank()));
        int count = channels / Math.max(1, groups) * inner;
        Value out = Value.zeros(x.type(), x.dims());
        for (int g = 0; count > 0 && g < x.dim(0) * groups; g++) {
            int first = g * count;
            Members members = i -> first + i;
            double mean = mean(x, members, count);
            double inverse = 1 / Math.sqrt(variance(x, members, count, mean) + epsilon);
            for (int i = 0; i < count; i++) {
                int c = (first + i) / inner % channels / sharing;
                out.set(
                        first + i,
                        (x.get(first + i) - mean) * inverse * scale.get(c) + bias.get(c));
            }
        }
        return out;
    }

    private static Value meanVariance(Call call) {
        Value x = call.in(0);
        int[] axes = call.axes(call.ints("axes").orElse(new int[] {0, 2, 3}), x.rank());
        boolean[] gone = new boolean[x.rank()];
        for (int axis : axes) {
            gone[axis] = true;
        }
        int[] dims = x.dims();
        int[] strides = x.strides();
        int[] groupStrides = new int[x.rank()];
        int groups = 1;
        for (int axis = x.rank() - 1; axis >= 0; axis--) {
            if (!gone[axis]) {
                groupStrides[axis] = groups;
                groups *= dims[axis];
            }
        }
        double[] sums = new double[groups];
        double[] squares = new double[groups];
        int[] group = new int[x.size()];
        for (int i = 0; i < x.size(); i++) {
            for (int axis = 0; axis < dims.length; axis++) {
                group[i] += i / strides[axis] % dims[axis] * groupStrides[axis];
            }
            sums[group[i]] += x.get(i);
        }
        double count = (double) x.size() / groups;
        for (int i = 0; i < x.size(); i++) {
            double difference = x.get(i) - sums[group[i]] / count;
            squares[group[i]] += difference * difference;
        }
        Value out = Value.zeros(x.type(), dims);
        for (int i = 0; i < x.size(); i++) {
            double deviation = Math.sqrt(squares[group[i]] / count);
            out.set(i, (x.get(i) - sums[group[i]] / count) / (deviation + 1e-9));
        }
        return out;
    }

    private static Value lp(Call call) {
        Value x = call.in(0);
        int axis = call.axis(call.integer("axis", -1), x.rank());
        long p = call.integer("p", 2);
        int step = x.strides()[axis];
        int length = x.dim(axis);
        Value out = Value.zeros(x.type(), x.dims());
        for (int i = 0; i < x.size(); i++) {
            int first = i - i / step % length * step;
            double norm = 0;
            for (int k = 0; k < length; k++) {
                double value = x.get(first + k * step);
                norm += p == 1 ? Math.abs(value) : value * value;
            }
            out.set(i, x.get(i) / (p == 1 ? norm : Math.sqrt(norm)));
        }
        return out;
    }

    private static Value localResponse(Call call) {
        Value x = call.in(0);
        call.require(x.rank() >= 3, "[N, C, …] is needed, got " + x);
        double alpha = call.real("alpha", 1e-4);
        double beta = call.real("beta", 0.75);
        double bias = call.real("bias", 1);
        int size = call.integer("size", 0, 1, 1 << 20);
        int channels = x.dim(1);
        int inner = Value.size(Arrays.copyOfRange(x.dims(), 2, x.rank()));
        Value out = Value.zeros(x.type(), x.dims());
        for (int i = 0; i < x.size(); i++) {
            int c = i / inner % channels;
            double sum = 0;
            int from = Math.max(0, c - (size - 1) / 2);
            int to = Math.min(channels - 1, c + size / 2);
            for (int k = from; k <= to; k++) {
                double value = x.get(i + (k - c) * inner);
                sum += value * value;
            }
            out.set(i, x.get(i) / Math.pow(bias + alpha / size * sum, beta));
        }
        return out;
    }
}
