package org.manabi.loss;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.manabi.autodiff.Parameter;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.DType;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// Every loss × reduction × option, each as an expression of parameters that can be differentiated:
/// the table of gradient checks.
public final class LossCases {

    private LossCases() {}

    /// What numbers an expression is asked about.
    public enum Numbers {
        BOTH_SIGNS,
        POSITIVE,
        PROBABILITIES
    }

    /// One line.
    ///
    /// @param loss the loss's name
    /// @param name what is special about it
    /// @param numbers from where the parameters are drawn
    /// @param shapes of the parameters
    /// @param expression a number or one for each sample
    public record Line(
            String loss,
            Reduction reduction,
            String name,
            Numbers numbers,
            List<Shape> shapes,
            Function<List<Parameter>, Variable> expression) {}

    private static final List<Shape> BATCHES =
            List.of(Shape.of(1, 2), Shape.of(3, 4), Shape.of(2, 5));

    /// All lines.
    public static List<Line> all() {
        List<Line> table = new ArrayList<>();
        for (Reduction reduction : Reduction.values()) {
            addNumbers(table, reduction);
            addClasses(table, reduction);
        }
        return table;
    }

    private static void addNumbers(List<Line> to, Reduction r) {
        values(to, new SumOfSquaredErrors(r));
        values(to, new MeanSquaredError(r));
        values(to, new MeanAbsoluteError(r));
        values(to, new MeanAbsolutePercentageError(1e-7, r));
        values(to, new MeanAbsolutePercentageError(9, r));
        positive(to, new MeanSquaredLogarithmicError(r));
        values(to, new Huber(0.4, r));
        values(to, new Huber(9, r));
        values(to, new SmoothL1(0.4, r));
        values(to, new SmoothL1(9, r));
        values(to, new LogCosh(r));
        values(to, new Pinball(0.2, r));
        scores(to, new Hinge(r));
        scores(to, new SquaredHinge(r));
        values(
                to,
                new PoissonNegativeLogLikelihood(
                        PoissonNegativeLogLikelihood.Input.LOG_RATES, 1e-8, r));
        positive(
                to,
                new PoissonNegativeLogLikelihood(
                        PoissonNegativeLogLikelihood.Input.RATES, 1e-3, r));
        scores(to, new SigmoidCrossEntropy(1, 0, r));
        scores(to, new SigmoidCrossEntropy(2.5, 0.1, r));
        probabilities(to, new BinaryCrossEntropy(1e-7, 0, r));
        probabilities(to, new BinaryCrossEntropy(1e-7, 0.1, r));
        probabilities(to, new KullbackLeibler(1e-7, r));
        scores(to, new BinaryFocal(2, 0.5, r));
        scores(to, new BinaryFocal(0.5, 0.2, r));
        probabilities(to, new Tversky(0.3, 0.8, 0.1, r));
        probabilities(to, new Dice(0.1, r));
        values(to, new CosineSimilarity(CosineSimilarity.Form.ONE_MINUS, r));
        values(to, new CosineSimilarity(CosineSimilarity.Form.NEGATIVE, r));
        scores(to, new CategoricalHinge(r));
        for (Shape shape : BATCHES) {
            Shape twice = Shape.of(shape.dim(0), 2 * shape.dim(1));
            add(
                    to,
                    new GaussianNegativeLogLikelihood(1e-6, r),
                    Numbers.POSITIVE,
                    List.of(twice, shape),
                    (loss, x) -> loss.of(new Outputs(x.get(0)), new Values(x.get(1))));
            to.add(
                    new Line(
                            "TripletMargin",
                            r,
                            "margin 4",
                            Numbers.BOTH_SIGNS,
                            List.of(shape, shape, shape),
                            x ->
                                    new TripletMargin(4, r)
                                            .of(
                                                    new Outputs(x.get(0)),
                                                    new Outputs(x.get(1)),
                                                    new Outputs(x.get(2)))));
            add(
                    to,
                    new SampleWeighted<>(new Huber(0.4, r), weights(shape)),
                    Numbers.BOTH_SIGNS,
                    List.of(shape, shape),
                    (loss, x) -> loss.of(new Outputs(x.get(0)), new Values(x.get(1))));
            if (shape.dim(0) > 1) { // of one sample the weight does not matter
                to.add(
                        new Line(
                                "SampleWeighted",
                                r,
                                "weights that are learned",
                                Numbers.POSITIVE,
                                List.of(shape, Shape.of(shape.dim(0))),
                                x ->
                                        new SampleWeighted<>(new LogCosh(r), x.get(1))
                                                .of(new Outputs(x.get(0)), zeros(x.get(0)))));
            }
        }
    }

