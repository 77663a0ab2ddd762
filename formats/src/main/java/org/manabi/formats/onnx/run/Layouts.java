package org.manabi.formats.onnx.run;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Operators that change shapes and move elements, and compute nothing.
final class Layouts {

    private Layouts() {}

    static final Map<String, Operator> OPERATORS =
            Map.ofEntries(
                    entry("Identity", Operator.of(call -> call.in(0))),
                    entry("Flatten", Operator.of(Layouts::flatten)),
                    entry("Reshape", Operator.of(Layouts::reshape)),
                    entry("Transpose", Operator.of(Layouts::transpose)),
                    entry("Squeeze", Operator.of(Layouts::squeeze)),
                    entry("Unsqueeze", Operator.of(Layouts::unsqueeze)),
                    entry("Concat", Operator.of(Layouts::concat)),
                    entry("Split", Layouts::split),
                    entry("Slice", Operator.of(Layouts::slice)),
                    entry("Pad", Operator.of(Layouts::pad)),
                    entry("Expand", Operator.of(Layouts::expand)),
                    entry("Tile", Operator.of(Layouts::tile)),
                    entry("Shape", Operator.of(Layouts::shape)),
                    entry("Size", Operator.of(call -> Value.vector(call.in(0).size()).reshape())),
                    entry("DepthToSpace", Operator.of(Layouts::depthToSpace)),
                    entry("SpaceToDepth", Operator.of(Layouts::spaceToDepth)),
                    entry("Trilu", Operator.of(Layouts::triangle)),
                    entry("ReverseSequence", Operator.of(Layouts::reverseSequence)));

    private static Value flatten(Call call) {
        Value x = call.in(0);
        long asked = call.integer("axis", 1);
        int axis = asked == x.rank() ? x.rank() : call.axis(asked, x.rank());
        int rows = Value.size(Arrays.copyOf(x.dims(), axis));
        int columns = Value.size(Arrays.copyOfRange(x.dims(), axis, x.rank()));
        return x.reshape(rows, columns);
    }

    private static Value reshape(Call call) {
        Value x = call.in(0);
        int[] asked = call.ints("shape").orElseGet(() -> call.in(1).asInts());
        boolean zeroIsZero = call.flag("allowzero", 0);
        int[] shape = asked.clone();
        int free = -1;
        long known = 1;
        for (int i = 0; i < shape.length; i++) {
            if (shape[i] == 0 && !zeroIsZero) {
                call.require(i < x.rank(), "axis %s has no length to be kept".formatted(i));
                shape[i] = x.dim(i);
            }
            if (shape[i] == -1) {
                call.require(free < 0, "two axes are −1 in " + Arrays.toString(asked));
                free = i;
            } else {
                call.require(shape[i] >= 0, "an axis is negative in " + Arrays.toString(asked));
                known = Math.min(known * shape[i], Integer.MAX_VALUE);
            }
        }
        if (free >= 0) {
            call.require(
                    known > 0 && x.size() % known == 0,
                    "%s cannot take the shape %s".formatted(x, Arrays.toString(asked)));
            shape[free] = (int) (x.size() / known);
        }
        return x.reshape(shape);
    }

    private static Value transpose(Call call) {
        Value x = call.in(0);
        int rank = x.rank();
        int[] order =
                call.ints("perm")
                        .orElseGet(() -> IntStream.range(0, rank).map(i -> rank - 1 - i).toArray());
        call.require(
                order.length == rank,
                "perm=%s is not %s axes".formatted(Arrays.toString(order), rank));
        return transpose(x, call.axes(order, rank));
    }

    static Value transpose(Value x, int... order) {
        int[] strides = x.strides();
        return Broadcast.gather(
                x,
                Arrays.stream(order).map(x::dim).toArray(),
                Arrays.stream(order).map(axis -> strides[axis]).toArray(),
                0);
    }

    private static Value squeeze(Call call) {
        Value x = call.in(0);
        int[] asked =
                call.axesOf(1)
                        .orElseGet(
                                () ->
                                        IntStream.range(0, x.rank())
                                                .filter(i -> x.dim(i) == 1)
                                                .toArray());
        int[] axes = call.axes(asked, x.rank());
        boolean[] gone = new boolean[x.rank()];
        for (int axis : axes) {
            call.require(x.dim(axis) == 1, "axis %s of %s is not of length 1".formatted(axis, x));
            gone[axis] = true;
        }
        return x.reshape(IntStream.range(0, x.rank()).filter(i -> !gone[i]).map(x::dim).toArray());
    }

