package org.manabi.autodiff;

import org.manabi.tensor.Checks;
import org.manabi.tensor.Shape;

/// NumPy's rule for shapes that differ: aligned at the innermost axis, each pair of axes is equal,
/// or one of them is 1 or missing and is repeated.
final class Broadcast {

    private Broadcast() {}

    static Shape shape(Shape a, Shape b) {
        int[] dims = new int[Math.max(a.rank(), b.rank())];
        for (int fromEnd = 1; fromEnd <= dims.length; fromEnd++) {
            int ofA = fromEnd <= a.rank() ? a.dim(-fromEnd) : 1;
            int ofB = fromEnd <= b.rank() ? b.dim(-fromEnd) : 1;
            Checks.require(
                    ofA == ofB || ofA == 1 || ofB == 1,
                    "shapes %s and %s do not broadcast: %d against %d",
                    a,
                    b,
                    ofA,
                    ofB);
            dims[dims.length - fromEnd] = ofA == 1 ? ofB : ofA;
        }
        return Shape.of(dims);
    }

    /// For each element of `to`, the element of `from` that is repeated there.
    static int[] indices(Shape from, Shape to) {
        int[] strides = new int[to.rank()];
        int stride = 1;
        for (int fromEnd = 1; fromEnd <= from.rank(); fromEnd++) {
            strides[to.rank() - fromEnd] = from.dim(-fromEnd) == 1 ? 0 : stride;
            stride *= from.dim(-fromEnd);
        }
        int[] indices = new int[to.size()];
        int[] place = new int[to.rank()];
        int index = 0;
        for (int i = 0; i < indices.length; i++) {
            indices[i] = index;
            for (int axis = to.rank() - 1; axis >= 0; axis--) {
                index += strides[axis];
                if (++place[axis] < to.dim(axis)) {
                    break;
                }
                index -= strides[axis] * place[axis];
                place[axis] = 0;
            }
        }
        return indices;
    }
}
