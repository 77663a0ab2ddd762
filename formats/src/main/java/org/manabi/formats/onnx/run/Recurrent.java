package org.manabi.formats.onnx.run;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.array.ElementType;

/// Recurrent networks: RNN, GRU and LSTM, in one direction or both.
final class Recurrent {

    static final Map<String, Operator> OPERATORS =
            Map.ofEntries(
                    entry("RNN", call -> new Recurrent(call, 1, List.of("Tanh")).run()),
                    entry("GRU", call -> new Recurrent(call, 3, List.of("Sigmoid", "Tanh")).run()),
                    entry(
                            "LSTM",
                            call ->
                                    new Recurrent(call, 4, List.of("Sigmoid", "Tanh", "Tanh"))
                                            .run()));

    private final Call call;
    private final int gates;
    private final boolean batchFirst;
    private final Value x;
    private final int steps;
    private final int batch;
    private final int features;
    private final int hidden;
    private final int directions;
    private final boolean reversed;
    private final DoubleUnaryOperator[] functions;
    private final double clip;
    private final @Nullable Value bias;
    private final @Nullable Value peepholes;
    private final boolean linearBeforeReset;
    private final boolean coupled;

    private Recurrent(Call call, int gates, List<String> functions) {
        this.call = call;
        this.gates = gates;
        batchFirst = call.flag("layout", 0);
        call.require(call.in(0).rank() == 3, "a sequence of 3 axes is needed, got " + call.in(0));
        x = batchFirst ? Layouts.transpose(call.in(0), 1, 0, 2) : call.in(0);
        steps = x.dim(0);
        batch = x.dim(1);
        features = x.dim(2);
        Value w = call.in(1);
        Value r = call.in(2);
        call.require(w.rank() == 3 && r.rank() == 3, "%s and %s are no weights".formatted(w, r));
        hidden = r.dim(2);
        String direction = call.text("direction", "forward");
        directions = direction.equals("bidirectional") ? 2 : 1;
        reversed = direction.equals("reverse");
        boolean fits =
                w.dim(0) == directions
                        && w.dim(1) == gates * hidden
                        && w.dim(2) == features
                        && r.dim(0) == directions
                        && r.dim(1) == gates * hidden
                        && call.integer("hidden_size", hidden) == hidden;
        call.require(fits, "the weights %s and %s do not fit %s".formatted(w, r, x));
        bias = sized(3, 2 * gates * hidden);
        peepholes = gates == 4 ? sized(7, 3 * hidden) : null;
        this.functions = functions(functions);
        clip = call.real("clip", 0);
        linearBeforeReset = call.flag("linear_before_reset", 0);
        coupled = call.flag("input_forget", 0);
    }

    private @Nullable Value sized(int input, int perDirection) {
        Value value = call.optional(input).orElse(null);
        call.require(
                value == null || value.size() == directions * perDirection,
                "input %s is %s".formatted(input, value));
        return value;
    }

    private DoubleUnaryOperator[] functions(List<String> defaults) {
        List<String> names = new ArrayList<>(call.texts("activations"));
        if (names.isEmpty()) {
            for (int d = 0; d < directions; d++) {
                names.addAll(defaults);
            }
        }
        call.require(
                names.size() == directions * defaults.size(),
                "there are %s activations".formatted(names.size()));
        List<Float> alphas = new ArrayList<>(call.reals("activation_alpha"));
        List<Float> betas = new ArrayList<>(call.reals("activation_beta"));
        return names.stream()
                .map(name -> function(name, alphas, betas))
                .toArray(DoubleUnaryOperator[]::new);
    }

    /// Numbers of activations are given only for those that have some.
    private static double take(List<Float> numbers, double otherwise) {
        return numbers.isEmpty() ? otherwise : numbers.removeFirst();
    }

    private DoubleUnaryOperator function(String name, List<Float> alphas, List<Float> betas) {
        return switch (name.toLowerCase(java.util.Locale.ROOT)) {
            case "sigmoid" -> Activations::sigmoid;
            case "tanh" -> Math::tanh;
            case "relu" -> v -> Math.max(0, v);
            case "softsign" -> v -> v / (1 + Math.abs(v));
            case "softplus" -> Activations::softplus;
            case "affine" -> {
                double alpha = take(alphas, 1);
                double beta = take(betas, 0);
                yield v -> alpha * v + beta;
            }
            case "leakyrelu" -> {
                double alpha = take(alphas, 0.01);
                yield v -> v < 0 ? alpha * v : v;
            }
            case "thresholdedrelu" -> {
                double alpha = take(alphas, 1);
                yield v -> v > alpha ? v : 0;
            }
            case "scaledtanh" -> {
                double alpha = take(alphas, 1);
                double beta = take(betas, 1);
                yield v -> alpha * Math.tanh(beta * v);
            }
            case "hardsigmoid" -> {
                double alpha = take(alphas, 0.2);
                double beta = take(betas, 0.5);
                yield v -> Math.max(0, Math.min(1, alpha * v + beta));
            }
            case "elu" -> {
                double alpha = take(alphas, 1);
                yield v -> v < 0 ? alpha * Math.expm1(v) : v;
            }
            default -> throw call.fault("the activation %s is not known".formatted(name));
        };
    }

