package org.manabi.board.lesson;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import org.manabi.autodiff.Parameter;
import org.manabi.autodiff.Variable;
import org.manabi.loss.CrossEntropy;
import org.manabi.loss.Labels;
import org.manabi.loss.Probabilities;
import org.manabi.loss.Reduction;
import org.manabi.loss.SumOfSquaredErrors;
import org.manabi.tensor.Checks;
import org.manabi.tensor.DoubleTensor;
import org.manabi.tensor.Shape;

/// The third lesson: two ways to say in one number how wrong a prediction is.
///
/// Source: 『ゼロから作るDeep Learning』, section 4.2.
public final class LossFunctions {

    private static final List<Double> DELTAS = List.of(0.0, 1e-12, 1e-7, 1e-3);

    private LossFunctions() {}

    /// What the lesson can be told.
    ///
    /// @param predictions probabilities for each class, several examples
    /// @param label the right class of all of them
    /// @param delta δ of the cross-entropy, at least 0
    /// @param steps into how many steps the way of one probability from 0 to 1 is cut
    public record Settings(List<List<Double>> predictions, int label, double delta, int steps) {

        /// The chapter's two predictions for a picture of a 2; and one that is as sure of the 2 as
        /// the first, but gives the rest to a single other class.
        public static final Settings DEFAULTS =
                new Settings(
                        List.of(
                                List.of(0.1, 0.05, 0.6, 0.0, 0.05, 0.1, 0.0, 0.1, 0.0, 0.0),
                                List.of(0.1, 0.05, 0.1, 0.0, 0.05, 0.1, 0.0, 0.6, 0.0, 0.0),
                                List.of(0.0, 0.0, 0.6, 0.0, 0.0, 0.0, 0.0, 0.4, 0.0, 0.0)),
                        2,
                        CrossEntropy.BOOK.delta(),
                        200);

        public Settings {
            predictions = predictions.stream().map(List::copyOf).toList();
            Checks.require(steps >= 1, "%d steps are too few; give at least 1", steps);
        }
    }

    /// Both losses of one prediction, and how they change with each of its probabilities.
    ///
    /// @param predicted the probability of each class
    /// @param label the right class
    /// @param squares the sum of squared errors, ½ Σ (y − t)²
    /// @param crossEntropy −log(y + δ) of the right class
    /// @param squaresSlopes ∂ of the former with respect to each probability
    /// @param crossEntropySlopes ∂ of the latter
    public record Judged(
            List<Double> predicted,
            int label,
            double squares,
            double crossEntropy,
            List<Double> squaresSlopes,
            List<Double> crossEntropySlopes) {

        /// The probability of the right class.
        public double right() {
            return predicted.get(label);
        }
    }

    /// What δ does.
    ///
    /// @param delta δ
    /// @param certainAndWrong the loss when the right class has probability 0
    /// @param slopeThere its slope there
    /// @param certainAndRight the loss when the right class has probability 1
    public record DeltaEffect(
            double delta, double certainAndWrong, double slopeThere, double certainAndRight) {}

    /// The cross-entropy with a very small probability of the right class.
    ///
    /// @param probability of the right class
    /// @param losses one for each of the δ
    public record NearZero(double probability, List<Double> losses) {}

    /// What came out.
    ///
    /// @param examples the predictions of the settings, judged
    /// @param sweep the right class's probability from 0 to 1, the others sharing the rest alike
    /// @param deltas several δ, from none to large
    /// @param nearZero the losses of these δ while the probability falls from 1 to 1e-12
    public record Result(
            List<Judged> examples,
            List<Judged> sweep,
            List<DeltaEffect> deltas,
            List<NearZero> nearZero) {}

    /// Judges the examples, moves one probability, and tries several δ.
    public static Result compute(Settings settings) {
        int label = settings.label();
        double delta = settings.delta();
        List<Judged> examples =
                settings.predictions().stream().map(y -> judge(y, label, delta)).toList();
        int classes = settings.predictions().getFirst().size();
        List<Judged> sweep = new ArrayList<>();
        for (int i = 0; i <= settings.steps(); i++) {
            double right = i / (double) settings.steps();
            sweep.add(judge(shared(right, label, classes), label, delta));
        }
        List<DeltaEffect> deltas =
                DELTAS.stream().map(value -> effect(value, label, classes)).toList();
        return new Result(examples, List.copyOf(sweep), deltas, nearZero(label, classes));
    }

    /// Both losses of one prediction, with their gradients, in double.
    public static Judged judge(List<Double> predicted, int label, double delta) {
        double[] numbers = predicted.stream().mapToDouble(Double::doubleValue).toArray();
        Probabilities.of(
                DoubleTensor.of(Shape.of(numbers.length), numbers)); // refuses what is none
        Parameter y = Parameter.of("y", DoubleTensor.of(Shape.of(numbers.length), numbers));
        Probabilities prediction = new Probabilities(y);
        Labels target = Labels.of(numbers.length, label);
        Variable squares = SumOfSquaredErrors.SUM.of(prediction, target);
        Variable crossEntropy = new CrossEntropy(delta, Reduction.MEAN).of(prediction, target);
        return new Judged(
                List.copyOf(predicted),
                label,
                squares.value().item(),
                crossEntropy.value().item(),
                slopes(squares, y),
                slopes(crossEntropy, y));
    }

    private static List<Double> slopes(Variable loss, Parameter y) {
        return DoubleStream.of(loss.gradients(y).of(y).toDoubles()).boxed().toList();
    }

    /// One class has the probability `right`, the others share the rest alike.
    private static List<Double> shared(double right, int label, int classes) {
        List<Double> y = new ArrayList<>(Collections.nCopies(classes, (1 - right) / (classes - 1)));
        y.set(label, right);
        return y;
    }

    private static List<NearZero> nearZero(int label, int classes) {
        List<NearZero> points = new ArrayList<>();
        for (int i = 48; i >= 0; i--) {
            double right = StrictMath.pow(10, -i / 4.0);
            List<Double> losses =
                    DELTAS.stream()
                            .map(delta -> judge(shared(right, label, classes), label, delta))
                            .map(Judged::crossEntropy)
                            .toList();
            points.add(new NearZero(right, losses));
        }
        return points;
    }

    private static DeltaEffect effect(double delta, int label, int classes) {
        Judged wrong = judge(shared(0, label, classes), label, delta);
        Judged right = judge(shared(1, label, classes), label, delta);
        return new DeltaEffect(
                delta,
                wrong.crossEntropy(),
                wrong.crossEntropySlopes().get(label),
                right.crossEntropy());
    }
}
