package org.manabi.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.manabi.loss.ClassTargets;
import org.manabi.loss.CrossEntropy;
import org.manabi.loss.Labels;
import org.manabi.loss.Logits;
import org.manabi.loss.LossCases;
import org.manabi.loss.MeanSquaredError;
import org.manabi.loss.OneHot;
import org.manabi.loss.Outputs;
import org.manabi.loss.Probabilities;
import org.manabi.loss.Reduction;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.loss.SumOfSquaredErrors;
import org.manabi.loss.Values;
import org.manabi.tensor.Activation;
import org.manabi.tensor.AveragePooling;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Nonlinearity;
import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import org.manabi.tensor.Window;

/// Every operation of core, differentiated by back-propagation and by central differences, in double.
/// An operation that the table leaves out fails [#theTableListsEveryOperationOfCore].
class GradientCheckTests {

    /// For polynomials of degree 2 or less in each number, and where no kink is within a step: there
    /// the central difference is exact but for rounding, ε·f/h, so a large step is a good one. As a
    /// power of two it adds no rounding of its own.
    private static final double EXACT = 0x1p-6;

    /// For all others, whose error h²·f‴/6 + ε·f/h is least, about 1e-10, near h = ∛ε = 6e-6.
    private static final double SMOOTH = 0x1p-17;

    /// Two hundred times the error expected of [#SMOOTH], and far below what any slip would cost.
    private static final double TOLERANCE = 1e-7;

    /// Where a case draws its numbers from.
    enum From {
        /// ±(0.5 … 1.5): clear of the kink of ReLU and of the pole of 1/x.
        BOTH_SIGNS,
        /// 0.5 … 1.5: for the logarithm.
        POSITIVE,
        /// 0.1 … 0.9.
        PROBABILITIES;

        double draw(RandomStream random) {
            double uniform = random.nextDouble();
            return switch (this) {
                case BOTH_SIGNS -> (random.nextInt(2) == 0 ? -1 : 1) * (0.5 + uniform);
                case POSITIVE -> 0.5 + uniform;
                case PROBABILITIES -> 0.1 + 0.8 * uniform;
            };
        }
    }

    /// One line of the table: an expression of parameters of these shapes.
    record Case(
            String name,
            double step,
            From from,
            List<Shape> shapes,
            Function<List<Parameter>, Variable> expression) {

        @Override
        public String toString() {
            return name + " of " + shapes;
        }
    }

