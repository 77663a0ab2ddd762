package org.manabi.formats.onnx.run;

import static java.util.Map.entry;

import java.util.Arrays;
import java.util.Map;
import org.manabi.formats.array.ElementType;

/// Operators that pick elements by their numbers, and put them.
final class Indexing {

    private Indexing() {}

    static final Map<String, Operator> OPERATORS =
            Map.ofEntries(
                    entry("Gather", Operator.of(Indexing::gather)),
                    entry("GatherElements", Operator.of(Indexing::gatherElements)),
                    entry("GatherND", Operator.of(Indexing::gatherNd)),
                    entry("ScatterElements", Operator.of(Indexing::scatterElements)),
                    entry("Scatter", Operator.of(Indexing::scatterElements)),
                    entry("ScatterND", Operator.of(Indexing::scatterNd)),
                    entry("OneHot", Operator.of(Indexing::oneHot)),
                    entry("Compress", Operator.of(Indexing::compress)),
                    entry("NonZero", Operator.of(Indexing::nonZero)));

    private static int index(Call call, Value indices, int i, int length) {
        long index = indices.getLong(i);
        call.require(
                index >= -length && index < length,
                "index %s is outside 0 … %s".formatted(index, length - 1));
        return (int) (index < 0 ? index + length : index);
    }

    private static int product(int[] dims, int from, int to) {
        return Value.size(Arrays.copyOfRange(dims, from, to));
    }

    private static int[] join(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
    }

