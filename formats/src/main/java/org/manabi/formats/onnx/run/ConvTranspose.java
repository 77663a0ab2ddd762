package org.manabi.formats.onnx.run;

import java.util.Arrays;

/// The transpose of a convolution: each element of the input puts a filter onto the output.
final class ConvTranspose {

    private static final int LARGEST = 1 << 24;

    private final Call call;
    private final Value x;
    private final int rank;
    private final int[] kernel;
    private final int[] strides;
    private final int[] dilations;
    private final int[] before;
    private final int[] out;

    private ConvTranspose(Call call, Value x, Value weights) {
        this.call = call;
        this.x = x;
        rank = x.rank() - 2;
        kernel = Arrays.copyOfRange(weights.dims(), 2, weights.rank());
        int[] ones = new int[rank];
        Arrays.fill(ones, 1);
        strides = setting("strides", ones, 1);
        dilations = setting("dilations", ones, 1);
        before = new int[rank];
        out = new int[rank];
        lengths();
    }

    private int[] setting(String name, int[] otherwise, int least) {
        int[] values = call.ints(name).orElse(otherwise);
        call.require(
                values.length == otherwise.length
                        && Arrays.stream(values).allMatch(v -> v >= least && v <= LARGEST),
                "%s=%s is wrong".formatted(name, Arrays.toString(values)));
        return values;
    }

    private void lengths() {
        int[] extra = setting("output_padding", new int[rank], 0);
        int[] pads = setting("pads", new int[2 * rank], 0);
        String auto = call.text("auto_pad", "NOTSET");
        int[] asked = call.ints("output_shape").orElse(null);
        if (asked != null && asked.length == rank + 2) {
            asked = Arrays.copyOfRange(asked, 2, asked.length);
        }
        for (int i = 0; i < rank; i++) {
            long full =
                    (x.dim(i + 2) - 1L) * strides[i]
                            + extra[i]
                            + (kernel[i] - 1L) * dilations[i]
                            + 1;
            boolean same = auto.startsWith("SAME");
            if (asked != null || same) {
                call.require(asked == null || asked.length == rank, "output_shape is wrong");
                long wanted = asked != null ? asked[i] : (long) x.dim(i + 2) * strides[i];
                long total = Math.max(0, full - wanted);
                before[i] =
                        Math.toIntExact(auto.equals("SAME_UPPER") ? total / 2 : total - total / 2);
                out[i] = Math.toIntExact(wanted);
            } else {
                before[i] = auto.equals("VALID") ? 0 : pads[i];
                long both = auto.equals("VALID") ? 0 : (long) pads[i] + pads[rank + i];
                out[i] = Math.toIntExact(full - both);
            }
            call.require(out[i] >= 0, "the output has a negative side");
        }
    }

    static Value run(Call call) {
        Value x = call.in(0);
        Value weights = call.in(1);
        int groups = call.integer("group", 1, 1, 1 << 20);
        call.require(
                x.rank() >= 3
                        && weights.rank() == x.rank()
                        && weights.dim(0) == x.dim(1)
                        && x.dim(1) % groups == 0,
                "the weights %s do not fit the input %s".formatted(weights, x));
        return new ConvTranspose(call, x, weights).compute(weights, groups);
    }

    private Value compute(Value weights, int groups) {
        int perGroup = weights.dim(1);
        int filters = Math.multiplyExact(perGroup, groups);
        int channels = x.dim(1) / groups;
        Value result = Value.zeros(x.type(), Windows.join(x.dim(0), filters, out));
        int positions = Value.size(Arrays.copyOfRange(x.dims(), 2, x.rank()));
        int size = Value.size(out);
        int window = Value.size(kernel);
        double[] plane = new double[size];
        Value bias = call.optional(2).orElseGet(() -> Value.zeros(x.type(), filters));
        call.require(bias.size() == filters, "the bias is not one number for each filter");
        for (int n = 0; n < x.dim(0); n++) {
            for (int m = 0; m < filters; m++) {
                Arrays.fill(plane, bias.get(m));
                int group = m / perGroup;
                for (int c = 0; c < channels; c++) {
                    int channel = group * channels + c;
                    int from = (n * x.dim(1) + channel) * positions;
                    int filter = (channel * perGroup + m % perGroup) * window;
                    spread(plane, from, positions, weights, filter, window);
                }
                for (int i = 0; i < size; i++) {
                    result.set((n * filters + m) * size + i, plane[i]);
                }
            }
        }
        return result;
    }

    private void spread(
            double[] plane, int from, int positions, Value weights, int filter, int window) {
        for (int p = 0; p < positions; p++) {
            double value = x.get(from + p);
            for (int k = 0; k < window; k++) {
                int to = place(p, k);
                if (to >= 0) {
                    plane[to] += value * weights.get(filter + k);
                }
            }
        }
    }

    /// Where element `k` of the filter at input position `position` lies in the output; −1 outside.
    private int place(int position, int k) {
        int restPosition = position;
        int restK = k;
        int place = 0;
        int stride = 1;
        for (int axis = rank - 1; axis >= 0; axis--) {
            long at =
                    (long) (restPosition % x.dim(axis + 2)) * strides[axis]
                            + (long) (restK % kernel[axis]) * dilations[axis]
                            - before[axis];
            restPosition /= x.dim(axis + 2);
            restK /= kernel[axis];
            if (at < 0 || at >= out[axis]) {
                return -1;
            }
            place += (int) at * stride;
            stride *= out[axis];
        }
        return place;
    }
}
