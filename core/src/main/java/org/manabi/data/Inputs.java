package org.manabi.data;

import org.manabi.tensor.Engine;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// Where the inputs of a dataset lie.
sealed interface Inputs permits HeldInputs, StreamedInputs {

    /// `[n, …]`.
    Shape shape();

    /// All of them.
    ///
    /// @throws IllegalStateException if they are not in memory
    Tensor tensor();

    /// The same with each under another shape.
    Inputs reshaped(Shape sample);

    Inputs select(int[] rows);

    Inputs first(int count);

    void gather(Engine engine, double divisor, int[] rows, int from, int count, Tensor batch);

    void prefetch(int[] rows, int from, int count);
}
