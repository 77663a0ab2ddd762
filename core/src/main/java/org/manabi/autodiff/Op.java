package org.manabi.autodiff;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.DType;
import org.manabi.tensor.Shape;

/// A differentiable operation. It says what shape comes of its inputs, and, once buffers are laid
/// out, [#bind]s itself to them: the [Bound] then runs step after step without allocating.
///
/// Operations are values: two with equal settings are equal, and they hold no numbers of a run.
public interface Op {

    /// The shape of the result.
    ///
    /// @throws org.manabi.tensor.ShapeException if the inputs do not fit
    Shape shape(List<Variable> inputs);

    /// The type of the result: that of the floating inputs, which agree.
    default DType dtype(List<Variable> inputs) {
        DType common = null;
        for (Variable input : inputs) {
            if (input.dtype().isFloating()) {
                Checks.require(
                        common == null || common == input.dtype(),
                        "%s mixes %s and %s",
                        this,
                        common,
                        input.dtype());
                common = input.dtype();
            }
        }
        Checks.require(common != null, "%s needs a floating input", this);
        return common == null ? DType.FLOAT32 : common;
    }

    /// Ties the operation to its buffers.
    Bound bind(Site site);

    /// One operation that does this one and then `next` with the same bits but fewer passes over
    /// memory, or `null`.
    default @Nullable Op fusedWith(Op next) {
        return null;
    }

    /// Whether the result is the first input's elements under another shape, so that no buffer and
    /// no work is needed.
    default boolean isView() {
        return false;
    }
}
