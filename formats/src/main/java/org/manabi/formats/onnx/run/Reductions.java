package org.manabi.formats.onnx.run;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.manabi.formats.array.ElementType;

/// Operators that make one element of many.
final class Reductions {

    private Reductions() {}

    /// Goes over the elements that become one.
    private interface Rule {

        double start();

        double add(double sum, double x);

        double end(double sum, int count);
    }

    static final Map<String, Operator> OPERATORS =
            Map.ofEntries(
                    entry("ReduceSum", reduce(rule(0, Double::sum, (s, n) -> s))),
                    entry("ReduceMean", reduce(rule(0, Double::sum, (s, n) -> s / n))),
                    entry("ReduceProd", reduce(rule(1, (s, x) -> s * x, (s, n) -> s))),
                    entry("ReduceL1", reduce(rule(0, (s, x) -> s + Math.abs(x), (s, n) -> s))),
                    entry("ReduceL2", reduce(rule(0, (s, x) -> s + x * x, (s, n) -> Math.sqrt(s)))),
                    entry("ReduceSumSquare", reduce(rule(0, (s, x) -> s + x * x, (s, n) -> s))),
                    entry("ReduceLogSum", reduce(rule(0, Double::sum, (s, n) -> Math.log(s)))),
                    entry("ReduceMax", reduce(rule(-1.0 / 0, Math::max, (s, n) -> s))),
                    entry("ReduceMin", reduce(rule(1.0 / 0, Math::min, (s, n) -> s))),
                    entry("ReduceLogSumExp", Operator.of(Reductions::logSumExp)),
                    entry("ArgMax", Operator.of(call -> best(call, 1))),
                    entry("ArgMin", Operator.of(call -> best(call, -1))),
                    entry("CumSum", Operator.of(Reductions::cumulative)),
                    entry("TopK", Reductions::top),
                    entry("GlobalAveragePool", Operator.of(Reductions::globalAverage)),
                    entry("GlobalMaxPool", Operator.of(Reductions::globalMax)));

    @FunctionalInterface
    private interface Add {
        double add(double sum, double x);
    }

    @FunctionalInterface
    private interface End {
        double end(double sum, int count);
    }

    private static Rule rule(double start, Add add, End end) {
        return new Rule() {
            @Override
            public double start() {
                return start;
            }

            @Override
            public double add(double sum, double x) {
                return add.add(sum, x);
            }

            @Override
            public double end(double sum, int count) {
                return end.end(sum, count);
            }
        };
    }

    private static Operator reduce(Rule rule) {
        return Operator.of(call -> reduce(call, call.in(0), rule));
    }

    private static Value reduce(Call call, Value x, Rule rule) {
        int[] axes = axes(call, x);
        return axes.length == 0 && call.flag("noop_with_empty_axes", 0)
                ? x
                : reduce(x, axes, call.flag("keepdims", 1), rule);
    }

    /// The axes that become one element: all, if none are named and that is what it means.
    private static int[] axes(Call call, Value x) {
        int[] asked = call.axesOf(1).orElse(new int[0]);
        return asked.length == 0 && !call.flag("noop_with_empty_axes", 0)
                ? IntStream.range(0, x.rank()).toArray()
                : call.axes(asked, x.rank());
    }

    private static Value reduce(Value x, int[] axes, boolean keep, Rule rule) {
        Split split = new Split(x, axes);
        Value out = Value.zeros(x.type(), split.result(keep));
        Broadcast.Walk rows = split.kept();
        for (int i = 0; i < out.size(); i++) {
            Broadcast.Walk within = split.reduced(rows.next());
            double sum = rule.start();
            for (int k = 0; k < split.count(); k++) {
                sum = rule.add(sum, x.get(within.next()));
            }
            out.set(i, rule.end(sum, split.count()));
        }
        return out;
    }

    /// The axes of a value, divided into those that stay and those that become one element.
    private static final class Split {

        private final Value x;
        private final boolean[] gone;
        private final int[] keptDims;
        private final int[] keptStrides;
        private final int[] goneDims;
        private final int[] goneStrides;

        Split(Value x, int... axes) {
            this.x = x;
            gone = new boolean[x.rank()];
            for (int axis : axes) {
                gone[axis] = true;
            }
            int[] strides = x.strides();
            keptDims = select(x.dims(), false);
            keptStrides = select(strides, false);
            goneDims = select(x.dims(), true);
            goneStrides = select(strides, true);
        }

        private int[] select(int[] numbers, boolean wanted) {
            return IntStream.range(0, numbers.length)
                    .filter(i -> gone[i] == wanted)
                    .map(i -> numbers[i])
                    .toArray();
        }

        int count() {
            return Value.size(goneDims);
        }

        int[] result(boolean keep) {
            if (!keep) {
                return keptDims;
            }
            int[] dims = x.dims();
            for (int i = 0; i < dims.length; i++) {
                dims[i] = gone[i] ? 1 : dims[i];
            }
            return dims;
        }