    private static Value unsqueeze(Call call) {
        Value x = call.in(0);
        int[] asked = call.axesOf(1).orElseThrow(() -> call.fault("the axes are missing"));
        int rank = x.rank() + asked.length;
        int[] axes = call.axes(asked, rank);
        int[] shape = new int[rank];
        for (int axis : axes) {
            shape[axis] = -1;
        }
        int from = 0;
        for (int i = 0; i < rank; i++) {
            shape[i] = shape[i] == -1 ? 1 : x.dim(from++);
        }
        return x.reshape(shape);
    }

    private static Value concat(Call call) {
        List<Value> parts = call.all();
        Value first = parts.getFirst();
        int axis = call.axis(call.integer("axis", 1), first.rank());
        int[] shape = first.dims();
        shape[axis] = 0;
        for (Value part : parts) {
            boolean fits = part.rank() == first.rank() && part.type() == first.type();
            for (int i = 0; fits && i < shape.length; i++) {
                fits = i == axis || part.dim(i) == shape[i];
            }
            call.require(fits, "%s and %s do not fit".formatted(first, part));
            shape[axis] = Math.addExact(shape[axis], part.dim(axis));
        }
        Value out = Value.zeros(first.type(), shape);
        int inner = inner(shape, axis);
        int outer = Value.size(Arrays.copyOf(shape, axis));
        int at = 0;
        for (int o = 0; o < outer; o++) {
            for (Value part : parts) {
                int count = part.dim(axis) * inner;
                out.copy(at, part, o * count, count);
                at += count;
            }
        }
        return out;
    }

    private static int inner(int[] shape, int axis) {
        return Value.size(Arrays.copyOfRange(shape, axis + 1, shape.length));
    }

    private static List<Value> split(Call call) {
        Value x = call.in(0);
        int axis = call.axis(call.integer("axis", 0), x.rank());
        int[] lengths =
                call.ints("split")
                        .or(() -> call.optional(1).map(Value::asInts))
                        .orElseGet(() -> equalParts(call, x.dim(axis)));
        call.require(
                Arrays.stream(lengths).allMatch(l -> l >= 0)
                        && Arrays.stream(lengths).asLongStream().sum() == x.dim(axis),
                "%s are not the parts of %s".formatted(Arrays.toString(lengths), x.dim(axis)));
        List<Value> parts = new ArrayList<>();
        int from = 0;
        for (int length : lengths) {
            int[] shape = x.dims();
            shape[axis] = length;
            parts.add(Broadcast.gather(x, shape, x.strides(), from * x.strides()[axis]));
            from += length;
        }
        return parts;
    }

    private static int[] equalParts(Call call, int length) {
        int outputs = call.outputCount();
        int count = call.integer("num_outputs", outputs, 1, outputs);
        int part = (length + count - 1) / count;
        int[] lengths = new int[count];
        Arrays.fill(lengths, part);
        lengths[count - 1] = length - part * (count - 1);
        return lengths;
    }

