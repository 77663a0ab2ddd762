package org.manabi.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.manabi.tensor.Checks;

/// How well scores separate yes from no, whatever the threshold: the curves of all thresholds, and the
/// areas under them.
///
/// Samples of equal score change sides together. All values are exact: no bins, no interpolation.
///
/// Source: Fawcett, *An introduction to ROC analysis* (2006); scikit-learn's `roc_auc_score` and
/// `average_precision_score`.
public final class RankedScores {

    private final List<Sample> samples = new ArrayList<>();

    private record Sample(double score, boolean positive, double weight) {}

    /// No samples yet.
    public RankedScores() {
        // all sums begin at 0
    }

    /// Counts one sample with the weight 1.
    public void add(boolean positive, double score) {
        add(positive, score, 1);
    }

    /// Counts one sample.
    ///
    /// @throws org.manabi.tensor.ShapeException if the score is NaN, which has no place in an order
    public void add(boolean positive, double score, double weight) {
        Checks.require(!Double.isNaN(score), "ranked scores: a score is NaN");
        samples.add(new Sample(score, positive, weight));
    }

    /// A threshold and what comes of it: scores of at least it are a yes.
    ///
    /// @param threshold `+∞` for the point where nothing is a yes
    /// @param truePositives the weight of the yeses that are right
    /// @param falsePositives the weight of the yeses that are wrong
    /// @param positives the weight of all where yes is right
    /// @param negatives the weight of all where no is right
    public record Point(
            double threshold,
            double truePositives,
            double falsePositives,
            double positives,
            double negatives) {

        /// The share found; also called sensitivity and true positive rate.
        public double recall() {
            return positives == 0 ? 0 : truePositives / positives;
        }

        /// `1 − specificity`.
        public double falsePositiveRate() {
            return negatives == 0 ? 0 : falsePositives / negatives;
        }

        public double specificity() {
            return 1 - falsePositiveRate();
        }

        /// The share of right ones among the yeses; 1 if there is no yes.
        public double precision() {
            double yes = truePositives + falsePositives;
            return yes == 0 ? 1 : truePositives / yes;
        }
    }

    /// The points of all thresholds that differ, from the highest to the lowest.
    public List<Point> curve() {
        List<Sample> sorted = new ArrayList<>(samples);
        sorted.sort(Comparator.comparingDouble(Sample::score).reversed());
        double positives = 0;
        double negatives = 0;
        for (Sample sample : sorted) {
            positives += sample.positive ? sample.weight : 0;
            negatives += sample.positive ? 0 : sample.weight;
        }
        List<Point> points = new ArrayList<>();
        points.add(new Point(Double.POSITIVE_INFINITY, 0, 0, positives, negatives));
        double right = 0;
        double wrong = 0;
        for (int i = 0; i < sorted.size(); i++) {
            Sample sample = sorted.get(i);
            right += sample.positive ? sample.weight : 0;
            wrong += sample.positive ? 0 : sample.weight;
            boolean last = i + 1 == sorted.size() || sorted.get(i + 1).score < sample.score;
            if (last) {
                points.add(new Point(sample.score, right, wrong, positives, negatives));
            }
        }
        return points;
    }

    /// The area under the curve of recall over the false positive rate: the probability that a yes has
    /// a higher score than a no, equal scores counting half. NaN without both.
    public double rocAuc() {
        double area = 0;
        Point before = null;
        for (Point point : curve()) {
            if (point.positives == 0 || point.negatives == 0) {
                return Double.NaN;
            }
            if (before != null) {
                area +=
                        (point.falsePositiveRate() - before.falsePositiveRate())
                                * (point.recall() + before.recall())
                                / 2;
            }
            before = point;
        }
        return area;
    }

    /// The area under the curve of precision over recall, as the average precision
    /// `Σ (Rᵢ − Rᵢ₋₁)·Pᵢ`. NaN if yes is right for none.
    public double prAuc() {
        double area = 0;
        double recall = 0;
        for (Point point : curve()) {
            if (point.positives == 0) {
                return Double.NaN;
            }
            area += (point.recall() - recall) * point.precision();
            recall = point.recall();
        }
        return area;
    }

    /// The highest recall of a threshold with at least this specificity.
    public double sensitivityAtSpecificity(double least) {
        return curve().stream()
                .filter(point -> point.specificity() >= least)
                .mapToDouble(Point::recall)
                .max()
                .orElse(0);
    }

    /// The highest specificity of a threshold with at least this recall.
    public double specificityAtSensitivity(double least) {
        return curve().stream()
                .filter(point -> point.recall() >= least)
                .mapToDouble(Point::specificity)
                .max()
                .orElse(0);
    }

    /// The highest precision of a threshold with at least this recall.
    public double precisionAtRecall(double least) {
        return curve().stream()
                .filter(point -> point.recall() >= least)
                .mapToDouble(Point::precision)
                .max()
                .orElse(0);
    }

    /// The highest recall of a threshold with at least this precision; 0 if none has it.
    public double recallAtPrecision(double least) {
        return curve().stream()
                .filter(point -> point.precision() >= least)
                .mapToDouble(Point::recall)
                .max()
                .orElse(0);
    }
}
