package org.manabi.data;

import org.manabi.tensor.Engine;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// Inputs in memory.
record HeldInputs(Tensor tensor) implements Inputs {

    @Override
    public Shape shape() {
        return tensor.shape();
    }

    @Override
    public Inputs reshaped(Shape sample) {
        return new HeldInputs(tensor.reshape(sample.prepend(tensor.shape().dim(0))));
    }

    @Override
    public Inputs select(int[] rows) {
        return new HeldInputs(Gather.select(tensor, rows));
    }

    @Override
    public Inputs first(int count) {
        return new HeldInputs(tensor.rows(0, count));
    }

    @Override
    public void gather(
            Engine engine, double divisor, int[] rows, int from, int count, Tensor batch) {
        Gather.rows(engine, tensor, divisor, rows, from, count, batch);
    }

    @Override
    public void prefetch(int[] rows, int from, int count) {}
}
