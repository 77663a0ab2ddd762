package org.manabi.formats.onnx;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.manabi.formats.array.NumericArray;

/// A setting of a node.
public sealed interface OnnxAttribute {

    /// A floating-point number.
    record Real(float value) implements OnnxAttribute {
        @Override
        public String toString() {
            return Float.toString(value);
        }
    }

    /// A whole number.
    record Whole(long value) implements OnnxAttribute {
        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    /// A text.
    record Text(String value) implements OnnxAttribute {
        @Override
        public String toString() {
            return value;
        }
    }

    /// An array.
    record Array(NumericArray value) implements OnnxAttribute {
        @Override
        public String toString() {
            return value.size() == 1
                    ? value.type().isFloating()
                            ? Double.toString(value.getDouble(0))
                            : Long.toString(value.getLong(0))
                    : value.toString();
        }
    }

    /// A graph, as the branches of `If` are.
    record Graph(OnnxGraph value) implements OnnxAttribute {
        @Override
        public String toString() {
            return "graph of %d nodes".formatted(value.nodes().size());
        }
    }

    /// Floating-point numbers.
    record Reals(List<Float> values) implements OnnxAttribute {
        public Reals {
            values = List.copyOf(values);
        }

        @Override
        public String toString() {
            return values.toString();
        }
    }

    /// Whole numbers.
    record Wholes(List<Long> values) implements OnnxAttribute {
        public Wholes {
            values = List.copyOf(values);
        }

        @Override
        public String toString() {
            return values.toString();
        }
    }

    /// Texts.
    record Texts(List<String> values) implements OnnxAttribute {
        public Texts {
            values = List.copyOf(values);
        }

        @Override
        public String toString() {
            return values.stream().collect(Collectors.joining(", ", "[", "]"));
        }
    }

    /// Something that is kept by its kind only.
    record Unread(String kind) implements OnnxAttribute {
        @Override
        public String toString() {
            return kind;
        }
    }

    static OnnxAttribute of(long value) {
        return new Whole(value);
    }

    static OnnxAttribute of(float value) {
        return new Real(value);
    }

    static OnnxAttribute of(String value) {
        return new Text(value);
    }

    static OnnxAttribute ofIntegers(long... values) {
        return new Wholes(LongStream.of(values).boxed().toList());
    }
}
