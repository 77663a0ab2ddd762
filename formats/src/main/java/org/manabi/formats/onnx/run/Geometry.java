package org.manabi.formats.onnx.run;

import java.util.Arrays;
import org.manabi.tensor.ShapeException;

/// How a window of any number of axes slides over the last axes of `[N, C, …]`.
final class Geometry {

    private static final int LARGEST = 1 << 24;

    private final int[] in;
    private final int[] kernel;
    private final int[] strides;
    private final int[] dilations;
    private final int[] before;
    private final int[] after;
    private final int[] out;
    private final boolean ceil;

    private Geometry(Call call, int[] in, int[] kernel) {
        this.in = in;
        this.kernel = kernel;
        int rank = in.length;
        call.require(
                rank >= 1 && kernel.length == rank,
                "a kernel of %s axes does not slide over %s".formatted(kernel.length, rank));
        strides = setting(call, "strides", rank, 1);
        dilations = setting(call, "dilations", rank, 1);
        before = new int[rank];
        after = new int[rank];
        ceil = call.flag("ceil_mode", 0);
        for (int size : kernel) {
            call.require(size >= 1 && size <= LARGEST, "a kernel's side is %s".formatted(size));
        }
        pads(call);
        out = new int[rank];
        for (int i = 0; i < rank; i++) {
            out[i] = outLength(i);
        }
    }

    private static int[] setting(Call call, String name, int rank, int least) {
        int[] ones = new int[rank];
        Arrays.fill(ones, 1);
        int[] values = call.ints(name).orElse(ones);
        call.require(values.length == rank, "%s has not %s numbers".formatted(name, rank));
        for (int value : values) {
            call.require(value >= least && value <= LARGEST, "%s has %s".formatted(name, value));
        }
        return values;
    }

    /// For an input `[N, C, …]` and a kernel given by its sides.
    static Geometry of(Call call, Value x, int... kernel) {
        call.require(x.rank() >= 3, "[N, C, …] is needed, got " + x);
        return new Geometry(call, Arrays.copyOfRange(x.dims(), 2, x.rank()), kernel);
    }

    private void pads(Call call) {
        int rank = in.length;
        String auto = call.text("auto_pad", "NOTSET");
        switch (auto) {
            case "NOTSET", "" -> {
                int[] pads = call.ints("pads").orElseGet(() -> new int[2 * rank]);
                call.require(pads.length == 2 * rank, "pads has not two numbers for each axis");
                for (int i = 0; i < 2 * rank; i++) {
                    call.require(
                            pads[i] >= 0 && pads[i] <= LARGEST, "pads has %s".formatted(pads[i]));
                }
                System.arraycopy(pads, 0, before, 0, rank);
                System.arraycopy(pads, rank, after, 0, rank);
            }
            case "VALID" -> {}
            case "SAME_UPPER", "SAME_LOWER" -> {
                for (int i = 0; i < rank; i++) {
                    int length = (in[i] + strides[i] - 1) / strides[i];
                    long total = (length - 1L) * strides[i] + reach(i) - in[i];
                    int all = (int) Math.max(0, total);
                    before[i] = auto.equals("SAME_UPPER") ? all / 2 : all - all / 2;
                    after[i] = all - before[i];
                }
            }
            default -> throw call.fault("auto_pad=%s is not known".formatted(auto));
        }
    }

    /// From the first to the last element that a window touches.
    private long reach(int axis) {
        return (kernel[axis] - 1L) * dilations[axis] + 1;
    }

    private int outLength(int axis) {
        long room = (long) in[axis] + before[axis] + after[axis] - reach(axis);
        if (room < 0) {
            throw new ShapeException(
                    "a window of %d does not fit into %d"
                            .formatted(reach(axis), (long) in[axis] + before[axis] + after[axis]));
        }
        long length =
                (ceil ? (room + strides[axis] - 1) / strides[axis] : room / strides[axis]) + 1;
        // A window that would begin within the padding at the end is none.
        if (ceil && (length - 1) * strides[axis] >= (long) in[axis] + before[axis]) {
            length--;
        }
        return Math.toIntExact(length);
    }

    int[] out() {
        return out.clone();
    }

    int outSize() {
        return Value.size(out);
    }

    int kernelSize() {
        return Value.size(kernel);
    }

    int inSize() {
        return Value.size(in);
    }

    /// The place within the input's axes of what element `k` of the window touches when the window is
    /// at `position`; −1 in the padding, −2 even beyond that.
    int touch(int position, int k) {
        int restPosition = position;
        int restK = k;
        int place = 0;
        int stride = 1;
        boolean padding = false;
        for (int axis = in.length - 1; axis >= 0; axis--) {
            long at =
                    (long) (restPosition % out[axis]) * strides[axis]
                            - before[axis]
                            + (long) (restK % kernel[axis]) * dilations[axis];
            restPosition /= out[axis];
            restK /= kernel[axis];
            if (at < 0 || at >= in[axis]) {
                if (at >= (long) in[axis] + after[axis]) {
                    return -2;
                }
                padding = true;
            }
            place += padding ? 0 : (int) at * stride;
            stride *= in[axis];
        }
        return padding ? -1 : place;
    }
}