    private static Value slice(Call call) {
        Value x = call.in(0);
        boolean settings = call.opset() < 10;
        long[] starts = numbers(call, settings, "starts", 1);
        long[] ends = numbers(call, settings, "ends", 2);
        call.require(starts.length == ends.length, "starts and ends are not as many");
        int[] axes =
                (settings ? call.ints("axes") : call.optional(3).map(Value::asInts))
                        .orElseGet(() -> IntStream.range(0, starts.length).toArray());
        long[] steps =
                settings || call.optional(4).isEmpty()
                        ? IntStream.range(0, starts.length).mapToLong(i -> 1).toArray()
                        : call.in(4).longs();
        call.require(
                axes.length == starts.length && steps.length == starts.length,
                "starts, ends, axes and steps are not as many");
        int[] found = call.axes(axes, x.rank());
        int[] shape = x.dims();
        int[] strides = x.strides();
        int offset = 0;
        for (int i = 0; i < starts.length; i++) {
            int axis = found[i];
            int length = x.dim(axis);
            int step = Math.clamp(steps[i], -Integer.MAX_VALUE, Integer.MAX_VALUE);
            call.require(step != 0, "a step is 0");
            long start = starts[i] < 0 ? starts[i] + length : starts[i];
            long end = ends[i] < 0 ? Math.max(ends[i], -1L - length) + length : ends[i];
            if (length == 0) {
                continue;
            }
            int low = step > 0 ? 0 : -1;
            int first = Math.clamp(start, 0, step > 0 ? length : length - 1);
            int last = Math.clamp(end, low, step > 0 ? length : length - 1);
            long count =
                    step > 0
                            ? ((long) last - first + step - 1) / step
                            : ((long) last - first + step + 1) / step;
            shape[axis] = (int) Math.max(0, count);
            offset += shape[axis] == 0 ? 0 : first * strides[axis];
            strides[axis] = shape[axis] <= 1 ? 0 : strides[axis] * step;
        }
        return Broadcast.gather(x, shape, strides, offset);
    }

    private static long[] numbers(Call call, boolean setting, String name, int input) {
        return setting
                ? Arrays.stream(call.ints(name).orElseThrow(() -> call.fault(name + " is missing")))
                        .asLongStream()
                        .toArray()
                : call.in(input).longs();
    }

    private static Value pad(Call call) {
        Value x = call.in(0);
        int rank = x.rank();
        boolean settings = call.opset() < 11;
        int[] given =
                settings
                        ? call.ints("pads")
                                .or(() -> call.ints("paddings"))
                                .orElseThrow(() -> call.fault("pads is missing"))
                        : call.in(1).asInts();
        int[] axes =
                call.optional(3)
                        .map(v -> call.axes(v.asInts(), rank))
                        .orElseGet(() -> IntStream.range(0, rank).toArray());
        call.require(given.length == 2 * axes.length, "pads has not two numbers for each axis");
        int[] before = new int[rank];
        int[] shape = x.dims();
        for (int i = 0; i < axes.length; i++) {
            before[axes[i]] = given[i];
            shape[axes[i]] =
                    Math.toIntExact((long) shape[axes[i]] + given[i] + given[axes.length + i]);
        }
        Value fill = Value.scalar(x.type(), settings ? call.real("value", 0) : 0);
        if (!settings && call.optional(2).isPresent() && call.in(2).size() > 0) {
            fill = call.in(2);
            call.require(fill.type() == x.type(), "the padding is of another type");
        }
        return pad(call, x, shape, before, fill);
    }

    private static Value pad(Call call, Value x, int[] shape, int[] before, Value fill) {
        String mode = call.text("mode", "constant");
        call.require(
                x.size() > 0 || mode.equals("constant"),
                "%s has no elements with which it could be padded".formatted(x));
        Value out = Value.zeros(x.type(), shape);
        int[] strides = x.strides();
        int[] index = new int[shape.length];
        for (int i = 0; i < out.size(); i++) {
            int from = 0;
            for (int axis = 0; axis < shape.length && from >= 0; axis++) {
                int at = place(call, index[axis] - before[axis], x.dim(axis), mode);
                from = at < 0 ? -1 : from + at * strides[axis];
            }
            if (from < 0) {
                out.copy(i, fill, 0);
            } else {
                out.copy(i, x, from);
            }
            for (int axis = shape.length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) {
                index[axis] = 0;
            }
        }
        return out;
    }

    /// Where the element of a padded axis comes from; −1 for the constant.
    private static int place(Call call, int at, int length, String mode) {
        if (at >= 0 && at < length) {
            return at;
        }
        return switch (mode) {
            case "constant" -> -1;
            case "edge" -> Math.clamp(at, 0, length - 1);
            case "wrap" -> Math.floorMod(at, length);
            case "reflect" -> {
                int period = Math.max(1, 2 * (length - 1));
                int within = Math.floorMod(at, period);
                yield within < length ? within : period - within;
            }
            default -> throw call.fault("the mode %s is not known".formatted(mode));
        };
    }

    private static Value expand(Call call) {
        Value x = call.in(0);
        int[] asked = call.in(1).asInts();
        return Broadcast.to(x, Broadcast.shape(x.dims(), asked));
    }

