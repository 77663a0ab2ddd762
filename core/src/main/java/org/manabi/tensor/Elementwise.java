package org.manabi.tensor;

/// Work that treats each element of some tensors by itself, in double, a block of elements at a time:
/// see [Engine#elementwise].
@FunctionalInterface
public interface Elementwise {

    /// Changes the first `count` numbers of the blocks, which are those of one place in the tensors.
    ///
    /// @param blocks one array for each tensor, in the order in which they were given
    void run(int count, double[][] blocks);
}