    static List<Case> cases() {
        List<Case> table = new ArrayList<>();
        for (Activation f : Activation.values()) {
            double step = f == Activation.IDENTITY || f == Activation.RELU ? EXACT : SMOOTH;
            each(
                    table,
                    "activate " + f,
                    step,
                    From.BOTH_SIGNS,
                    x -> x.get(0).activate(f),
                    "[5]",
                    "[2,3]",
                    "[2,1,4]");
            each(
                    table,
                    "affine without bias, " + f,
                    step,
                    From.POSITIVE,
                    x -> Result.of(new Affine(f), x.get(0), bothSigns(x.get(1))),
                    "[1,1] [1,1]",
                    "[2,3] [3,4]",
                    "[5,2] [2,3]");
            each(
                    table,
                    "affine, " + f,
                    step,
                    From.POSITIVE,
                    x ->
                            Result.of(
                                    new Affine(f),
                                    x.get(0),
                                    bothSigns(x.get(1)),
                                    bothSigns(x.get(2))),
                    "[1,1] [1,1] [1]",
                    "[2,3] [3,4] [4]",
                    "[5,2] [2,3] [3]");
            each(
                    table,
                    "affine fused with " + f,
                    step,
                    From.POSITIVE,
                    x ->
                            Result.of(
                                            Affine.LINEAR,
                                            x.get(0),
                                            bothSigns(x.get(1)),
                                            bothSigns(x.get(2)))
                                    .activate(f),
                    "[1,3] [3,2] [2]",
                    "[2,3] [3,4] [4]",
                    "[4,1] [1,2] [2]");
        }
        each(
                table,
                "matmul",
                EXACT,
                From.BOTH_SIGNS,
                x -> x.get(0).matmul(x.get(1)),
                "[1,1] [1,1]",
                "[2,3] [3,4]",
                "[5,2] [2,3]",
                "[1,4] [4,1]");
        String[] pairs = {
            "[3] [3]",
            "[2,3] [3]",
            "[3] [2,3]",
            "[2,1] [1,3]",
            "[4,2,3] [2,1]",
            "[] [2,2]",
            "[2,2] []",
            "[1] [1,1]"
        };
        each(table, "a + b", EXACT, From.BOTH_SIGNS, x -> x.get(0).plus(x.get(1)), pairs);
        each(table, "a − b", EXACT, From.BOTH_SIGNS, x -> x.get(0).minus(x.get(1)), pairs);
        each(table, "a · b", EXACT, From.BOTH_SIGNS, x -> x.get(0).times(x.get(1)), pairs);
        each(table, "a / b", SMOOTH, From.BOTH_SIGNS, x -> x.get(0).dividedBy(x.get(1)), pairs);
        String[] any = {"[]", "[5]", "[2,3]", "[2,1,3]"};
        each(table, "exp", SMOOTH, From.BOTH_SIGNS, x -> x.get(0).exp(), any);
        each(table, "log", SMOOTH, From.POSITIVE, x -> x.get(0).log(), any);
        each(table, "square", EXACT, From.BOTH_SIGNS, x -> x.get(0).square(), any);
        each(table, "sum", EXACT, From.BOTH_SIGNS, x -> x.get(0).sum(), any);
        each(table, "mean", EXACT, From.BOTH_SIGNS, x -> x.get(0).mean(), any);
        each(
                table,
                "softmax",
                SMOOTH,
                From.BOTH_SIGNS,
                x -> x.get(0).softmax(),
                "[5]",
                "[2,3]",
                "[2,3,4]",
                "[3,1]");
        each(
                table,
                "reshape to one axis",
                EXACT,
                From.BOTH_SIGNS,
                x -> x.get(0).reshape(Shape.of(x.get(0).shape().size())),
                "[]",
                "[2,3]",
                "[2,1,3]");
        each(
                table,
                "reshape of a result",
                SMOOTH,
                From.BOTH_SIGNS,
                x -> x.get(0).square().reshape(Shape.of(3, 2)).square(),
                "[6]",
                "[2,3]",
                "[1,6]");
        String[] batches = {"[1,2]", "[3,4]", "[5,10]"};
        String[] twoBatches = {"[1,2] [1,2]", "[3,4] [3,4]", "[5,1] [5,1]"};
        each(
                table,
                "SumOfSquaredErrors against numbers that are learned too",
                EXACT,
                From.BOTH_SIGNS,
                x -> SumOfSquaredErrors.SUM.perSample(new Outputs(x.get(0)), new Values(x.get(1))),
                twoBatches);
        each(
                table,
                "SumOfSquaredErrors per sample, against labels",
                EXACT,
                From.PROBABILITIES,
                x ->
                        SumOfSquaredErrors.PER_SAMPLE_MEAN.of(
                                new Probabilities(x.get(0)), labels(x.get(0))),
                batches);
        each(
                table,
                "MeanSquaredError",
                EXACT,
                From.BOTH_SIGNS,
                x -> new MeanSquaredError().of(new Outputs(x.get(0)), new Values(x.get(1))),
                twoBatches);
        each(
                table,
                "CrossEntropy",
                SMOOTH,
                From.PROBABILITIES,
                x -> CrossEntropy.BOOK.perSample(new Probabilities(x.get(0)), labels(x.get(0))),
                batches);
        each(
                table,
                "CrossEntropy of one-hot rows",
                SMOOTH,
                From.PROBABILITIES,
                x -> CrossEntropy.BOOK.of(new Probabilities(x.get(0)), oneHot(x.get(0))),
                batches);
        each(
                table,
                "SoftmaxCrossEntropy",
                SMOOTH,
                From.BOTH_SIGNS,
                x -> SoftmaxCrossEntropy.MEAN.perSample(new Logits(x.get(0)), labels(x.get(0))),
                batches);
        each(
                table,
                "SoftmaxCrossEntropy of one-hot rows",
                SMOOTH,
                From.BOTH_SIGNS,
                x -> SoftmaxCrossEntropy.MEAN.of(new Logits(x.get(0)), oneHot(x.get(0))),
                batches);
        LossCases.all().stream()
                .filter(line -> line.reduction() == Reduction.MEAN)
                .map(
                        line ->
                                new Case(
                                        line.loss() + " " + line.name(),
                                        SMOOTH,
                                        From.valueOf(line.numbers().name()),
                                        line.shapes(),
                                        line.expression()))
                .forEach(table::add);
        addConvolutions(table);
        addNonlinearities(table);
        addNormalizations(table);
        addSequences(table);
        return table;
    }

