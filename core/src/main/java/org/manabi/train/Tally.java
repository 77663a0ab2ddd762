package org.manabi.train;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.manabi.metrics.Accuracy;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Tensor;

/// Adds up the losses and right answers of samples, in double and in their order.
final class Tally {

    private long samples;
    private double loss;
    private double weight;
    private long correct;
    private boolean classes;

    /// What has been added up so far, as a value.
    TrainState.Sums sums() {
        return new TrainState.Sums(samples, loss, weight, correct, classes);
    }

    void restore(TrainState.Sums sums) {
        samples = sums.samples();
        loss = sums.loss();
        weight = sums.weight();
        correct = sums.correct();
        classes = sums.classes();
    }

    boolean isEmpty() {
        return samples == 0;
    }

    void clear() {
        samples = 0;
        loss = 0;
        weight = 0;
        correct = 0;
    }

    /// Counts one batch and returns the mean of its losses.
    ///
    /// @param divisors what each sample adds to what a mean divides by; `null` for 1 each
    double add(Tensor losses, @Nullable Tensor divisors, Tensor scores, Tensor targets) {
        double sum = sum(losses);
        double divisor = divisors == null ? losses.size() : sum(divisors);
        samples += losses.size();
        loss += sum;
        weight += divisor;
        if (targets instanceof IntTensor labels) {
            classes = true;
            correct += Accuracy.countCorrect(scores, labels);
        }
        return divisor == 0 ? 0 : sum / divisor;
    }

    /// Counts what was added up elsewhere and returns the mean of its losses.
    double add(TrainState.Sums sums) {
        samples += sums.samples();
        loss += sums.loss();
        weight += sums.weight();
        correct += sums.correct();
        classes |= sums.classes();
        return sums.weight() == 0 ? 0 : sums.loss() / sums.weight();
    }

    private static double sum(Tensor of) {
        double sum = 0;
        for (int i = 0; i < of.size(); i++) {
            sum += of.getAsDouble(i);
        }
        return sum;
    }

    Score score() {
        return new Score(
                samples,
                weight == 0 ? 0 : loss / weight,
                classes && samples > 0
                        ? OptionalDouble.of((double) correct / samples)
                        : OptionalDouble.empty());
    }
}
