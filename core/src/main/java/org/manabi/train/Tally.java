package org.manabi.train;

import java.util.OptionalDouble;
import org.manabi.metrics.Accuracy;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Tensor;

/// Adds up the losses and right answers of samples, in double and in their order.
final class Tally {

    private long samples;
    private double loss;
    private long correct;
    private boolean classes;

    /// What has been added up so far, as a value.
    TrainState.Sums sums() {
        return new TrainState.Sums(samples, loss, correct, classes);
    }

    void restore(TrainState.Sums sums) {
        samples = sums.samples();
        loss = sums.loss();
        correct = sums.correct();
        classes = sums.classes();
    }

    boolean isEmpty() {
        return samples == 0;
    }

    void clear() {
        samples = 0;
        loss = 0;
        correct = 0;
    }

    /// Counts one batch and returns the sum of its losses.
    double add(Tensor losses, Tensor scores, Tensor targets) {
        double sum = 0;
        for (int i = 0; i < losses.size(); i++) {
            sum += losses.getAsDouble(i);
        }
        samples += losses.size();
        loss += sum;
        if (targets instanceof IntTensor labels) {
            classes = true;
            correct += Accuracy.countCorrect(scores, labels);
        }
        return sum;
    }

    Score score() {
        return new Score(
                samples,
                samples == 0 ? 0 : loss / samples,
                classes && samples > 0
                        ? OptionalDouble.of((double) correct / samples)
                        : OptionalDouble.empty());
    }
}