        Broadcast.Walk kept() {
            return new Broadcast.Walk(keptDims, keptStrides, 0);
        }

        Broadcast.Walk reduced(int offset) {
            return new Broadcast.Walk(goneDims, goneStrides, offset);
        }
    }

    /// Each group of elements is shifted by its own largest one, so that none is lost beside
    /// another group's.
    private static Value logSumExp(Call call) {
        Value x = call.in(0);
        int[] axes = axes(call, x);
        if (axes.length == 0 && call.flag("noop_with_empty_axes", 0)) {
            return x;
        }
        Split split = new Split(x, axes);
        Value out = Value.zeros(x.type(), split.result(call.flag("keepdims", 1)));
        Broadcast.Walk rows = split.kept();
        for (int i = 0; i < out.size(); i++) {
            int first = rows.next();
            double max = Double.NEGATIVE_INFINITY;
            Broadcast.Walk within = split.reduced(first);
            for (int k = 0; k < split.count(); k++) {
                max = Math.max(max, x.get(within.next()));
            }
            double shift = Double.isInfinite(max) ? 0 : max;
            double sum = 0;
            within = split.reduced(first);
            for (int k = 0; k < split.count(); k++) {
                sum += Math.exp(x.get(within.next()) - shift);
            }
            out.set(i, Math.log(sum) + shift);
        }
        return out;
    }

    private static Value best(Call call, int sign) {
        Value x = call.in(0);
        int axis = call.axis(call.integer("axis", 0), x.rank());
        boolean last = call.flag("select_last_index", 0);
        Split split = new Split(x, axis);
        call.require(x.dim(axis) > 0 || x.size() > 0, "an axis of length 0 has no best element");
        Value out = Value.zeros(ElementType.INT64, split.result(call.flag("keepdims", 1)));
        Broadcast.Walk rows = split.kept();
        for (int i = 0; i < out.size(); i++) {
            Broadcast.Walk within = split.reduced(rows.next());
            double top = 0;
            for (int k = 0; k < split.count(); k++) {
                double value = sign * x.get(within.next());
                if (k == 0 || value > top || (last && value == top)) {
                    top = value;
                    out.setLong(i, k);
                }
            }
        }
        return out;
    }

    private static Value cumulative(Call call) {
        Value x = call.in(0);
        int axis = call.axis(call.in(1).getLong(0), x.rank());
        boolean exclusive = call.flag("exclusive", 0);
        boolean reverse = call.flag("reverse", 0);
        Split split = new Split(x, axis);
        Value out = Value.zeros(x.type(), x.dims());
        Broadcast.Walk rows = split.kept();
        int length = x.dim(axis);
        int step = x.strides()[axis];
        for (int i = 0; length > 0 && i < x.size() / length; i++) {
            int first = rows.next();
            double sum = 0;
            for (int k = 0; k < length; k++) {
                int at = first + (reverse ? length - 1 - k : k) * step;
                double next = sum + x.get(at);
                out.set(at, exclusive ? sum : next);
                sum = next;
            }
        }
        return out;
    }

    private static List<Value> top(Call call) {
        Value x = call.in(0);
        long k = call.optional(1).map(v -> v.getLong(0)).orElseGet(() -> call.integer("k", 0));
        int axis = call.axis(call.integer("axis", -1), x.rank());
        int sign = call.flag("largest", 1) ? 1 : -1;
        call.require(k >= 0 && k <= x.dim(axis), "k=%s is more than the axis has".formatted(k));
        int[] dims = x.dims();
        dims[axis] = (int) k;
        Value values = Value.zeros(x.type(), dims);
        Value indices = Value.zeros(ElementType.INT64, dims);
        Broadcast.Walk rows = new Split(x, axis).kept();
        Broadcast.Walk targets = new Split(values, axis).kept();
        int lines = x.dim(axis) == 0 ? 0 : x.size() / x.dim(axis);
        for (int line = 0; line < lines; line++) {
            int first = rows.next();
            int step = x.strides()[axis];
            List<Integer> order = new ArrayList<>(IntStream.range(0, x.dim(axis)).boxed().toList());
            order.sort(
                    (a, b) ->
                            Double.compare(
                                    sign * x.get(first + b * step),
                                    sign * x.get(first + a * step)));
            int target = targets.next();
            for (int i = 0; i < k; i++) {
                int at = target + i * values.strides()[axis];
                values.copy(at, x, first + order.get(i) * step);
                indices.setLong(at, order.get(i));
            }
        }
        return List.of(values, indices);
    }

    private static Value globalAverage(Call call) {
        return reduce(call.in(0), spatial(call), true, rule(0, Double::sum, (s, n) -> s / n));
    }

    private static Value globalMax(Call call) {
        return reduce(call.in(0), spatial(call), true, rule(-1.0 / 0, Math::max, (s, n) -> s));
    }

    private static int[] spatial(Call call) {
        call.require(call.in(0).rank() >= 3, "[N, C, …] is needed, got " + call.in(0));
        return IntStream.range(2, call.in(0).rank()).toArray();
    }
}