    private static void addNormalizations(List<Case> table) {
        for (boolean centered : new boolean[] {true, false}) {
            each(
                    table,
                    "rows normalized, centered " + centered,
                    SMOOTH,
                    From.BOTH_SIGNS,
                    x -> Result.of(new RowNorm(1, false, centered, 1e-5), x.get(0), x.get(1)),
                    "[1,3] [3]",
                    "[4,3] [3]",
                    "[2,3,2] [6]");
            each(
                    table,
                    "groups normalized, centered " + centered,
                    SMOOTH,
                    From.BOTH_SIGNS,
                    x ->
                            Result.of(
                                    new RowNorm(2, true, centered, 0.1),
                                    x.get(0),
                                    x.get(1),
                                    x.get(2)),
                    "[1,4] [4] [4]",
                    "[3,2,5] [2] [2]",
                    "[2,4,3,1] [4] [4]");
        }
        for (BatchNorm.Figures figures : BatchNorm.Figures.values()) {
            each(
                    table,
                    "batch normalized by the figures of " + figures,
                    SMOOTH,
                    From.BOTH_SIGNS,
                    x ->
                            Result.of(
                                    new BatchNorm(figures, 0.1, true, 1e-3),
                                    x.get(0),
                                    x.get(1),
                                    x.get(2),
                                    Variable.of(constants(x.get(1).shape(), 0.3)),
                                    Variable.of(constants(x.get(1).shape(), 0.7))),
                    "[3,1] [1] [1]",
                    "[5,3] [3] [3]",
                    "[2,3,5] [3] [3]");
        }
        each(
                table,
                "dropout",
                SMOOTH,
                From.BOTH_SIGNS,
                x ->
                        Result.of(
                                new Dropout(0.5, "path"),
                                x.get(0),
                                Variable.of(IntTensor.of(Shape.of(2), 3, 4))),
                "[7]",
                "[5,3]",
                "[2,3,4]");
        for (GlobalPool pool : GlobalPool.values()) {
            each(
                    table,
                    "global pool " + pool,
                    SMOOTH,
                    From.BOTH_SIGNS,
                    x -> Result.of(pool, x.get(0)),
                    "[1,1,1]",
                    "[2,3,5]",
                    "[2,1,3,4]");
        }
        each(
                table,
                "concatenated",
                EXACT,
                From.BOTH_SIGNS,
                x -> Concatenate.of(List.of(x.get(0), x.get(1), x.get(0))),
                "[1,1] [1,2]",
                "[3,2] [3,1]",
                "[2,3,2] [2,1,2]");
    }

    private static void addSequences(List<Case> table) {
        each(
                table,
                "lstm",
                SMOOTH,
                From.BOTH_SIGNS,
                x -> Result.of(new Lstm(), x.get(0), x.get(1), x.get(2), x.get(3)),
                "[1,1,1] [1,4] [1,4] [4]",
                "[2,3,2] [2,12] [3,12] [12]",
                "[3,2,1] [1,8] [2,8] [8]");
        each(
                table,
                "gru",
                SMOOTH,
                From.BOTH_SIGNS,
                x -> Result.of(new Gru(), x.get(0), x.get(1), x.get(2), x.get(3), x.get(4)),
                "[1,1,1] [1,3] [1,3] [3] [3]",
                "[2,3,2] [2,9] [3,9] [9] [9]",
                "[3,2,1] [1,6] [2,6] [6] [6]");
        each(
                table,
                "last step",
                EXACT,
                From.BOTH_SIGNS,
                x -> Result.of(new LastStep(), x.get(0)),
                "[1,1,1]",
                "[2,3,4]",
                "[3,2,1]");
        for (boolean causal : new boolean[] {false, true}) {
            each(
                    table,
                    "attention, causal " + causal,
                    SMOOTH,
                    From.BOTH_SIGNS,
                    x -> Result.of(new SelfAttention(2, causal), x.get(0)),
                    "[1,1,6]",
                    "[2,3,12]",
                    "[1,5,6]");
        }
        each(
                table,
                "embedding",
                EXACT,
                From.BOTH_SIGNS,
                x ->
                        Result.of(
                                new Embedding(),
                                Variable.of(Tensor.of(DType.FLOAT64, Shape.of(2, 2), 1, 0, 1, 1)),
                                x.get(0)),
                "[2,1]",
                "[2,3]",
                "[3,2]");
    }

    private static Tensor constants(Shape shape, double value) {
        double[] values = new double[shape.size()];
        Arrays.fill(values, value);
        return Tensor.of(DType.FLOAT64, shape, values);
    }

