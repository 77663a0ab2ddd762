package org.manabi.board.lesson;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.manabi.autodiff.Parameter;
import org.manabi.autodiff.Variable;
import org.manabi.data.Dataset;
import org.manabi.data.Split;
import org.manabi.loss.ClassTargets;
import org.manabi.loss.CrossEntropy;
import org.manabi.loss.Labels;
import org.manabi.loss.Loss;
import org.manabi.loss.OneHot;
import org.manabi.loss.Probabilities;
import org.manabi.metrics.Accuracy;
import org.manabi.optim.Adam;
import org.manabi.tensor.DType;
import org.manabi.tensor.DoubleTensor;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import org.manabi.train.Budget;
import org.manabi.train.Model;
import org.manabi.train.TrainEvent.Diverged;
import org.manabi.train.Trainer;
import org.manabi.train.TrainingConfig;

/// The fifth lesson: the cross-entropy of a batch, from one-hot rows and from labels; and what the
/// chapter's label form does that multiplies by the label once more.
///
/// Source: 『ゼロから作るDeep Learning』, section 4.2.4.
public final class CrossEntropyBatch {

    /// The chapter's example: the right class has 0.6.
    private static final double PROBABILITY = 0.6;

    private CrossEntropyBatch() {}

    /// What the lesson can be told.
    ///
    /// @param seed of the first weights and of the order of samples
    /// @param rows how many samples are shown one by one
    /// @param checked on how many samples the two right forms are held against each other
    /// @param firstSteps for how many mini-batches the network has learned that predicts them
    /// @param hidden hidden units of the network
    /// @param samples how many samples the forms are learned with
    /// @param epochs how often
    /// @param threads how many threads compute
    public record Settings(
            long seed,
            int rows,
            int checked,
            int firstSteps,
            int hidden,
            int samples,
            int epochs,
            int threads) {

        public static final Settings DEFAULTS = new Settings(0, 5, 10_000, 30, 50, 5000, 6, 1);

        public Settings withSeed(long other) {
            return new Settings(other, rows, checked, firstSteps, hidden, samples, epochs, threads);
        }

        public Settings withThreads(int other) {
            return new Settings(seed, rows, checked, firstSteps, hidden, samples, epochs, other);
        }
    }

    /// The ways in which the cross-entropy of labels is written.
    public enum Form {
        /// `−log(y[t] + δ)`.
        RIGHT,
        /// `−log(y[t] · t)`, the chapter's.
        TIMES_LABEL_INSIDE,
        /// `−log(y[t]) · t`, where the label has slipped behind the logarithm.
        TIMES_LABEL_OUTSIDE
    }

    /// A loss of one sample and its slope with respect to the right class's probability.
    public record Cost(double loss, double slope) {}

    /// One sample of the batch.
    ///
    /// @param label what it is
    /// @param predicted the probability of each class
    /// @param writtenOut `−Σ t·log(y + δ)` over all classes, added up one by one
    /// @param oneHot the loss from the one-hot row
    /// @param right the loss from the label
    /// @param inside that of the form with the label inside the logarithm
    /// @param outside that of the form with the label behind it
    public record Row(
            int label,
            List<Double> predicted,
            double writtenOut,
            double oneHot,
            Cost right,
            Cost inside,
            Cost outside) {

        /// The probability of the right class.
        public double probability() {
            return predicted.get(label);
        }
    }

    /// What the forms cost for one label, if the right class has the same probability for all.
    public record ByLabel(int label, double right, double inside, double outside) {}

    /// A network that learned by one of the forms.
    ///
    /// @param divergedAt the mini-batch at which the loss was not finite, if one was
    /// @param accuracy on the test data
    /// @param byDigit the same for each digit
    public record Learned(
            Form form, OptionalLong divergedAt, double accuracy, List<Double> byDigit) {}

    /// What came out.
    ///
    /// @param delta δ of the right form
    /// @param rows the samples one by one
    /// @param oneHot the mean loss of these from one-hot rows
    /// @param right the mean loss from labels
    /// @param inside the mean of the form with the label inside the logarithm
    /// @param outside the mean of the form with the label behind it
    /// @param checked how many samples were compared
    /// @param equal for how many of them one-hot row and label give the same bits
    /// @param probability the right class's in `byLabel`
    /// @param byLabel what the forms cost for each label
    /// @param learned one network for each form
    public record Result(
            double delta,
            List<Row> rows,
            double oneHot,
            double right,
            double inside,
            double outside,
            int checked,
            int equal,
            double probability,
            List<ByLabel> byLabel,
            List<Learned> learned) {}

