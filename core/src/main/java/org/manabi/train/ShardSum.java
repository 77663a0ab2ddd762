package org.manabi.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// What virtual shards give to a mini-batch, added up: the gradient of the sum of their losses, their
/// layers' states times their samples, and their figures.
public final class ShardSum {

    private static final int FIGURES = 4;

    private final List<Tensor> numbers;
    private final double[] figures = new double[FIGURES];

    /// A sum on these tensors, which are not copied.
    private ShardSum(List<Tensor> numbers) {
        this.numbers = List.copyOf(numbers);
    }

    /// Zero.
    ///
    /// @param like tensors of the types and sizes of gradients and states
    public static ShardSum zeros(Collection<Tensor> like) {
        return new ShardSum(
                like.stream()
                        .map(tensor -> Tensor.zeros(tensor.dtype(), Shape.of(tensor.size())))
                        .toList());
    }

    /// A sum whose gradients are these tensors themselves, with states of its own.
    static ShardSum on(Collection<Tensor> gradients, Collection<Tensor> states) {
        List<Tensor> numbers = new ArrayList<>();
        gradients.forEach(tensor -> numbers.add(tensor.reshape(Shape.of(tensor.size()))));
        numbers.addAll(zeros(states).numbers);
        return new ShardSum(numbers);
    }

    /// The gradients in the order of the parameters, then the states, each `[size]`.
    public List<Tensor> numbers() {
        return numbers;
    }

    /// The number of samples, the sum of their losses, of what a mean divides by, and of the right
    /// answers: four numbers, which may be changed.
    public double[] figures() {
        return figures;
    }

    /// Adds another's, each number once: float32 in float32.
    public ShardSum add(Engine engine, ShardSum other) {
        for (int i = 0; i < numbers.size(); i++) {
            engine.add(other.numbers.get(i), numbers.get(i));
        }
        addFigures(other);
        return this;
    }

    void addFigures(ShardSum other) {
        for (int i = 0; i < FIGURES; i++) {
            figures[i] += other.figures[i];
        }
    }

    /// Takes another's numbers.
    public void copyFrom(ShardSum other) {
        for (int i = 0; i < numbers.size(); i++) {
            numbers.get(i).copyFrom(other.numbers.get(i));
        }
        System.arraycopy(other.figures, 0, figures, 0, FIGURES);
    }

    void clear(Engine engine) {
        numbers.forEach(tensor -> engine.fill(tensor, 0));
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
