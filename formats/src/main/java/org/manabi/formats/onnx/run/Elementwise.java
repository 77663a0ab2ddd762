package org.manabi.formats.onnx.run;

import static java.util.Map.entry;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import org.manabi.formats.array.ElementType;
import org.manabi.tensor.ShapeException;

/// Operators that compute each element by itself, those of two inputs after repeating them to a
/// common shape.
final class Elementwise {

    private Elementwise() {}

    static final Map<String, Operator> OPERATORS =
            Map.ofEntries(
                    entry("Abs", unary(Math::abs, Math::abs)),
                    entry("Neg", unary(x -> -x, x -> -x)),
                    entry("Sign", unary(Math::signum, Long::signum)),
                    entry("Ceil", unary(Math::ceil)),
                    entry("Floor", unary(Math::floor)),
                    entry("Round", unary(Math::rint)),
                    entry("Sqrt", unary(Math::sqrt)),
                    entry("Reciprocal", unary(x -> 1 / x)),
                    entry("Exp", unary(Math::exp)),
                    entry("Log", unary(Math::log)),
                    entry("Sin", unary(Math::sin)),
                    entry("Cos", unary(Math::cos)),
                    entry("Tan", unary(Math::tan)),
                    entry("Asin", unary(Math::asin)),
                    entry("Acos", unary(Math::acos)),
                    entry("Atan", unary(Math::atan)),
                    entry("Sinh", unary(Math::sinh)),
                    entry("Cosh", unary(Math::cosh)),
                    entry("Tanh", unary(Math::tanh)),
                    entry("Asinh", unary(Elementwise::asinh)),
                    entry("Acosh", unary(x -> Math.log(x + Math.sqrt(x * x - 1)))),
                    entry("Atanh", unary(x -> 0.5 * Math.log((1 + x) / (1 - x)))),
                    entry("Erf", unary(Erf::erf)),
                    entry("Not", unary(x -> x, x -> x == 0 ? 1 : 0)),
                    entry("BitwiseNot", unary(x -> x, x -> ~x)),
                    entry("Add", binary(Double::sum, Long::sum)),
                    entry("Sub", binary((a, b) -> a - b, (a, b) -> a - b)),
                    entry("Mul", binary((a, b) -> a * b, (a, b) -> a * b)),
                    entry("Div", binary((a, b) -> a / b, Elementwise::divide)),
                    entry("Mod", Operator.of(Elementwise::mod)),
                    entry("Pow", Operator.of(Elementwise::pow)),
                    entry("PRelu", binary((x, slope) -> x < 0 ? slope * x : x, Elementwise::prelu)),
                    entry("And", binary((a, b) -> a, (a, b) -> a & b)),
                    entry("Or", binary((a, b) -> a, (a, b) -> a | b)),
                    entry("Xor", binary((a, b) -> a, (a, b) -> a ^ b)),
                    entry("BitwiseAnd", binary((a, b) -> a, (a, b) -> a & b)),
                    entry("BitwiseOr", binary((a, b) -> a, (a, b) -> a | b)),
                    entry("BitwiseXor", binary((a, b) -> a, (a, b) -> a ^ b)),
                    entry("BitShift", Operator.of(Elementwise::shift)),
                    entry("Max", variadic(Math::max, Math::max)),
                    entry("Min", variadic(Math::min, Math::min)),
                    entry("Sum", variadic(Double::sum, Long::sum)),
                    entry("Mean", Operator.of(Elementwise::mean)),
                    entry("Equal", compare((a, b) -> a == b, (a, b) -> a == b)),
                    entry("Less", compare((a, b) -> a < b, (a, b) -> a < b)),
                    entry("LessOrEqual", compare((a, b) -> a <= b, (a, b) -> a <= b)),
                    entry("Greater", compare((a, b) -> a > b, (a, b) -> a > b)),
                    entry("GreaterOrEqual", compare((a, b) -> a >= b, (a, b) -> a >= b)),
                    entry("IsNaN", Operator.of(call -> truth(call, Double::isNaN))),
                    entry("IsInf", Operator.of(Elementwise::isInfinite)),
                    entry("Where", Operator.of(Elementwise::where)),
                    entry("Clip", Operator.of(Elementwise::clip)));