    /// Predicts a batch, judges it by all forms, and learns by all forms.
    public static Result compute(Split data, Settings settings, Progress progress) {
        int checked = Math.min(settings.checked(), data.train().size());
        Dataset first = data.train().first(checked);
        DoubleTensor y = predictions(first, settings, progress.part(0, 0.2));
        int shown = Math.min(settings.rows(), checked);
        DoubleTensor shownY = y.rows(0, shown);
        Labels labels = labels(first, shown);
        Probabilities prediction = new Probabilities(Variable.of(shownY));
        return new Result(
                CrossEntropy.BOOK.delta(),
                rows(shownY, labels, first),
                CrossEntropy.BOOK.of(prediction, oneHot(first, shown)).value().item(),
                CrossEntropy.BOOK.of(prediction, labels).value().item(),
                loss(Form.TIMES_LABEL_INSIDE).of(prediction, labels).value().item(),
                loss(Form.TIMES_LABEL_OUTSIDE).of(prediction, labels).value().item(),
                checked,
                equal(y, first),
                PROBABILITY,
                byLabel(data.train().classNames().size()),
                learnAll(data, settings, progress.part(0.2, 1)));
    }

    private static Loss<Probabilities, ClassTargets> loss(Form form) {
        return switch (form) {
            case RIGHT -> CrossEntropy.BOOK;
            case TIMES_LABEL_INSIDE -> new TimesLabel(TimesLabel.Place.INSIDE);
            case TIMES_LABEL_OUTSIDE -> new TimesLabel(TimesLabel.Place.OUTSIDE);
        };
    }

    /// What a network that has begun to learn predicts, as doubles.
    private static DoubleTensor predictions(Dataset data, Settings settings, Progress progress) {
        var trainer =
                trainer(data, settings, CrossEntropy.BOOK, new Budget.Steps(settings.firstSteps()));
        Training.run(trainer, data, progress);
        int classes = data.classNames().size();
        DoubleTensor y = DoubleTensor.zeros(Shape.of(data.size(), classes));
        trainer.evaluator()
                .score(
                        data,
                        (sample, scores, row, loss) -> {
                            for (int k = 0; k < classes; k++) {
                                double score = scores.getAsDouble(row * classes + k);
                                y.setFromDouble(sample * classes + k, score);
                            }
                        });
        return y;
    }

    private static Trainer<Probabilities, ClassTargets> trainer(
            Dataset data,
            Settings settings,
            Loss<Probabilities, ClassTargets> loss,
            Budget budget) {
        return new Trainer<>(
                Model.ofProbabilities(
                        TwoLayerNetwork.ofProbabilities(
                                data, settings.hidden(), DType.FLOAT32, settings.seed())),
                loss,
                new Adam(0.01),
                TrainingConfig.DEFAULTS
                        .withBudget(budget)
                        .withSeed(settings.seed())
                        .withThreads(settings.threads()));
    }

    private static Labels labels(Dataset data, int count) {
        int[] labels = new int[count];
        for (int row = 0; row < count; row++) {
            labels[row] = data.label(row);
        }
        return Labels.of(data.classNames().size(), labels);
    }

    private static OneHot oneHot(Dataset data, int count) {
        Tensor rows = DoubleTensor.zeros(Shape.of(count, data.classNames().size()));
        for (int row = 0; row < count; row++) {
            rows.setFromDouble(row * data.classNames().size() + data.label(row), 1);
        }
        return OneHot.of(rows);
    }

