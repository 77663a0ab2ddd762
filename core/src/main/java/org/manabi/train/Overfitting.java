package org.manabi.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.manabi.tensor.Checks;

/// What the learning curves say when a model learns its training data by heart: since when, how much,
/// and in which way.
///
/// It is called overfitting when the validation loss has risen by more than [#NOTICEABLE] of its lowest
/// value, at two epochs at least, while the training loss went on falling.
///
/// @param sinceEpoch the first epoch after the one with the lowest validation loss, from 1
/// @param best the validation data at its lowest loss
/// @param now the validation data after the last epoch
/// @param train the training data after the last epoch
/// @param kind in which way
public record Overfitting(long sinceEpoch, Score best, Score now, Score train, Kind kind) {

    /// The rise of the validation loss, as a share of its lowest value, below which nothing is said.
    public static final double NOTICEABLE = 0.02;

    /// How many epochs must have passed since the lowest loss.
    private static final int EPOCHS = 2;

    /// In which way a model overfits.
    public enum Kind {
        /// Fewer answers on validation data are right than before.
        FEWER_RIGHT,
        /// As many answers are right, or more, but the wrong ones are given with more confidence: the
        /// loss rises although the accuracy does not fall.
        OVERCONFIDENT,
        /// The targets are real numbers, which are predicted less closely.
        FARTHER_OFF
    }

    /// What may be tried.
    public enum Remedy {
        /// To stop at the lowest validation loss.
        EARLY_STOPPING,
        /// To learn from more samples.
        MORE_DATA,
        /// To leave units out at random while learning.
        DROPOUT,
        /// To pull weights toward 0.
        WEIGHT_DECAY,
        /// To have fewer weights.
        SMALLER_MODEL,
        /// To aim at less than certainty.
        LABEL_SMOOTHING
    }

    /// Looks at the curves up to now.
    ///
    /// @param epochs what was measured after each epoch, in order
    /// @return empty without validation data, or if nothing is to be said
    public static Optional<Overfitting> in(List<EpochScores> epochs) {
        List<Point> points = points(epochs);
        if (points.isEmpty()) {
            return Optional.empty();
        }
        int best = 0;
        for (int i = 1; i < points.size(); i++) {
            if (points.get(i).validation().loss() < points.get(best).validation().loss()) {
                best = i;
            }
        }
        Point lowest = points.get(best);
        Point last = points.getLast();
        double limit = lowest.validation().loss() * (1 + NOTICEABLE);
        boolean risen =
                points.size() - 1 - best >= EPOCHS
                        && last.validation().loss() > limit
                        && points.get(points.size() - 2).validation().loss() > limit;
        if (!risen || last.train().loss() >= lowest.train().loss()) {
            return Optional.empty();
        }
        return Optional.of(
                new Overfitting(
                        lowest.epoch() + 1,
                        lowest.validation(),
                        last.validation(),
                        last.train(),
                        kind(lowest.validation(), last.validation())));
    }

    /// An epoch with finite losses on training and validation data.
    private record Point(long epoch, Score train, Score validation) {}

    private static List<Point> points(List<EpochScores> epochs) {
        List<Point> points = new ArrayList<>();
        for (EpochScores epoch : epochs) {
            Score validation = epoch.validation();
            if (validation != null
                    && Double.isFinite(validation.loss())
                    && Double.isFinite(epoch.train().loss())) {
                points.add(new Point(epoch.epoch(), epoch.train(), validation));
            }
        }
        return points;
    }

    /// Accuracies are compared no finer than chance allows: a difference within the standard error
    /// √(p(1 − p)/n) of the earlier one is none.
    private static Kind kind(Score best, Score now) {
        OptionalDouble before = best.accuracy();
        OptionalDouble after = now.accuracy();
        if (before.isEmpty() || after.isEmpty()) {
            return Kind.FARTHER_OFF;
        }
        double p = before.getAsDouble();
        double error = Math.sqrt(p * (1 - p) / Math.max(1, best.samples()));
        return p - after.getAsDouble() > error ? Kind.FEWER_RIGHT : Kind.OVERCONFIDENT;
    }

    public Overfitting {
        Checks.require(sinceEpoch >= 1, "epochs are counted from 1, got %d", sinceEpoch);
    }

    /// How far apart the two losses are after the last epoch: validation less training.
    public double gap() {
        return now.loss() - train.loss();
    }

    /// What may be tried, the most promising first.
    public List<Remedy> remedies() {
        return switch (kind) {
            case OVERCONFIDENT ->
                    List.of(
                            Remedy.EARLY_STOPPING,
                            Remedy.LABEL_SMOOTHING,
                            Remedy.DROPOUT,
                            Remedy.WEIGHT_DECAY,
                            Remedy.MORE_DATA);
            case FEWER_RIGHT, FARTHER_OFF ->
                    List.of(
                            Remedy.EARLY_STOPPING,
                            Remedy.MORE_DATA,
                            Remedy.SMALLER_MODEL,
                            Remedy.DROPOUT,
                            Remedy.WEIGHT_DECAY);
        };
    }

    /// Whether it says something else than an earlier look did: a new beginning, or another way.
    boolean isNewsAfter(Optional<Overfitting> earlier) {
        return earlier.isEmpty()
                || earlier.get().sinceEpoch() != sinceEpoch
                || earlier.get().kind() != kind;
    }
}