    private static Values zeros(Variable like) {
        return new Values(Variable.of(Tensor.zeros(DType.FLOAT64, like.shape())));
    }

    private static void addClasses(List<Line> to, Reduction r) {
        for (Shape shape : BATCHES) {
            int rows = shape.dim(0);
            int classes = shape.dim(1);
            double[] weights =
                    IntStream.range(0, classes).mapToDouble(c -> 0.5 + 0.25 * c).toArray();
            List<ClassOptions> options =
                    List.of(
                            ClassOptions.PLAIN,
                            ClassOptions.PLAIN.withSmoothing(0.1),
                            ClassOptions.PLAIN.withWeights(weights),
                            ClassOptions.PLAIN.ignoring(-1),
                            ClassOptions.PLAIN
                                    .withSmoothing(0.2)
                                    .withWeights(weights)
                                    .ignoring(-1));
            for (ClassOptions option : options) {
                List<ClassTargets> targets = new ArrayList<>();
                targets.add(oneHot(rows, classes));
                targets.add(
                        option.ignored().isPresent()
                                ? Labels.ignoring(-1, classes, labels(rows, classes, -1))
                                : Labels.of(classes, labels(rows, classes, 0)));
                for (ClassTargets target : targets) {
                    classes(
                            to,
                            shape,
                            option + " of " + target.getClass().getSimpleName(),
                            r,
                            option,
                            target);
                }
            }
            for (HardTargets target :
                    List.of(Labels.of(classes, labels(rows, classes, 0)), oneHot(rows, classes))) {
                for (int power = 1; power <= 2; power++) {
                    add(
                            to,
                            new MultiMargin(4, power, r),
                            Numbers.BOTH_SIGNS,
                            List.of(shape),
                            (loss, x) -> loss.of(new Logits(x.get(0)), target));
                }
            }
            soft(to, shape, r, ClassOptions.PLAIN);
            soft(to, shape, r, ClassOptions.PLAIN.withSmoothing(0.1).withWeights(weights));
        }
    }

    private static void classes(
            List<Line> to,
            Shape shape,
            String name,
            Reduction r,
            ClassOptions option,
            ClassTargets target) {
        line(
                to,
                new SoftmaxCrossEntropy(r, option),
                name,
                Numbers.BOTH_SIGNS,
                List.of(shape),
                (loss, x) -> loss.of(new Logits(x.get(0)), target));
        line(
                to,
                new SoftmaxFocal(2, 0.25, r, option),
                name,
                Numbers.BOTH_SIGNS,
                List.of(shape),
                (loss, x) -> loss.of(new Logits(x.get(0)), target));
        line(
                to,
                new CrossEntropy(1e-7, r, option),
                name,
                Numbers.PROBABILITIES,
                List.of(shape),
                (loss, x) -> loss.of(new Probabilities(x.get(0)), target));
        line(
                to,
                new NegativeLogLikelihood(r, option),
                name,
                Numbers.BOTH_SIGNS,
                List.of(shape),
                (loss, x) -> loss.of(new LogProbabilities(x.get(0)), target));
    }