    private static void addNonlinearities(List<Case> table) {
        for (Nonlinearity.Kind kind : Nonlinearity.Kind.values()) {
            // the settings of HARD_TANH are bounds; its kinks are clear of ±(0.5 … 1.5)
            Nonlinearity f =
                    kind == Nonlinearity.Kind.HARD_TANH
                            ? new Nonlinearity(kind, -0.4, 1.7)
                            : new Nonlinearity(kind, 0.3, 0.45);
            each(
                    table,
                    "nonlinearity " + kind,
                    SMOOTH,
                    From.BOTH_SIGNS,
                    x -> x.get(0).apply(f),
                    "[7]",
                    "[2,3]",
                    "[2,1,4]");
        }
        each(
                table,
                "log-softmax",
                SMOOTH,
                From.BOTH_SIGNS,
                x -> x.get(0).logSoftmax(),
                "[5]",
                "[2,3]",
                "[3,1]");
        each(
                table,
                "prelu",
                SMOOTH,
                From.BOTH_SIGNS,
                x -> Result.of(new Prelu(), x.get(0), x.get(1)),
                "[2,3] [1]",
                "[2,3] [3]",
                "[3,2,5] [2]");
    }

    private static void addConvolutions(List<Case> table) {
        var plain = Window.of(2, 3);
        var padded = new Window(new Window.Axis(3, 1, 1, 1, 1), new Window.Axis(3, 1, 2, 0, 1));
        var strided = new Window(new Window.Axis(2, 3, 0, 1, 1), new Window.Axis(3, 2, 1, 1, 1));
        var dilated = new Window(new Window.Axis(2, 1, 1, 1, 2), new Window.Axis(2, 2, 2, 2, 3));
        convolution(table, plain, 1, "[1,1,2,3] [1,1,2,3] [1]", "[2,2,4,5] [3,2,2,3] [3]");
        convolution(table, padded, 1, "[1,1,1,1] [2,1,3,3] [2]", "[3,2,3,5] [7,2,3,3] [7]");
        convolution(table, strided, 1, "[9,1,5,7] [1,1,2,3] [1]", "[1,3,7,4] [2,3,2,3] [2]");
        convolution(table, dilated, 1, "[2,1,3,5] [3,1,2,2] [3]");
        convolution(table, padded, 2, "[2,4,3,2] [6,2,3,3] [6]", "[1,2,2,2] [2,1,3,3] [2]");
        convolution(table, strided, 3, "[2,3,4,5] [3,1,2,3] [3]");
        transposedConvolution(table, plain, 1, 0, "[1,1,1,1] [1,1,2,3]", "[2,3,3,4] [3,2,2,3]");
        transposedConvolution(table, strided, 1, 1, "[2,3,2,3] [3,2,2,3]");
        transposedConvolution(table, strided, 2, 0, "[1,4,3,2] [4,3,2,3]");
        transposedConvolution(table, dilated, 3, 0, "[2,3,3,5] [3,2,2,2]");
        Window[] windows = {
            Window.of(1, 1),
            new Window(new Window.Axis(2, 2, 0, 0, 1), new Window.Axis(2, 2, 0, 0, 1)),
            new Window(new Window.Axis(3, 1, 1, 1, 1), new Window.Axis(2, 3, 0, 1, 1)),
            new Window(new Window.Axis(2, 1, 0, 0, 2), new Window.Axis(2, 2, 1, 0, 1))
        };
        for (Window window : windows) {
            each(
                    table,
                    "max-pool, " + window,
                    SMOOTH,
                    From.BOTH_SIGNS,
                    x -> Result.of(new MaxPool2d(window), x.get(0)),
                    "[1,1,3,3]",
                    "[2,3,5,8]");
            for (AveragePooling.Divisor divisor : AveragePooling.Divisor.values()) {
                each(
                        table,
                        "average-pool by %s, %s".formatted(divisor, window),
                        EXACT,
                        From.BOTH_SIGNS,
                        x -> Result.of(new AveragePool2d(window, divisor), x.get(0)),
                        "[1,1,3,3]",
                        "[2,3,5,8]");
            }
            each(
                    table,
                    "convolution fused with max-pool, " + window,
                    SMOOTH,
                    From.POSITIVE,
                    x ->
                            Result.of(
                                    new MaxPool2d(window),
                                    Result.of(
                                                    new Conv2d(plain, 1),
                                                    x.get(0),
                                                    filtersOfBothSigns(x.get(1)),
                                                    filtersOfBothSigns(x.get(2)))
                                            .activate(Activation.RELU)),
                    "[2,2,5,6] [3,2,2,3] [3]");
        }
    }

