package org.manabi.formats.onnx.run;

import static java.util.Map.entry;

import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.manabi.formats.array.ElementType;

/// The activation functions, and those that look at a whole axis.
final class Activations {

    private Activations() {}

    static final Map<String, Operator> OPERATORS =
            Map.ofEntries(
                    entry("Relu", Operator.of(Activations::relu)),
                    entry("Sigmoid", plain(Activations::sigmoid)),
                    entry("Softplus", plain(Activations::softplus)),
                    entry("Softsign", plain(x -> x / (1 + Math.abs(x)))),
                    entry("Mish", plain(x -> x * Math.tanh(softplus(x)))),
                    entry("HardSwish", plain(x -> x * Math.clamp(x / 6 + 0.5, 0, 1))),
                    entry("HardSigmoid", Operator.of(Activations::hardSigmoid)),
                    entry("LeakyRelu", Operator.of(Activations::leaky)),
                    entry("ThresholdedRelu", Operator.of(Activations::thresholded)),
                    entry("Elu", Operator.of(Activations::elu)),
                    entry("Celu", Operator.of(Activations::celu)),
                    entry("Selu", Operator.of(Activations::selu)),
                    entry("Gelu", Operator.of(Activations::gelu)),
                    entry("Swish", Operator.of(Activations::swish)),
                    entry("Shrink", Operator.of(Activations::shrink)),
                    entry("Softmax", Operator.of(call -> softmax(call, Kind.SOFTMAX))),
                    entry("LogSoftmax", Operator.of(call -> softmax(call, Kind.LOG))),
                    entry("Hardmax", Operator.of(call -> softmax(call, Kind.HARD))));

    private enum Kind {
        SOFTMAX,
        LOG,
        HARD
    }

    private static Operator plain(DoubleUnaryOperator function) {
        return Operator.of(call -> Elementwise.map(call.in(0), function));
    }

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    private static Value relu(Call call) {
        Value x = call.in(0);
        if (x.type() != ElementType.FLOAT32) {
            return Elementwise.map(x, v -> v < 0 ? 0 : v);
        }
        float[] in = x.floats();
        float[] out = new float[in.length];
        for (int i = 0; i < in.length; i++) {
            out[i] = in[i] < 0 ? 0 : in[i];
        }
        return Value.ofFloats(x.dims(), out);
    }

    private static Value hardSigmoid(Call call) {
        double alpha = call.real("alpha", 0.2);
        double beta = call.real("beta", 0.5);
        return Elementwise.map(call.in(0), x -> Math.max(0, Math.min(1, alpha * x + beta)));
    }

    private static Value leaky(Call call) {
        double alpha = call.real("alpha", 0.01);
        return Elementwise.map(call.in(0), x -> x < 0 ? alpha * x : x);
    }

    private static Value thresholded(Call call) {
        double alpha = call.real("alpha", 1);
        return Elementwise.map(call.in(0), x -> x > alpha ? x : 0);
    }

    private static Value elu(Call call) {
        double alpha = call.real("alpha", 1);
        return Elementwise.map(call.in(0), x -> x < 0 ? alpha * Math.expm1(x) : x);
    }

    private static Value celu(Call call) {
        double alpha = call.real("alpha", 1);
        return Elementwise.map(
                call.in(0), x -> Math.max(0, x) + Math.min(0, alpha * Math.expm1(x / alpha)));
    }

    private static Value selu(Call call) {
        double alpha = call.real("alpha", 1.6732631921768188);
        double gamma = call.real("gamma", 1.0507010221481323);
        return Elementwise.map(call.in(0), x -> x > 0 ? gamma * x : gamma * alpha * Math.expm1(x));
    }

    private static Value gelu(Call call) {
        boolean tanh = call.text("approximate", "none").equals("tanh");
        double factor = Math.sqrt(2 / Math.PI);
        return Elementwise.map(
                call.in(0),
                x ->
                        0.5
                                * x
                                * (1
                                        + (tanh
                                                ? Math.tanh(factor * (x + 0.044715 * x * x * x))
                                                : Erf.erf(x / Math.sqrt(2)))));
    }

    private static Value swish(Call call) {
        double alpha = call.real("alpha", 1);
        return Elementwise.map(call.in(0), x -> x * sigmoid(alpha * x));
    }

    private static Value shrink(Call call) {
        double bias = call.real("bias", 0);
        double lambd = call.real("lambd", 0.5);
        return Elementwise.map(call.in(0), x -> x < -lambd ? x + bias : x > lambd ? x - bias : 0);
    }

    /// From version 13 on along one axis; before along all axes from one on.
    private static Value softmax(Call call, Kind kind) {
        Value x = call.in(0);
        boolean single = call.opset() >= 13;
        long asked = call.integer("axis", single ? -1 : 1);
        int axis = asked == x.rank() && !single ? x.rank() : call.axis(asked, x.rank());
        int length = 1;
        int inner = 1;
        for (int i = axis; i < x.rank(); i++) {
            if (single && i > axis) {
                inner *= x.dim(i);
            } else {
                length *= x.dim(i);
            }
        }
        Value out = Value.zeros(x.type(), x.dims());
        if (out.size() == 0) {
            return out;
        }
        int outer = x.size() / (length * inner);
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < inner; i++) {
                line(x, out, o * length * inner + i, length, inner, kind);
            }
        }
        return out;
    }

    private static void line(Value x, Value out, int first, int length, int step, Kind kind) {
        double max = Double.NEGATIVE_INFINITY;
        int best = 0;
        for (int k = 0; k < length; k++) {
            double value = x.get(first + k * step);
            if (value > max) {
                max = value;
                best = k;
            }
        }
        if (kind == Kind.HARD) {
            out.set(first + best * step, 1);
            return;
        }
        double sum = 0;
        for (int k = 0; k < length; k++) {
            sum += Math.exp(x.get(first + k * step) - max);
        }
        double log = Math.log(sum);
        for (int k = 0; k < length; k++) {
            double shifted = x.get(first + k * step) - max;
            out.set(first + k * step, kind == Kind.LOG ? shifted - log : Math.exp(shifted) / sum);
        }
    }
}
