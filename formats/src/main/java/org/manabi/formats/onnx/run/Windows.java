package org.manabi.formats.onnx.run;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.manabi.formats.array.ElementType;

/// Operators that slide a window over images: convolution and pooling, in any number of axes.
final class Windows {

    private Windows() {}

    static final Map<String, Operator> OPERATORS =
            Map.ofEntries(
                    entry("Conv", Operator.of(Windows::conv)),
                    entry("ConvTranspose", Operator.of(ConvTranspose::run)),
                    entry("MaxPool", Windows::maxPool),
                    entry("AveragePool", Operator.of(Windows::averagePool)),
                    entry("LpPool", Operator.of(Windows::lpPool)));

    static int[] join(int first, int second, int... rest) {
        int[] all = new int[rest.length + 2];
        all[0] = first;
        all[1] = second;
        System.arraycopy(rest, 0, all, 2, rest.length);
        return all;
    }

    private static Value conv(Call call) {
        Value x = call.in(0);
        Value weights = call.in(1);
        int groups = call.integer("group", 1, 1, 1 << 20);
        call.require(
                weights.rank() == x.rank()
                        && x.rank() >= 3
                        && x.dim(1) == weights.dim(1) * groups
                        && weights.dim(0) % groups == 0,
                "the weights %s do not fit the input %s in %s groups"
                        .formatted(weights, x, groups));
        int[] kernel = Arrays.copyOfRange(weights.dims(), 2, weights.rank());
        Geometry geometry = Geometry.of(call, x, kernel);
        int filters = weights.dim(0);
        Value bias = call.optional(2).orElseGet(() -> Value.zeros(x.type(), filters));
        call.require(bias.size() == filters, "the bias is not one number for each filter");
        Value out = Value.zeros(x.type(), join(x.dim(0), filters, geometry.out()));
        return x.type() == ElementType.FLOAT64
                ? convInDouble(x, weights, bias, groups, geometry, out)
                : conv(x, weights, bias.asFloats(), groups, geometry, out);
    }

    private static Value conv(
            Value x, Value weights, float[] bias, int groups, Geometry geometry, Value out) {
        int filters = weights.dim(0);
        float[] result = out.type() == ElementType.FLOAT32 ? out.floats() : new float[out.size()];
        float[] in = x.asFloats();
        float[] w = weights.asFloats();
        int channels = weights.dim(1);
        int positions = geometry.outSize();
        int rows = Value.size(channels, geometry.kernelSize());
        float[] columns = Value.zeros(ElementType.FLOAT32, rows, positions).floats();
        int[] touched = touched(geometry);
        int perGroup = filters / groups;
        for (int n = 0; n < x.dim(0); n++) {
            for (int g = 0; g < groups; g++) {
                int plane = (n * x.dim(1) + g * channels) * geometry.inSize();
                fill(columns, in, plane, channels, geometry, touched);
                int to = (n * filters + g * perGroup) * positions;
                for (int m = 0; m < perGroup; m++) {
                    int from = to + m * positions;
                    Arrays.fill(result, from, from + positions, bias[g * perGroup + m]);
                }
                Products.multiply(
                        w, g * perGroup * rows, columns, 0, result, to, perGroup, rows, positions);
            }
        }
        for (int i = 0; out.type() != ElementType.FLOAT32 && i < out.size(); i++) {
            out.set(i, result[i]);
        }
        return out;
    }

    /// Each sum one chain over the window of all channels.
    private static Value convInDouble(
            Value x, Value weights, Value bias, int groups, Geometry geometry, Value out) {
        int channels = weights.dim(1);
        int positions = geometry.outSize();
        int window = geometry.kernelSize();
        int[] touched = touched(geometry);
        int perGroup = weights.dim(0) / groups;
        for (int i = 0; i < out.size(); i++) {
            int filter = i / positions % weights.dim(0);
            int sample = i / positions / weights.dim(0);
            int channel = sample * x.dim(1) + filter / perGroup * channels;
            double sum = bias.get(filter);
            for (int c = 0; c < channels; c++) {
                int plane = (channel + c) * geometry.inSize();
                int row = (filter * channels + c) * window;
                for (int k = 0; k < window; k++) {
                    int at = touched[k * positions + i % positions];
                    sum += at < 0 ? 0 : weights.get(row + k) * x.get(plane + at);
                }
            }
            out.set(i, sum);
        }
        return out;
    }