    private static double asinh(double x) {
        double positive = Math.abs(x);
        return Math.copySign(Math.log(positive + Math.sqrt(positive * positive + 1)), x);
    }

    private static long divide(long a, long b) {
        if (b == 0) {
            throw new ShapeException("a whole number is divided by 0");
        }
        return a / b;
    }

    private static long prelu(long x, long slope) {
        return x < 0 ? slope * x : x;
    }

    private static Operator unary(DoubleUnaryOperator real) {
        return Operator.of(
                call -> {
                    if (!call.in(0).isFloating()) {
                        throw call.fault("floating-point numbers are needed, got " + call.in(0));
                    }
                    return map(call.in(0), real);
                });
    }

    private static Operator unary(DoubleUnaryOperator real, LongUnaryOperator whole) {
        return Operator.of(
                call -> {
                    Value x = call.in(0);
                    if (x.isFloating()) {
                        return map(x, real);
                    }
                    Value out = Value.zeros(x.type(), x.dims());
                    for (int i = 0; i < out.size(); i++) {
                        out.setLong(i, whole.applyAsLong(x.getLong(i)));
                    }
                    return out;
                });
    }

    /// A function of each element.
    static Value map(Value x, DoubleUnaryOperator function) {
        Value out = Value.zeros(x.type(), x.dims());
        for (int i = 0; i < out.size(); i++) {
            out.set(i, function.applyAsDouble(x.get(i)));
        }
        return out;
    }

    private static Operator binary(DoubleBinaryOperator real, LongBinaryOperator whole) {
        return Operator.of(
                call -> combine(call.in(0), aligned(call, call.in(0), call.in(1)), real, whole));
    }

    /// Before version 7, the second input was aligned to an axis of the first by a setting.
    private static Value aligned(Call call, Value a, Value b) {
        if (call.opset() >= 7 || !call.has("axis")) {
            return b;
        }
        int axis = call.axis(call.integer("axis", 0), a.rank());
        int[] dims = Arrays.copyOf(b.dims(), Math.max(b.rank(), a.rank() - axis));
        Arrays.fill(dims, b.rank(), dims.length, 1);
        return b.reshape(dims);
    }

    /// A function of each pair of elements, after repeating to a common shape.
    static Value combine(Value a, Value b, DoubleBinaryOperator real, LongBinaryOperator whole) {
        requireSameType(a, b);
        int[] shape = Broadcast.shape(a.dims(), b.dims());
        Value out = Value.zeros(a.type(), shape);
        Broadcast.Walk first = new Broadcast.Walk(shape, Broadcast.strides(a, shape), 0);
        Broadcast.Walk second = new Broadcast.Walk(shape, Broadcast.strides(b, shape), 0);
        for (int i = 0; i < out.size(); i++) {
            int x = first.next();
            int y = second.next();
            if (a.isFloating()) {
                out.set(i, real.applyAsDouble(a.get(x), b.get(y)));
            } else {
                out.setLong(i, whole.applyAsLong(a.getLong(x), b.getLong(y)));
            }
        }
        return out;
    }

    private static void requireSameType(Value a, Value b) {
        if (a.type() != b.type()) {
            throw new ShapeException(
                    "the inputs have the types %s and %s".formatted(a.type(), b.type()));
        }
    }

    private static Operator variadic(DoubleBinaryOperator real, LongBinaryOperator whole) {
        return Operator.of(call -> fold(call.all(), real, whole));
    }

    private static Value fold(
            List<Value> values, DoubleBinaryOperator real, LongBinaryOperator whole) {
        Value out = values.getFirst();
        for (Value value : values.subList(1, values.size())) {
            out = combine(out, value, real, whole);
        }
        return out;
    }

    private static Value mean(Call call) {
        Value sum = fold(call.all(), Double::sum, Long::sum);
        return map(sum, x -> x / call.inputCount());
    }

    private static Value mod(Call call) {
        boolean likeC = call.flag("fmod", 0);
        return combine(
                call.in(0),
                call.in(1),
                (a, b) -> likeC ? a % b : a - b * Math.floor(a / b),
                (a, b) -> {
                    if (b == 0) {
                        throw call.fault("a whole number is divided by 0");
                    }
                    return likeC ? a % b : Math.floorMod(a, b);
                });
    }