    private static Value tile(Call call) {
        Value x = call.in(0);
        int[] repeats = call.in(1).asInts();
        call.require(repeats.length == x.rank(), "repeats has not one number for each axis");
        int[] wide = new int[2 * repeats.length];
        int[] narrow = new int[2 * repeats.length];
        int[] shape = new int[repeats.length];
        for (int i = 0; i < repeats.length; i++) {
            call.require(repeats[i] >= 0, "a repeat is negative");
            wide[2 * i] = repeats[i];
            narrow[2 * i] = 1;
            wide[2 * i + 1] = x.dim(i);
            narrow[2 * i + 1] = x.dim(i);
            shape[i] = Math.multiplyExact(repeats[i], x.dim(i));
        }
        Value.size(shape);
        Value narrowed = x.reshape(narrow);
        int[] strides = Broadcast.strides(narrowed, wide);
        for (int i = 0; i < repeats.length; i++) {
            strides[2 * i] = 0;
        }
        return Broadcast.gather(narrowed, wide, strides, 0).reshape(shape);
    }

    private static Value shape(Call call) {
        int[] dims = call.in(0).dims();
        int start = bound(call.integer("start", 0), dims.length);
        int end = bound(call.integer("end", dims.length), dims.length);
        return Value.vector(
                Arrays.stream(Arrays.copyOfRange(dims, start, Math.max(start, end)))
                        .asLongStream()
                        .toArray());
    }

    private static int bound(long place, int rank) {
        return Math.clamp(place < 0 ? place + rank : place, 0, rank);
    }

    private static Value depthToSpace(Call call) {
        Value x = call.in(0);
        call.require(x.rank() == 4, "[N, C, H, W] is needed, got " + x);
        int b = call.integer("blocksize", 1, 1, 1 << 15);
        int n = x.dim(0);
        int c = x.dim(1) / (b * b);
        int h = x.dim(2);
        int w = x.dim(3);
        boolean depthFirst = call.text("mode", "DCR").equals("DCR");
        Value parts = depthFirst ? x.reshape(n, b, b, c, h, w) : x.reshape(n, c, b, b, h, w);
        Value moved =
                depthFirst
                        ? transpose(parts, 0, 3, 4, 1, 5, 2)
                        : transpose(parts, 0, 1, 4, 2, 5, 3);
        return moved.reshape(n, c, h * b, w * b);
    }

    private static Value spaceToDepth(Call call) {
        Value x = call.in(0);
        call.require(x.rank() == 4, "[N, C, H, W] is needed, got " + x);
        int b = call.integer("blocksize", 1, 1, 1 << 15);
        int n = x.dim(0);
        int c = x.dim(1);
        int h = x.dim(2) / b;
        int w = x.dim(3) / b;
        return transpose(x.reshape(n, c, h, b, w, b), 0, 3, 5, 1, 2, 4).reshape(n, c * b * b, h, w);
    }

    private static Value triangle(Call call) {
        Value x = call.in(0);
        call.require(x.rank() >= 2, "a matrix is needed, got " + x);
        long k = call.optional(1).map(v -> v.getLong(0)).orElse(0L);
        boolean upper = call.flag("upper", 1);
        int rows = x.dim(-2);
        int columns = x.dim(-1);
        Value out = Value.zeros(x.type(), x.dims());
        for (int i = 0; i < out.size(); i++) {
            long diagonal = i % columns - (long) (i / columns % rows);
            if (upper ? diagonal >= k : diagonal <= k) {
                out.copy(i, x, i);
            }
        }
        return out;
    }

    private static Value reverseSequence(Call call) {
        Value x = call.in(0);
        int[] lengths = call.in(1).asInts();
        int batch = call.axis(call.integer("batch_axis", 1), x.rank());
        int time = call.axis(call.integer("time_axis", 0), x.rank());
        int[] strides = x.strides();
        Value out = Value.zeros(x.type(), x.dims());
        for (int i = 0; i < out.size(); i++) {
            int t = i / strides[time] % x.dim(time);
            int length = lengths[i / strides[batch] % x.dim(batch)];
            call.require(length >= 0 && length <= x.dim(time), "a length is wrong");
            out.copy(i, x, t < length ? i + (length - 1 - 2 * t) * strides[time] : i);
        }
        return out;
    }
}
