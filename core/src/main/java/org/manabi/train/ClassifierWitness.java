package org.manabi.train;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.manabi.data.Dataset;
import org.manabi.metrics.Accuracy;
import org.manabi.metrics.Calibration;
import org.manabi.metrics.ConfusionMatrix;
import org.manabi.metrics.OneVersusRest;
import org.manabi.metrics.ProbabilityScores;
import org.manabi.metrics.TopK;
import org.manabi.metrics.WorstMistakes;
import org.manabi.tensor.Tensor;

/// Watches a classifier sample by sample: what it takes for what, how sure it is, and which wrong
/// answers cost most.
public final class ClassifierWitness implements Evaluator.SampleListener {

    /// As in Guo et al. (2017).
    private static final int BINS = 15;

    /// What the probability of the right class counts at least in the log loss.
    public static final double LEAST_PROBABILITY = Float.MIN_NORMAL;

    private final Dataset samples;
    private final ClassProbabilities toProbabilities;
    private final ConfusionMatrix confusion;
    private final Calibration calibration = new Calibration(BINS);
    private final ProbabilityScores probabilityScores = new ProbabilityScores(LEAST_PROBABILITY);
    private final OneVersusRest areas;
    private final WorstMistakes mistakes;
    private final long[] ranks;
    private @Nullable Tensor probabilities;

    /// Nothing is seen yet.
    ///
    /// @param samples those that will be scored, with names of classes
    /// @param mistakes how many of the worst to remember, at least 1
    public ClassifierWitness(Dataset samples, ClassProbabilities toProbabilities, int mistakes) {
        this.samples = samples;
        this.toProbabilities = toProbabilities;
        this.confusion = new ConfusionMatrix(samples.classNames().size());
        this.areas = new OneVersusRest(samples.classNames().size());
        this.mistakes = new WorstMistakes(mistakes);
        this.ranks = new long[samples.classNames().size() + 1];
    }

    @Override
    public void sample(int sample, Tensor scores, int row, double loss) {
        Tensor batch =
                row == 0 || probabilities == null ? toProbabilities.of(scores) : probabilities;
        probabilities = batch;
        int predicted = Accuracy.argmax(scores, row);
        int label = samples.label(sample);
        confusion.add(label, predicted);
        ranks[TopK.rank(scores, row, label)]++;
        probabilityScores.add(batch, row, label);
        areas.add(batch, row, label);
        if (predicted >= 0) {
            calibration.add(batch.get(row, predicted), predicted == label);
        }
        mistakes.add(
                sample,
                label,
                predicted,
                predicted < 0 ? Double.NaN : batch.get(row, predicted),
                loss);
    }

    /// What was taken for what.
    public ConfusionMatrix confusion() {
        return confusion;
    }

    /// The share of samples whose class is among the k with the highest scores; NaN before any.
    ///
    /// @param k 1 … classes
    public double topAccuracy(int k) {
        Objects.checkIndex(k, ranks.length);
        return (double) Arrays.stream(ranks, 0, k).sum() / Arrays.stream(ranks).sum();
    }

    /// How often it is right when it is so sure, in 15 bins.
    public Calibration calibration() {
        return calibration;
    }

    /// Log loss and Brier score.
    public ProbabilityScores probabilityScores() {
        return probabilityScores;
    }

    /// The curves of each class against the others.
    public OneVersusRest areas() {
        return areas;
    }

    /// The wrong answers that cost most, by the samples' rows.
    public WorstMistakes mistakes() {
        return mistakes;
    }
}