    private static Value pow(Call call) {
        Value base = call.in(0);
        Value exponent = aligned(call, base, call.in(1));
        int[] shape = Broadcast.shape(base.dims(), exponent.dims());
        Value a = Broadcast.to(base, shape);
        Value b = Broadcast.to(exponent, shape);
        Value out = Value.zeros(base.type(), shape);
        for (int i = 0; i < out.size(); i++) {
            out.set(i, Math.pow(a.get(i), b.get(i)));
        }
        return out;
    }

    private static Value shift(Call call) {
        boolean left = call.text("direction", "").equals("LEFT");
        return combine(
                call.in(0),
                call.in(1),
                (a, b) -> a,
                (a, b) -> b < 0 || b > 63 ? 0 : left ? a << b : a >>> b);
    }

    @FunctionalInterface
    private interface RealTest {
        boolean test(double a, double b);
    }

    @FunctionalInterface
    private interface WholeTest {
        boolean test(long a, long b);
    }

    private static Operator compare(RealTest real, WholeTest whole) {
        return Operator.of(
                call -> {
                    Value a = call.in(0);
                    Value b = aligned(call, a, call.in(1));
                    requireSameType(a, b);
                    int[] shape = Broadcast.shape(a.dims(), b.dims());
                    Value x = Broadcast.to(a, shape);
                    Value y = Broadcast.to(b, shape);
                    Value out = Value.zeros(ElementType.BOOL, shape);
                    boolean unsigned = a.type() == ElementType.UINT64;
                    long flip = unsigned ? Long.MIN_VALUE : 0;
                    for (int i = 0; i < out.size(); i++) {
                        boolean holds =
                                a.isFloating()
                                        ? real.test(x.get(i), y.get(i))
                                        : whole.test(x.getLong(i) + flip, y.getLong(i) + flip);
                        out.setLong(i, holds ? 1 : 0);
                    }
                    return out;
                });
    }

    @FunctionalInterface
    private interface Test {
        boolean test(double x);
    }

    private static Value truth(Call call, Test test) {
        Value x = call.in(0);
        Value out = Value.zeros(ElementType.BOOL, x.dims());
        for (int i = 0; i < out.size(); i++) {
            out.setLong(i, test.test(x.get(i)) ? 1 : 0);
        }
        return out;
    }

    private static Value isInfinite(Call call) {
        boolean positive = call.flag("detect_positive", 1);
        boolean negative = call.flag("detect_negative", 1);
        return truth(call, x -> Double.isInfinite(x) && (x > 0 ? positive : negative));
    }

    private static Value where(Call call) {
        Value condition = call.in(0);
        Value yes = call.in(1);
        Value no = call.in(2);
        requireSameType(yes, no);
        int[] shape = Broadcast.shape(condition.dims(), Broadcast.shape(yes.dims(), no.dims()));
        Value chosen = Broadcast.to(condition, shape);
        Value a = Broadcast.to(yes, shape);
        Value b = Broadcast.to(no, shape);
        Value out = Value.zeros(yes.type(), shape);
        for (int i = 0; i < out.size(); i++) {
            out.copy(i, chosen.getLong(i) != 0 ? a : b, i);
        }
        return out;
    }

    private static Value clip(Call call) {
        Value x = call.in(0);
        boolean settings = call.opset() < 11;
        Value out = Value.zeros(x.type(), x.dims());
        if (x.isFloating()) {
            double min =
                    settings
                            ? call.real("min", -Float.MAX_VALUE)
                            : call.optional(1).map(v -> v.get(0)).orElse(-1.0 / 0);
            double max =
                    settings
                            ? call.real("max", Float.MAX_VALUE)
                            : call.optional(2).map(v -> v.get(0)).orElse(1.0 / 0);
            for (int i = 0; i < out.size(); i++) {
                double value = x.get(i);
                out.set(i, Double.isNaN(value) ? value : Math.min(Math.max(value, min), max));
            }
        } else {
            long min = call.optional(1).map(v -> v.getLong(0)).orElse(Long.MIN_VALUE);
            long max = call.optional(2).map(v -> v.getLong(0)).orElse(Long.MAX_VALUE);
            for (int i = 0; i < out.size(); i++) {
                out.setLong(i, Math.min(Math.max(x.getLong(i), min), max));
            }
        }
        return out;
    }
}
