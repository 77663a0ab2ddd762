package org.manabi.train;

import java.util.Arrays;
import java.util.List;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// What virtual shards give to a mini-batch, added up: the gradient of the sum of their losses, their
/// layers' states times their samples, and their figures.
public final class ShardSum {

    private static final int FIGURES = 4;

    private final Tensor numbers;
    private final double[] figures = new double[FIGURES];

    /// Zero.
    ///
    /// @param size how many numbers the gradients and states have together
    public ShardSum(DType dtype, int size) {
        numbers = Tensor.zeros(dtype, Shape.of(size));
    }

    /// The gradients in the order of the parameters, then the states: `[size]`.
    public Tensor numbers() {
        return numbers;
    }

    /// The number of samples, the sum of their losses, of what a mean divides by, and of the right
    /// answers: four numbers, which may be changed.
    public double[] figures() {
        return figures;
    }

    /// Adds another's, each number once: float32 in float32.
    public ShardSum add(Engine engine, ShardSum other) {
        engine.add(other.numbers, numbers);
        for (int i = 0; i < FIGURES; i++) {
            figures[i] += other.figures[i];
        }
        return this;
    }

    /// Takes another's numbers.
    public void copyFrom(ShardSum other) {
        numbers.copyFrom(other.numbers);
        System.arraycopy(other.figures, 0, figures, 0, FIGURES);
    }

    void clear(Engine engine) {
        engine.elementwise(
                (count, blocks) -> Arrays.fill(blocks[0], 0, count, 0),
                List.of(numbers),
                List.of());
        Arrays.fill(figures, 0);
    }

    /// Notes the figures of one shard.
    void note(TrainState.Sums sums) {
        figures[0] = sums.samples();
        figures[1] = sums.loss();
        figures[2] = sums.weight();
        figures[3] = sums.correct();
    }

    TrainState.Sums sums(boolean classes) {
        return new TrainState.Sums(
                (long) figures[0], figures[1], figures[2], (long) figures[3], classes);
    }
}