    private List<Value> run() {
        ElementType type = x.type();
        Value all = Value.zeros(type, steps, directions, batch, hidden);
        Value last = Value.zeros(type, directions, batch, hidden);
        Value lastCell = Value.zeros(type, directions, batch, hidden);
        Value lengths = call.optional(4).orElse(null);
        call.require(
                lengths == null || lengths.size() == batch, "there is not a length for each row");
        for (int d = 0; d < directions; d++) {
            for (int n = 0; n < batch; n++) {
                long length = lengths == null ? steps : lengths.getLong(n);
                call.require(
                        length >= 0 && length <= steps,
                        "a sequence of %s steps is longer than %s".formatted(length, steps));
                sequence(d, n, (int) length, all, last, lastCell);
            }
        }
        Value outputs = batchFirst ? Layouts.transpose(all, 2, 0, 1, 3) : all;
        List<Value> results = new ArrayList<>(List.of(outputs, stateOf(last)));
        if (gates == 4) {
            results.add(stateOf(lastCell));
        }
        return results;
    }

    private Value stateOf(Value state) {
        return batchFirst ? Layouts.transpose(state, 1, 0, 2) : state;
    }

    private double[] initial(int input, int d, int n) {
        double[] state = new double[hidden];
        call.optional(input)
                .ifPresent(
                        given -> {
                            call.require(
                                    given.size() == directions * batch * hidden,
                                    "the first state is " + given);
                            int row = batchFirst ? n * directions + d : d * batch + n;
                            for (int i = 0; i < hidden; i++) {
                                state[i] = given.get(row * hidden + i);
                            }
                        });
        return state;
    }

    private void sequence(int d, int n, int length, Value all, Value last, Value lastCell) {
        double[] h = initial(5, d, n);
        double[] c = gates == 4 ? initial(6, d, n) : new double[hidden];
        boolean backward = reversed || d == 1;
        for (int t = 0; t < length; t++) {
            int step = backward ? length - 1 - t : t;
            h = step(d, step * batch + n, h, c);
            for (int i = 0; i < hidden; i++) {
                all.set(((step * directions + d) * batch + n) * hidden + i, h[i]);
            }
        }
        for (int i = 0; i < hidden; i++) {
            last.set((d * batch + n) * hidden + i, h[i]);
            lastCell.set((d * batch + n) * hidden + i, c[i]);
        }
    }

    /// What the input gives to a gate.
    private double fromInput(int d, int row, int gate, int i) {
        Value w = call.in(1);
        int at = (d * gates * hidden + gate * hidden + i) * features;
        double sum = 0;
        for (int k = 0; k < features; k++) {
            sum += w.get(at + k) * x.get(row * features + k);
        }
        return sum + bias(d, gate, i);
    }

    /// What the state gives to a gate.
    private double fromState(int d, double[] h, int gate, int i) {
        Value r = call.in(2);
        int at = (d * gates * hidden + gate * hidden + i) * hidden;
        double sum = 0;
        for (int k = 0; k < hidden; k++) {
            sum += r.get(at + k) * h[k];
        }
        return sum + bias(d, gates + gate, i);
    }

    private double bias(int d, int gate, int i) {
        return bias == null ? 0 : bias.get((d * 2 * gates + gate) * hidden + i);
    }

    private double peephole(int d, int which, int i) {
        return peepholes == null ? 0 : peepholes.get((d * 3 + which) * hidden + i);
    }

    private double apply(int d, int function, double value) {
        double clipped = clip > 0 ? Math.clamp(value, -clip, clip) : value;
        return functions[d * (functions.length / directions) + function].applyAsDouble(clipped);
    }

    /// The next state; the cell of an LSTM is changed in place.
    private double[] step(int d, int row, double[] h, double[] c) {
        double[] next = new double[hidden];
        switch (gates) {
            case 1 -> {
                for (int i = 0; i < hidden; i++) {
                    next[i] = apply(d, 0, fromInput(d, row, 0, i) + fromState(d, h, 0, i));
                }
            }
            case 3 -> gated(d, row, h, next);
            default -> longShort(d, row, h, c, next);
        }
        return next;
    }

    /// The gates of a GRU in the order update, reset, hidden.
    private void gated(int d, int row, double[] h, double[] next) {
        double[] reset = new double[hidden];
        double[] resetState = new double[hidden];
        for (int i = 0; i < hidden; i++) {
            reset[i] = apply(d, 0, fromInput(d, row, 1, i) + fromState(d, h, 1, i));
            resetState[i] = reset[i] * h[i];
        }
        for (int i = 0; i < hidden; i++) {
            double update = apply(d, 0, fromInput(d, row, 0, i) + fromState(d, h, 0, i));
            double state =
                    linearBeforeReset
                            ? reset[i] * fromState(d, h, 2, i)
                            : fromState(d, resetState, 2, i);
            double fresh = apply(d, 1, fromInput(d, row, 2, i) + state);
            next[i] = (1 - update) * fresh + update * h[i];
        }
    }

    /// The gates of an LSTM in the order input, output, forget, cell.
    private void longShort(int d, int row, double[] h, double[] c, double[] next) {
        for (int i = 0; i < hidden; i++) {
            double in =
                    apply(
                            d,
                            0,
                            fromInput(d, row, 0, i)
                                    + fromState(d, h, 0, i)
                                    + peephole(d, 0, i) * c[i]);
            double forget =
                    coupled
                            ? 1 - in
                            : apply(
                                    d,
                                    0,
                                    fromInput(d, row, 2, i)
                                            + fromState(d, h, 2, i)
                                            + peephole(d, 2, i) * c[i]);
            double fresh = apply(d, 1, fromInput(d, row, 3, i) + fromState(d, h, 3, i));
            c[i] = forget * c[i] + in * fresh;
            double out =
                    apply(
                            d,
                            0,
                            fromInput(d, row, 1, i)
                                    + fromState(d, h, 1, i)
                                    + peephole(d, 1, i) * c[i]);
            next[i] = out * apply(d, 2, c[i]);
        }
    }
}