    private static void transposedConvolution(
            List<Case> table, Window window, int groups, int added, String... shapeLists) {
        each(
                table,
                "transposed convolution, %d groups, %d added, %s".formatted(groups, added, window),
                EXACT,
                From.BOTH_SIGNS,
                x ->
                        Result.of(
                                new ConvTranspose2d(window, groups, added, added),
                                x.get(0),
                                x.get(1)),
                shapeLists);
    }

    /// With a bias and without, and with every activation.
    private static void convolution(
            List<Case> table, Window window, int groups, String... shapeLists) {
        for (Activation f : Activation.values()) {
            double step = f == Activation.IDENTITY || f == Activation.RELU ? EXACT : SMOOTH;
            String of = "%s, %d groups, %s".formatted(f, groups, window);
            each(
                    table,
                    "convolution, " + of,
                    step,
                    From.POSITIVE,
                    x ->
                            Result.of(
                                    new Conv2d(window, groups, f),
                                    x.get(0),
                                    filtersOfBothSigns(x.get(1)),
                                    filtersOfBothSigns(x.get(2))),
                    shapeLists);
            each(
                    table,
                    "convolution without bias fused with " + of,
                    step,
                    From.POSITIVE,
                    x ->
                            Result.of(
                                            new Conv2d(window, groups),
                                            x.get(0),
                                            filtersOfBothSigns(x.get(1)))
                                    .activate(f),
                    Arrays.stream(shapeLists)
                            .map(shapes -> shapes.substring(0, shapes.lastIndexOf(' ')))
                            .toArray(String[]::new));
        }
    }

    /// Every other filter negated, so that sums of products of positive numbers are clear of the
    /// kink of ReLU, on either side of it; all of them small, so that no sum is where tanh is flat.
    private static Variable filtersOfBothSigns(Variable positive) {
        int filters = positive.shape().dim(0);
        int[] shape = new int[positive.shape().rank()];
        Arrays.fill(shape, 1);
        shape[0] = filters;
        double[] signs = new double[filters];
        Arrays.setAll(signs, filter -> filter % 2 == 0 ? 0.125 : -0.125);
        return positive.times(Variable.of(Tensor.of(DType.FLOAT64, Shape.of(shape), signs)));
    }

    /// Adds a line for each list of shapes, written as `[2,3] [3]`.
    private static void each(
            List<Case> table,
            String name,
            double step,
            From from,
            Function<List<Parameter>, Variable> expression,
            String... shapeLists) {
        for (String shapes : shapeLists) {
            table.add(new Case(name, step, from, parsed(shapes), expression));
        }
    }

    private static List<Shape> parsed(String shapes) {
        return Arrays.stream(shapes.split(" "))
                .map(shape -> shape.substring(1, shape.length() - 1))
                .map(dims -> dims.isEmpty() ? new String[0] : dims.split(","))
                .map(dims -> Shape.of(Arrays.stream(dims).mapToInt(Integer::parseInt).toArray()))
                .toList();
    }

    /// Every other column negated, so that sums along a column of products of positive numbers are
    /// clear of the kink of ReLU, on either side of it.
    private static Variable bothSigns(Variable positive) {
        double[] signs = new double[positive.shape().dim(-1)];
        Arrays.setAll(signs, column -> column % 2 == 0 ? 1 : -1);
        return positive.times(Variable.of(Tensor.of(DType.FLOAT64, Shape.of(signs.length), signs)));
    }

    private static ClassTargets labels(Variable prediction) {
        int classes = prediction.shape().dim(1);
        return Labels.of(
                classes,
                IntStream.range(0, prediction.shape().dim(0))
                        .map(n -> (n + 1) % classes)
                        .toArray());
    }

    private static ClassTargets oneHot(Variable prediction) {
        Tensor rows = Tensor.zeros(DType.FLOAT64, prediction.shape());
        for (int row = 0; row < rows.shape().dim(0); row++) {
            int classes = rows.shape().dim(1);
            rows.setFromDouble(row * classes + row % classes, 1);
        }
        return OneHot.of(rows);
    }