    /// For each element of the window and each position, the place in the input.
    private static int[] touched(Geometry geometry) {
        int positions = geometry.outSize();
        int[] touched = new int[Value.size(geometry.kernelSize(), positions)];
        for (int k = 0; k < geometry.kernelSize(); k++) {
            for (int position = 0; position < positions; position++) {
                touched[k * positions + position] = geometry.touch(position, k);
            }
        }
        return touched;
    }

    private static void fill(
            float[] columns,
            float[] in,
            int plane,
            int channels,
            Geometry geometry,
            int[] touched) {
        for (int c = 0; c < channels; c++) {
            int from = plane + c * geometry.inSize();
            int to = c * touched.length;
            for (int i = 0; i < touched.length; i++) {
                columns[to + i] = touched[i] < 0 ? 0 : in[from + touched[i]];
            }
        }
    }

    private static int[] kernel(Call call) {
        return call.ints("kernel_shape").orElseThrow(() -> call.fault("kernel_shape is missing"));
    }

    private static List<Value> maxPool(Call call) {
        Value x = call.in(0);
        Geometry geometry = Geometry.of(call, x, kernel(call));
        boolean columnMajor = call.flag("storage_order", 0);
        Value out = Value.zeros(x.type(), join(x.dim(0), x.dim(1), geometry.out()));
        Value places = Value.zeros(ElementType.INT64, out.dims());
        int[] touched = touched(geometry);
        int positions = geometry.outSize();
        for (int i = 0; i < out.size(); i++) {
            int plane = i / positions * geometry.inSize();
            int best = -1;
            for (int k = 0; k < geometry.kernelSize(); k++) {
                int at = touched[k * positions + i % positions];
                if (at >= 0 && (best < 0 || x.get(plane + at) > x.get(plane + best))) {
                    best = at;
                }
            }
            if (best < 0) {
                out.set(i, Double.NEGATIVE_INFINITY);
            } else {
                out.copy(i, x, plane + best);
                places.setLong(i, plane + (columnMajor ? columnMajor(x, best) : best));
            }
        }
        List<Value> outputs = new ArrayList<>(List.of(out));
        outputs.add(places);
        return outputs;
    }

    private static int columnMajor(Value x, int place) {
        int rest = place;
        int result = 0;
        int size = 1;
        for (int axis = 2; axis < x.rank(); axis++) {
            size *= x.dim(axis);
        }
        for (int axis = x.rank() - 1; axis >= 2; axis--) {
            size /= x.dim(axis);
            result += rest % x.dim(axis) * size;
            rest /= x.dim(axis);
        }
        return result;
    }

    private static Value averagePool(Call call) {
        Value x = call.in(0);
        Geometry geometry = Geometry.of(call, x, kernel(call));
        boolean countPadding = call.flag("count_include_pad", 0);
        Value out = Value.zeros(x.type(), join(x.dim(0), x.dim(1), geometry.out()));
        int[] touched = touched(geometry);
        int positions = geometry.outSize();
        for (int i = 0; i < out.size(); i++) {
            int plane = i / positions * geometry.inSize();
            double sum = 0;
            int count = 0;
            for (int k = 0; k < geometry.kernelSize(); k++) {
                int at = touched[k * positions + i % positions];
                if (at >= 0) {
                    sum += x.get(plane + at);
                }
                count += at >= 0 || (countPadding && at == -1) ? 1 : 0;
            }
            out.set(i, sum / count);
        }
        return out;
    }

    private static Value lpPool(Call call) {
        Value x = call.in(0);
        Geometry geometry = Geometry.of(call, x, kernel(call));
        double p = call.integer("p", 2);
        Value out = Value.zeros(x.type(), join(x.dim(0), x.dim(1), geometry.out()));
        int[] touched = touched(geometry);
        int positions = geometry.outSize();
        for (int i = 0; i < out.size(); i++) {
            int plane = i / positions * geometry.inSize();
            double sum = 0;
            for (int k = 0; k < geometry.kernelSize(); k++) {
                int at = touched[k * positions + i % positions];
                sum += at < 0 ? 0 : Math.pow(Math.abs(x.get(plane + at)), p);
            }
            out.set(i, Math.pow(sum, 1 / p));
        }
        return out;
    }
}
