package org.manabi.autodiff;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.manabi.tensor.DType;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// Hands out buffers while a plan is laid out, and takes back those whose contents are spent, so
/// that one array serves several tensors in turn.
final class Buffers {

    private final List<Tensor> free = new ArrayList<>();
    private final IdentityHashMap<Tensor, Tensor> wholeOf = new IdentityHashMap<>();

    /// A buffer of this shape: the smallest free one that is large enough, or a new one.
    Tensor acquire(DType dtype, Shape shape) {
        Tensor best = null;
        for (Tensor candidate : free) {
            boolean fits = candidate.dtype() == dtype && candidate.size() >= shape.size();
            if (fits && (best == null || candidate.size() < best.size())) {
                best = candidate;
            }
        }
        if (best == null) {
            best = Tensor.zeros(dtype, Shape.of(shape.size()));
        } else {
            free.remove(best);
        }
        Tensor view = best.rows(0, shape.size()).reshape(shape);
        wholeOf.put(view, best);
        return view;
    }

    /// Notes that `view` shares the buffer of `owner`, and is the one to be released.
    void transfer(Tensor owner, Tensor view) {
        Tensor whole = wholeOf.remove(owner);
        if (whole != null) {
            wholeOf.put(view, whole);
        }
    }

    /// Takes a buffer back; tensors that did not come from here are left alone.
    void release(Tensor view) {
        Tensor whole = wholeOf.remove(view);
        if (whole != null) {
            free.add(whole);
        }
    }
}