    /// Parameters with numbers of their own for each case.
    private static List<Parameter> parameters(Case of) {
        RandomStream random = Seed.of(1).child(of.toString()).stream();
        List<Parameter> parameters = new ArrayList<>();
        for (Shape shape : of.shapes()) {
            Tensor value = Tensor.zeros(DType.FLOAT64, shape);
            for (int i = 0; i < value.size(); i++) {
                value.setFromDouble(i, of.from().draw(random));
            }
            parameters.add(Parameter.of("x" + parameters.size(), value));
        }
        return parameters;
    }

    /// The results brought to one number, each with a weight of its own, so that no two gradients can
    /// be mixed up and those of a softmax do not cancel.
    private static Variable weighted(Variable results) {
        RandomStream random = Seed.of(2).stream();
        double[] weights = new double[results.shape().size()];
        Arrays.setAll(weights, i -> From.BOTH_SIGNS.draw(random));
        return results.times(Variable.of(Tensor.of(DType.FLOAT64, results.shape(), weights))).sum();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void backPropagationAgreesWithCentralDifferences(Case of) {
        List<Parameter> parameters = parameters(of);
        Variable loss = weighted(of.expression().apply(parameters));
        Plan plan = Plan.forTraining(Engine.serial(), loss, parameters, List.of());

        plan.forward();
        plan.backward();

        for (Parameter parameter : parameters) {
            double[] propagated = plan.gradients().of(parameter).toDoubles();
            double[] measured =
                    NumericalGradient.of(
                                    () -> {
                                        plan.forward();
                                        return plan.value(loss).item();
                                    },
                                    parameter.tensor(),
                                    of.step())
                            .toDoubles();
            assertThat(relativeError(propagated, measured))
                    .as(
                            "gradient of %s by back-propagation %s and by differences %s",
                            parameter, Arrays.toString(propagated), Arrays.toString(measured))
                    .isLessThan(TOLERANCE);
        }
    }

    /// The largest difference, relative to the largest numbers: `max|a − n| / (max|a| + max|n|)`, and 0
    /// if all are zero.
    private static double relativeError(double[] propagated, double[] measured) {
        double difference = 0;
        double largest = 0;
        for (int i = 0; i < measured.length; i++) {
            difference = Math.max(difference, Math.abs(propagated[i] - measured[i]));
            largest = Math.max(largest, Math.abs(propagated[i]));
            largest = Math.max(largest, Math.abs(measured[i]));
        }
        return difference == 0 ? 0 : difference / (2 * largest);
    }

    @Test
    void theTableListsEveryOperationOfCore() throws IOException, URISyntaxException {
        Set<String> listed = new TreeSet<>();
        for (Case of : cases()) {
            List<Parameter> parameters = parameters(of);
            Variable loss = weighted(of.expression().apply(parameters));
            Graph graph = Graph.of(List.of(loss));
            Collection<Variable> differentiated = graph.dependents(parameters);
            graph.steps().stream()
                    .filter(step -> differentiated.contains(step.result()))
                    .map(step -> nameOf(step.op()))
                    .forEach(listed::add);
        }
        Set<String> existing = new TreeSet<>();
        for (Class<?> type : operationsOfCore()) {
            if (type.isEnum()) {
                Arrays.stream(type.getEnumConstants())
                        .map(op -> nameOf((Op) op))
                        .forEach(existing::add);
            } else {
                existing.add(type.getName());
            }
        }
        // labels are whole numbers: no gradient flows to them, and there is none to check
        existing.remove("org.manabi.loss.OneHotRows");
        existing.remove("org.manabi.loss.TargetRows");
        existing.remove("org.manabi.loss.LabelWeights");

        assertThat(listed).containsAll(existing);
    }

    private static String nameOf(Op op) {
        return op instanceof Enum<?> constant
                ? constant.getDeclaringClass().getName() + "." + constant.name()
                : op.getClass().getName();
    }

    private static Set<Class<?>> operationsOfCore() throws IOException, URISyntaxException {
        Path classes =
                Path.of(Op.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Set<Class<?>> operations = new HashSet<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                Class<?> type = loaded(classes.relativize(file).toString());
                boolean constantOfEnum = !type.isEnum() && Enum.class.isAssignableFrom(type);
                if (Op.class.isAssignableFrom(type) && !type.isInterface() && !constantOfEnum) {
                    operations.add(type);
                }
            }
        }
        assertThat(operations).contains(Affine.class, Binary.class);
        return operations;
    }

    private static Class<?> loaded(String classFile) {
        String name = classFile.substring(0, classFile.length() - ".class".length());
        if (name.equals("module-info")) {
            return Object.class;
        }
        try {
            return Class.forName(
                    name.replace('/', '.').replace('\\', '.'), false, Op.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
