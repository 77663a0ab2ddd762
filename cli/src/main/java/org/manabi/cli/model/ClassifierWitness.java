package org.manabi.cli.model;

import org.jspecify.annotations.Nullable;
import org.manabi.data.Dataset;
import org.manabi.metrics.Accuracy;
import org.manabi.metrics.Calibration;
import org.manabi.metrics.ConfusionMatrix;
import org.manabi.metrics.WorstMistakes;
import org.manabi.tensor.Tensor;
import org.manabi.train.Evaluator;

/// Watches a classifier sample by sample: what it takes for what, and how sure it is.
final class ClassifierWitness implements Evaluator.SampleListener {

    /// As in Guo et al. (2017).
    private static final int BINS = 15;

    static final int MISTAKES = 24;

    private final Dataset samples;
    private final ClassProbabilities toProbabilities;
    private final ConfusionMatrix confusion;
    private final Calibration calibration = new Calibration(BINS);
    private final WorstMistakes mistakes = new WorstMistakes(MISTAKES);
    private @Nullable Tensor probabilities;

    ClassifierWitness(Dataset samples, ClassProbabilities toProbabilities) {
        this.samples = samples;
        this.toProbabilities = toProbabilities;
        this.confusion = new ConfusionMatrix(samples.classNames().size());
    }

    @Override
    public void sample(int sample, Tensor scores, int row, double loss) {
        Tensor batch =
                row == 0 || probabilities == null ? toProbabilities.of(scores) : probabilities;
        probabilities = batch;
        int predicted = Accuracy.argmax(scores, row);
        int label = samples.label(sample);
        confusion.add(label, predicted);
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

    ConfusionMatrix confusion() {
        return confusion;
    }

    Calibration calibration() {
        return calibration;
    }

    WorstMistakes mistakes() {
        return mistakes;
    }
}