    private static List<Row> rows(DoubleTensor y, Labels labels, Dataset data) {
        int count = labels.rows();
        Tensor oneHot =
                CrossEntropy.BOOK
                        .perSample(new Probabilities(Variable.of(y)), oneHot(data, count))
                        .value();
        List<Cost> right = costs(Form.RIGHT, y, labels, data);
        List<Cost> inside = costs(Form.TIMES_LABEL_INSIDE, y, labels, data);
        List<Cost> outside = costs(Form.TIMES_LABEL_OUTSIDE, y, labels, data);
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            List<Double> predicted = new ArrayList<>();
            for (double probability : y.rows(row, 1).toDoubles()) {
                predicted.add(probability);
            }
            rows.add(
                    new Row(
                            data.label(row),
                            predicted,
                            writtenOut(predicted, data.label(row)),
                            oneHot.getAsDouble(row),
                            right.get(row),
                            inside.get(row),
                            outside.get(row)));
        }
        return rows;
    }

    private static double writtenOut(List<Double> y, int label) {
        double sum = 0;
        for (int k = 0; k < y.size(); k++) {
            double t = k == label ? 1 : 0;
            sum += t * StrictMath.log(y.get(k) + CrossEntropy.BOOK.delta());
        }
        return -sum;
    }

    private static List<Cost> costs(Form form, DoubleTensor y, Labels labels, Dataset data) {
        Parameter parameter = Parameter.of("y", y);
        Variable losses = loss(form).perSample(new Probabilities(parameter), labels);
        Tensor values = losses.value();
        Tensor slopes = losses.sum().gradients(parameter).of(parameter);
        List<Cost> costs = new ArrayList<>();
        for (int row = 0; row < labels.rows(); row++) {
            double slope = slopes.get(row, data.label(row));
            costs.add(new Cost(values.getAsDouble(row), slope));
        }
        return costs;
    }

    private static List<ByLabel> byLabel(int classes) {
        DoubleTensor y = DoubleTensor.zeros(Shape.of(classes, classes));
        int[] labels = new int[classes];
        for (int label = 0; label < classes; label++) {
            labels[label] = label;
            for (int k = 0; k < classes; k++) {
                double rest = (1 - PROBABILITY) / (classes - 1);
                y.setFromDouble(label * classes + k, k == label ? PROBABILITY : rest);
            }
        }
        Probabilities prediction = new Probabilities(Variable.of(y));
        Labels targets = Labels.of(classes, labels);
        Tensor right = loss(Form.RIGHT).perSample(prediction, targets).value();
        Tensor inside = loss(Form.TIMES_LABEL_INSIDE).perSample(prediction, targets).value();
        Tensor outside = loss(Form.TIMES_LABEL_OUTSIDE).perSample(prediction, targets).value();
        List<ByLabel> costs = new ArrayList<>();
        for (int label : labels) {
            costs.add(
                    new ByLabel(
                            label,
                            right.getAsDouble(label),
                            inside.getAsDouble(label),
                            outside.getAsDouble(label)));
        }
        return costs;
    }

    private static int equal(DoubleTensor y, Dataset data) {
        Probabilities prediction = new Probabilities(Variable.of(y));
        int count = data.size();
        Tensor fromRows = CrossEntropy.BOOK.perSample(prediction, oneHot(data, count)).value();
        Tensor fromLabels = CrossEntropy.BOOK.perSample(prediction, labels(data, count)).value();
        int equal = 0;
        for (int row = 0; row < count; row++) {
            long bits = Double.doubleToRawLongBits(fromRows.getAsDouble(row));
            equal += bits == Double.doubleToRawLongBits(fromLabels.getAsDouble(row)) ? 1 : 0;
        }
        return equal;
    }

    private static List<Learned> learnAll(Split data, Settings settings, Progress progress) {
        List<Learned> learned = new ArrayList<>();
        Form[] forms = Form.values();
        for (int i = 0; i < forms.length; i++) {
            Progress part = progress.part(i / 3.0, (i + 1) / 3.0);
            learned.add(learn(forms[i], data, settings, part));
        }
        return learned;
    }

    private static Learned learn(Form form, Split data, Settings settings, Progress progress) {
        Dataset train = data.train().first(Math.min(settings.samples(), data.train().size()));
        var trainer = trainer(train, settings, loss(form), new Budget.Epochs(settings.epochs()));
        OptionalLong[] divergedAt = {OptionalLong.empty()};
        Training.run(
                trainer,
                train,
                progress,
                event -> {
                    if (event instanceof Diverged diverged) {
                        divergedAt[0] = OptionalLong.of(diverged.step());
                    }
                });
        int classes = train.classNames().size();
        int[] right = new int[classes];
        trainer.evaluator()
                .score(
                        data.test(),
                        (sample, scores, row, loss) -> {
                            int label = data.test().label(sample);
                            right[label] += Accuracy.argmax(scores, row) == label ? 1 : 0;
                        });
        int[] counts = data.test().classCounts();
        List<Double> byDigit = new ArrayList<>();
        int allRight = 0;
        for (int k = 0; k < classes; k++) {
            allRight += right[k];
            byDigit.add(counts[k] == 0 ? Double.NaN : right[k] / (double) counts[k]);
        }
        double accuracy = allRight / (double) data.test().size();
        return new Learned(form, divergedAt[0], accuracy, byDigit);
    }
}
