package org.manabi.data;

import org.manabi.tensor.DType;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// Samples that lie outside the memory, such as in a mapped file, of which any can be read in any order.
/// A [Dataset] of them is shuffled, split and learned from like one in memory, to the same bits.
public interface StoredRows {

    /// `[n, …]`.
    Shape shape();

    /// The type of the elements as they lie there.
    DType dtype();

    /// Copies the samples `rows[from … from + count)` one after another. Several threads may call it.
    ///
    /// @param into of [#dtype], with `count` samples, from its offset on
    void read(int[] rows, int from, int count, Tensor into);

    /// Says that these samples will soon be read. By default nothing happens.
    default void prefetch(int[] rows, int from, int count) {}
}
