package org.manabi.formats.onnx.run;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import org.manabi.formats.array.ElementType;
import org.manabi.formats.onnx.OnnxTypes;

/// Operators that give constants, change types, or do nothing when a network is used.
final class Constants {

    private static final int LARGEST = Value.MAX_SIZE;

    private Constants() {}

    static final Map<String, Operator> OPERATORS =
            Map.ofEntries(
                    entry("Constant", Operator.of(Constants::constant)),
                    entry("ConstantOfShape", Operator.of(Constants::constantOfShape)),
                    entry("Cast", Operator.of(Constants::cast)),
                    entry("CastLike", Operator.of(call -> call.in(0).to(call.in(1).type()))),
                    entry("Dropout", Constants::dropout),
                    entry("EyeLike", Operator.of(Constants::eye)),
                    entry("Range", Operator.of(Constants::range)),
                    entry("If", Constants::branch));

    private static Value constant(Call call) {
        if (call.has("value")) {
            return call.array("value").orElseThrow(() -> call.fault("value is missing"));
        }
        if (call.has("value_float")) {
            return Value.scalar(ElementType.FLOAT32, call.real("value_float", 0));
        }
        if (call.has("value_int")) {
            return Value.vector(call.integer("value_int", 0)).reshape();
        }
        if (call.has("value_floats")) {
            List<Float> values = call.reals("value_floats");
            Value out = Value.zeros(ElementType.FLOAT32, values.size());
            for (int i = 0; i < values.size(); i++) {
                out.set(i, values.get(i));
            }
            return out;
        }
        if (call.has("value_ints")) {
            return Value.vector(call.longs("value_ints"));
        }
        throw call.fault("the constant is no array of numbers");
    }

    private static Value constantOfShape(Call call) {
        Value fill = call.array("value").orElse(Value.zeros(ElementType.FLOAT32, 1));
        call.require(fill.size() == 1, "the value is not one number");
        Value out = Value.zeros(fill.type(), call.in(0).asInts());
        for (int i = 0; i < out.size(); i++) {
            out.copy(i, fill, 0);
        }
        return out;
    }

    private static ElementType type(Call call, String setting, ElementType otherwise) {
        if (!call.has(setting)) {
            return otherwise;
        }
        long code = call.integer(setting, 0);
        return OnnxTypes.ofCode(code)
                .orElseThrow(() -> call.fault("there are no numbers of type %s".formatted(code)));
    }

    private static Value cast(Call call) {
        call.require(call.has("to"), "the type is missing");
        return call.in(0).to(type(call, "to", ElementType.FLOAT32));
    }

    private static List<Value> dropout(Call call) {
        Value x = call.in(0);
        boolean training = call.optional(2).map(v -> v.getLong(0) != 0).orElse(false);
        double ratio = call.optional(1).map(v -> v.get(0)).orElse(0.5);
        call.require(
                !training || ratio == 0,
                "dropout is asked to train; export the network for inference");
        ElementType type = call.opset() < 10 ? x.type() : ElementType.BOOL;
        Value mask = Value.zeros(type, x.dims());
        for (int i = 0; i < mask.size(); i++) {
            mask.set(i, 1);
        }
        return List.of(x, mask);
    }

    private static Value eye(Call call) {
        Value x = call.in(0);
        call.require(x.rank() == 2, "a matrix is needed, got " + x);
        long k = call.integer("k", 0);
        Value out = Value.zeros(type(call, "dtype", x.type()), x.dims());
        for (int row = 0; row < x.dim(0); row++) {
            long column = row + k;
            if (column >= 0 && column < x.dim(1)) {
                out.set(row * x.dim(1) + (int) column, 1);
            }
        }
        return out;
    }

    private static Value range(Call call) {
        Value start = call.in(0);
        double first = start.get(0);
        double step = call.in(2).get(0);
        double count = Math.max(0, Math.ceil((call.in(1).get(0) - first) / step));
        call.require(count <= LARGEST, "the range has too many numbers");
        Value out = Value.zeros(start.type(), (int) count);
        for (int i = 0; i < out.size(); i++) {
            if (start.isFloating()) {
                out.set(i, first + i * step);
            } else {
                out.setLong(i, start.getLong(0) + i * call.in(2).getLong(0));
            }
        }
        return out;
    }

    private static List<Value> branch(Call call) {
        Value condition = call.in(0);
        call.require(condition.size() == 1, "the condition is not one truth value");
        return call.run(condition.getLong(0) != 0 ? "then_branch" : "else_branch", Map.of());
    }
}