    private static Value gather(Call call) {
        Value x = call.in(0);
        Value indices = call.in(1);
        int axis = call.axis(call.integer("axis", 0), x.rank());
        int inner = product(x.dims(), axis + 1, x.rank());
        int outer = product(x.dims(), 0, axis);
        Value out =
                Value.zeros(
                        x.type(),
                        join(
                                Arrays.copyOf(x.dims(), axis),
                                indices.dims(),
                                Arrays.copyOfRange(x.dims(), axis + 1, x.rank())));
        int at = 0;
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < indices.size(); i++, at += inner) {
                int index = index(call, indices, i, x.dim(axis));
                out.copy(at, x, (o * x.dim(axis) + index) * inner, inner);
            }
        }
        return out;
    }

    /// The place in `x` of each element of `indices`, whose own index is used along all axes but one.
    private static int[] places(Call call, Value x, Value indices, int axis) {
        call.require(x.rank() == indices.rank(), "%s and %s do not fit".formatted(x, indices));
        int[] strides = x.strides();
        int step = strides[axis];
        strides[axis] = 0;
        for (int i = 0; i < x.rank(); i++) {
            call.require(
                    i == axis || indices.dim(i) <= x.dim(i),
                    "%s and %s do not fit".formatted(x, indices));
        }
        Broadcast.Walk walk = new Broadcast.Walk(indices.dims(), strides, 0);
        int[] places = new int[indices.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = walk.next() + index(call, indices, i, x.dim(axis)) * step;
        }
        return places;
    }

    private static Value gatherElements(Call call) {
        Value x = call.in(0);
        Value indices = call.in(1);
        int[] places = places(call, x, indices, call.axis(call.integer("axis", 0), x.rank()));
        Value out = Value.zeros(x.type(), indices.dims());
        for (int i = 0; i < places.length; i++) {
            out.copy(i, x, places[i]);
        }
        return out;
    }

    private static Value copyOf(Value x) {
        Value out = Value.zeros(x.type(), x.dims());
        out.copy(0, x, 0, x.size());
        return out;
    }

    private static void put(Call call, Value out, int to, Value updates, int from) {
        double old = out.get(to);
        double update = updates.get(from);
        switch (call.text("reduction", "none")) {
            case "none" -> out.copy(to, updates, from);
            case "add" -> out.set(to, old + update);
            case "mul" -> out.set(to, old * update);
            case "max" -> out.set(to, Math.max(old, update));
            case "min" -> out.set(to, Math.min(old, update));
            default -> throw call.fault("the reduction is not known");
        }
    }

    private static Value scatterElements(Call call) {
        Value x = call.in(0);
        Value indices = call.in(1);
        Value updates = call.in(2);
        call.require(
                Arrays.equals(indices.dims(), updates.dims()) && updates.type() == x.type(),
                "%s and %s do not fit".formatted(indices, updates));
        int[] places = places(call, x, indices, call.axis(call.integer("axis", 0), x.rank()));
        Value out = copyOf(x);
        for (int i = 0; i < places.length; i++) {
            put(call, out, places[i], updates, i);
        }
        return out;
    }

    /// The place in `x` that row `row` of `indices` names, after `skipped` axes.
    private static int place(Call call, Value x, Value indices, int row, int skipped) {
        int depth = indices.dim(-1);
        int[] strides = x.strides();
        int place = 0;
        for (int k = 0; k < depth; k++) {
            place +=
                    index(call, indices, row * depth + k, x.dim(skipped + k))
                            * strides[skipped + k];
        }
        return place;
    }

    private static Value gatherNd(Call call) {
        Value x = call.in(0);
        Value indices = call.in(1);
        int batch = call.integer("batch_dims", 0, 0, 64);
        call.require(
                indices.rank() > batch && batch + indices.dim(-1) <= x.rank(),
                "%s and %s do not fit".formatted(x, indices));
        int depth = indices.dim(-1);
        int inner = product(x.dims(), batch + depth, x.rank());
        int batches = product(x.dims(), 0, batch);
        int rows = product(indices.dims(), 0, indices.rank() - 1);
        int perBatch = batches == 0 ? 0 : x.size() / batches;
        Value out =
                Value.zeros(
                        x.type(),
                        join(
                                Arrays.copyOf(indices.dims(), indices.rank() - 1),
                                Arrays.copyOfRange(x.dims(), batch + depth, x.rank())));
        for (int row = 0; row < rows; row++) {
            int from = row / (rows / batches) * perBatch + place(call, x, indices, row, batch);
            out.copy(row * inner, x, from, inner);
        }
        return out;
    }

    private static Value scatterNd(Call call) {
        Value x = call.in(0);
        Value indices = call.in(1);
        Value updates = call.in(2);
        call.require(
                indices.rank() > 0 && indices.dim(-1) <= x.rank() && updates.type() == x.type(),
                "%s and %s do not fit".formatted(x, indices));
        int inner = product(x.dims(), indices.dim(-1), x.rank());
        int rows = product(indices.dims(), 0, indices.rank() - 1);
        call.require(updates.size() == rows * inner, "the updates are not as many as the indices");
        Value out = copyOf(x);
        for (int row = 0; row < rows; row++) {
            int to = place(call, x, indices, row, 0);
            for (int i = 0; i < inner; i++) {
                put(call, out, to + i, updates, row * inner + i);
            }
        }
        return out;
    }

    private static Value oneHot(Call call) {
        Value indices = call.in(0);
        int depth = Math.clamp((long) call.in(1).get(0), 0, Integer.MAX_VALUE);
        Value values = call.in(2);
        int rank = indices.rank() + 1;
        int axis = call.axis(call.integer("axis", -1), rank);
        int inner = product(indices.dims(), axis, indices.rank());
        Value out =
                Value.zeros(
                        values.type(),
                        join(
                                Arrays.copyOf(indices.dims(), axis),
                                new int[] {depth},
                                Arrays.copyOfRange(indices.dims(), axis, indices.rank())));
        for (int i = 0; i < out.size(); i++) {
            out.copy(i, values, 0);
        }
        for (int i = 0; i < indices.size(); i++) {
            long asked = (long) indices.get(i);
            long index = asked < 0 ? asked + depth : asked;
            if (index >= 0 && index < depth) {
                out.copy((i / inner * depth + (int) index) * inner + i % inner, values, 1);
            }
        }
        return out;
    }

    private static Value compress(Call call) {
        boolean flat = !call.has("axis");
        Value x = flat ? call.in(0).reshape(call.in(0).size()) : call.in(0);
        int axis = call.axis(call.integer("axis", 0), x.rank());
        Value condition = call.in(1);
        int[] chosen =
                java.util.stream.IntStream.range(0, Math.min(condition.size(), x.dim(axis)))
                        .filter(i -> condition.getLong(i) != 0)
                        .toArray();
        int[] shape = x.dims();
        shape[axis] = chosen.length;
        Value out = Value.zeros(x.type(), shape);
        int inner = product(x.dims(), axis + 1, x.rank());
        int outer = product(x.dims(), 0, axis);
        int at = 0;
        for (int o = 0; o < outer; o++) {
            for (int index : chosen) {
                out.copy(at, x, (o * x.dim(axis) + index) * inner, inner);
                at += inner;
            }
        }
        return out;
    }

    private static Value nonZero(Call call) {
        Value x = call.in(0);
        int[] found =
                java.util.stream.IntStream.range(0, x.size()).filter(i -> x.get(i) != 0).toArray();
        int rank = Math.max(1, x.rank());
        int[] strides = x.rank() == 0 ? new int[] {1} : x.strides();
        Value out = Value.zeros(ElementType.INT64, rank, found.length);
        for (int axis = 0; axis < rank; axis++) {
            int length = x.rank() == 0 ? 1 : x.dim(axis);
            for (int i = 0; i < found.length; i++) {
                out.setLong(axis * found.length + i, found[i] / strides[axis] % length);
            }
        }
        return out;
    }
}
