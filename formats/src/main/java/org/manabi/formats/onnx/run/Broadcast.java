package org.manabi.formats.onnx.run;

import java.util.Arrays;
import org.manabi.tensor.ShapeException;

/// Brings shapes together as NumPy does: axes are held against each other from the last one on, and
/// an axis of length 1 is repeated.
final class Broadcast {

    private Broadcast() {}

    static int[] shape(int[] a, int[] b) {
        int rank = Math.max(a.length, b.length);
        int[] shape = new int[rank];
        for (int i = 0; i < rank; i++) {
            int x = i < rank - a.length ? 1 : a[i - (rank - a.length)];
            int y = i < rank - b.length ? 1 : b[i - (rank - b.length)];
            if (x != y && x != 1 && y != 1) {
                throw new ShapeException(
                        "the shapes %s and %s do not fit"
                                .formatted(Arrays.toString(a), Arrays.toString(b)));
            }
            shape[i] = x == 1 ? y : x;
        }
        Value.size(shape);
        return shape;
    }

    /// How far a value's elements lie apart along the axes of a larger shape; 0 where it is repeated.
    static int[] strides(Value value, int[] shape) {
        int[] own = value.strides();
        int[] strides = new int[shape.length];
        int skipped = shape.length - own.length;
        for (int i = skipped; i < shape.length; i++) {
            strides[i] = value.dim(i - skipped) == 1 && shape[i] != 1 ? 0 : own[i - skipped];
        }
        return strides;
    }

    /// A value repeated to a shape.
    static Value to(Value value, int... shape) {
        if (Arrays.equals(value.dims(), shape)) {
            return value;
        }
        int[] all = shape(value.dims(), shape);
        if (!Arrays.equals(all, shape)) {
            throw new ShapeException(
                    "%s cannot be repeated to %s".formatted(value, Arrays.toString(shape)));
        }
        return gather(value, shape, strides(value, shape), 0);
    }

    /// A value of some shape whose elements are taken at strides from another.
    static Value gather(Value source, int[] shape, int[] strides, int offset) {
        Value out = Value.zeros(source.type(), shape);
        Walk walk = new Walk(shape, strides, offset);
        for (int i = 0; i < out.size(); i++) {
            out.copy(i, source, walk.next());
        }
        return out;
    }

    /// Goes through the elements of a shape, and tells where each lies in another array.
    static final class Walk {

        private final int[] shape;
        private final int[] strides;
        private final int[] index;
        private int at;

        Walk(int[] shape, int[] strides, int offset) {
            this.shape = shape.clone();
            this.strides = strides.clone();
            this.index = new int[shape.length];
            this.at = offset;
        }

        /// The place of this element; then the next element's turn.
        int next() {
            int here = at;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                at += strides[axis];
                if (++index[axis] < shape[axis]) {
                    break;
                }
                at -= strides[axis] * shape[axis];
                index[axis] = 0;
            }
            return here;
        }
    }
}