    private static void soft(List<Line> to, Shape shape, Reduction r, ClassOptions option) {
        List<Shape> shapes = List.of(shape, shape);
        add(
                to,
                new SoftmaxCrossEntropy(r, option),
                Numbers.POSITIVE,
                shapes,
                (loss, x) -> loss.of(new Logits(x.get(0)), new SoftTargets(x.get(1))));
        add(
                to,
                new SoftmaxFocal(0.5, 1, r, option),
                Numbers.POSITIVE,
                shapes,
                (loss, x) -> loss.of(new Logits(x.get(0)), new SoftTargets(x.get(1))));
        add(
                to,
                new CrossEntropy(0, r, option),
                Numbers.PROBABILITIES,
                shapes,
                (loss, x) -> loss.of(new Probabilities(x.get(0)), new SoftTargets(x.get(1))));
        add(
                to,
                new NegativeLogLikelihood(r, option),
                Numbers.POSITIVE,
                shapes,
                (loss, x) -> loss.of(new LogProbabilities(x.get(0)), new SoftTargets(x.get(1))));
    }

    private static void values(List<Line> to, Loss<Estimate, Targets> loss) {
        numbers(to, loss, Numbers.BOTH_SIGNS, Outputs::new);
    }

    private static void values(List<Line> to, PoissonNegativeLogLikelihood loss) {
        numbers(to, loss, Numbers.BOTH_SIGNS, Outputs::new);
    }

    private static void positive(List<Line> to, Loss<? super Outputs, Targets> loss) {
        numbers(to, loss, Numbers.POSITIVE, Outputs::new);
    }

    private static void scores(List<Line> to, Loss<Logits, Targets> loss) {
        numbers(to, loss, Numbers.BOTH_SIGNS, Logits::new);
    }

    private static void probabilities(List<Line> to, Loss<? super Probabilities, Targets> loss) {
        numbers(to, loss, Numbers.PROBABILITIES, Probabilities::new);
    }

    /// Against numbers that are learned too, and against labels.
    private static <Q extends Prediction> void numbers(
            List<Line> to,
            Loss<? super Q, Targets> loss,
            Numbers numbers,
            Function<Variable, Q> meaning) {
        for (Shape shape : BATCHES) {
            add(
                    to,
                    loss,
                    numbers,
                    List.of(shape, shape),
                    (l, x) -> l.of(meaning.apply(x.get(0)), new Values(x.get(1))));
        }
        Labels labels = Labels.of(4, labels(3, 4, 0));
        line(
                to,
                loss,
                loss + " of labels",
                numbers,
                List.of(BATCHES.get(1)),
                (l, x) -> l.of(meaning.apply(x.get(0)), labels));
    }

    private static <L extends Loss<?, ?>> void add(
            List<Line> to,
            L loss,
            Numbers numbers,
            List<Shape> shapes,
            BiFunction<L, List<Parameter>, Variable> expression) {
        line(to, loss, loss.toString(), numbers, shapes, expression);
    }

    private static <L extends Loss<?, ?>> void line(
            List<Line> to,
            L loss,
            String name,
            Numbers numbers,
            List<Shape> shapes,
            BiFunction<L, List<Parameter>, Variable> expression) {
        to.add(
                new Line(
                        loss.getClass().getSimpleName(),
                        loss.reduction(),
                        name,
                        numbers,
                        shapes,
                        x -> expression.apply(loss, x)));
    }

    private static Variable weights(Shape batch) {
        double[] weights =
                IntStream.range(0, batch.dim(0)).mapToDouble(n -> 0.5 + 0.75 * n).toArray();
        return Variable.of(Tensor.of(DType.FLOAT64, Shape.of(weights.length), weights));
    }

    private static int[] labels(int rows, int classes, int second) {
        return IntStream.range(0, rows).map(n -> n == 1 ? second : (n + 1) % classes).toArray();
    }

    private static OneHot oneHot(int rows, int classes) {
        Tensor values = Tensor.zeros(DType.FLOAT64, Shape.of(rows, classes));
        for (int row = 0; row < rows; row++) {
            values.setFromDouble(row * classes + row % classes, 1);
        }
        return OneHot.of(values);
    }
}
