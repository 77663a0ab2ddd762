package org.manabi.formats.onnx;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.array.ElementType;

/// An input or output of a graph.
///
/// @param type of its elements; `null` if the file does not say or it is no array of numbers
/// @param dims its axes; `null` if the file does not say
public record OnnxValue(String name, @Nullable ElementType type, @Nullable List<Dim> dims) {

    public OnnxValue {
        dims = dims == null ? null : List.copyOf(dims);
    }

    /// The length of an axis: a number, the name of one that is free, or neither.
    ///
    /// @param length −1 if it is free
    /// @param name of a free length; may be empty
    public record Dim(long length, String name) {

        /// A length that is known.
        public static Dim of(long length) {
            return new Dim(length, "");
        }

        /// A free length.
        public static Dim free(String name) {
            return new Dim(-1, name);
        }

        public boolean isFree() {
            return length < 0;
        }

        @Override
        public String toString() {
            return isFree() ? name.isEmpty() ? "?" : name : Long.toString(length);
        }
    }

    /// The axes, if the file says them.
    public Optional<List<Dim>> shape() {
        return Optional.ofNullable(dims);
    }

    /// The name, the type and the axes, such as `x FLOAT32[N, 1, 28, 28]`.
    @Override
    public String toString() {
        return name
                + " "
                + (type == null ? "of unknown type" : type.toString())
                + (dims == null ? "" : dims.toString());
    }
}
