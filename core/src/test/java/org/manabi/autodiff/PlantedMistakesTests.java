package org.manabi.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.manabi.loss.ElementwiseLoss;
import org.manabi.loss.Labels;
import org.manabi.loss.Logits;
import org.manabi.loss.Outputs;
import org.manabi.loss.Reduction;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.loss.Values;
import org.manabi.tensor.Activation;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// Whether the gradient check would notice: derivatives with mistakes that people make are planted on
/// purpose, and each must be caught, by a wide margin. What is right must pass.
class PlantedMistakesTests {

    /// As of [GradientCheckTests].
    private static final double STEP = 0x1p-17;

    private static final double TOLERANCE = 1e-7;

    /// A planted mistake is caught if it costs a thousand times what is tolerated.
    private static final double CAUGHT = 1e-4;

    /// What is done to the gradient of an operation's input.
    private interface Mistake {
        void spoil(Tensor gradient);
    }

    private static final Map<String, Mistake> MISTAKES = new TreeMap<>();

    static {
        MISTAKES.put("sign", gradient -> each(gradient, x -> -x));
        MISTAKES.put("factor 2 forgotten", gradient -> each(gradient, x -> x / 2));
        MISTAKES.put(
                "1/N forgotten",
                gradient -> each(gradient, x -> x * Math.max(2, gradient.shape().dim(0))));
        MISTAKES.put("transposed", PlantedMistakesTests::transpose);
        MISTAKES.put("off by one", PlantedMistakesTests::shift);
        MISTAKES.put(
                "last element forgotten",
                gradient -> gradient.setFromDouble(gradient.size() - 1, 0));
        MISTAKES.put(
                "first row alone",
                gradient -> {
                    int columns = gradient.shape().dim(-1);
                    for (int i = columns; i < gradient.size(); i++) {
                        gradient.setFromDouble(i, gradient.getAsDouble(i % columns));
                    }
                });
        MISTAKES.put("size of it", gradient -> each(gradient, Math::abs));
        MISTAKES.put("ε in the wrong place", gradient -> each(gradient, x -> x / (1 + 1e-3)));
    }

    private static void each(Tensor tensor, Function<Double, Double> change) {
        for (int i = 0; i < tensor.size(); i++) {
            tensor.setFromDouble(i, change.apply(tensor.getAsDouble(i)));
        }
    }

    private static void transpose(Tensor tensor) {
        double[] values = tensor.toDoubles();
        int columns = tensor.shape().dim(-1);
        int rows = values.length / columns;
        for (int i = 0; i < values.length; i++) {
            tensor.setFromDouble((i % columns) * rows + i / columns, values[i]);
        }
    }

    private static void shift(Tensor tensor) {
        double[] values = tensor.toDoubles();
        for (int i = 0; i < values.length; i++) {
            tensor.setFromDouble(i, values[(i + 1) % values.length]);
        }
    }

    /// Does what an operation does, but for a mistake in the gradient of one of its inputs.
    private record Spoiled(Op right, int input, String mistake) implements Op {

        @Override
        public Shape shape(List<Variable> inputs) {
            return right.shape(inputs);
        }

        @Override
        public Bound bind(Site site) {
            Bound bound = right.bind(site);
            return new Bound() {
                @Override
                public void forward() {
                    bound.forward();
                }

                @Override
                public void backward() {
                    bound.backward();
                    MISTAKES.getOrDefault(mistake, gradient -> {}).spoil(site.inputGradient(input));
                }
            };
        }
    }

    /// An operation of inputs of these shapes.
    private record Subject(String name, Op op, List<Shape> shapes) {}

    private static final List<Subject> SUBJECTS =
            List.of(
                    new Subject("matmul", new MatMul(), List.of(Shape.of(3, 4), Shape.of(4, 3))),
                    new Subject(
                            "affine",
                            new Affine(Activation.IDENTITY),
                            List.of(Shape.of(3, 4), Shape.of(4, 3), Shape.of(3))),
                    new Subject("product", Binary.MULTIPLY, List.of(Shape.of(3, 4), Shape.of(4))),
                    new Subject("quotient", Binary.DIVIDE, List.of(Shape.of(3, 4), Shape.of(3, 4))),
                    new Subject("softmax", new Softmax(), List.of(Shape.of(3, 4))),
                    new Subject("exp", Unary.EXP, List.of(Shape.of(3, 4))),
                    new Subject(
                            "sigmoid", new Activate(Activation.SIGMOID), List.of(Shape.of(3, 4))));

    static List<String> plantedMistakes() {
        List<String> planted = new ArrayList<>();
        for (int subject = 0; subject < SUBJECTS.size(); subject++) {
            for (int input = 0; input < SUBJECTS.get(subject).shapes().size(); input++) {
                for (String mistake : MISTAKES.keySet()) {
                    boolean vector = SUBJECTS.get(subject).shapes().get(input).rank() == 1;
                    if (!(vector && (mistake.equals("transposed") || mistake.contains("row")))) {
                        planted.add(subject + ":" + input + ":" + mistake);
                    }
                }
            }
        }
        return planted;
    }

    @ParameterizedTest
    @MethodSource("plantedMistakes")
    void everyPlantedMistakeIsCaught(String planted) {
        String[] parts = planted.split(":", -1);
        Subject subject = SUBJECTS.get(Integer.parseInt(parts[0]));

        assertThat(error(subject, Integer.parseInt(parts[1]), "none")).isLessThan(TOLERANCE);
        assertThat(error(subject, Integer.parseInt(parts[1]), parts[2]))
                .as("%s, input %s: %s", subject.name(), parts[1], parts[2])
                .isGreaterThan(CAUGHT);
    }

    @Test
    void thereAreTwentyMistakesAndMore() {
        assertThat(plantedMistakes()).hasSizeGreaterThan(100);
    }

    private static double error(Subject subject, int input, String mistake) {
        List<Parameter> parameters = parameters(subject.shapes());
        Op op = new Spoiled(subject.op(), input, mistake);
        return error(Result.of(op, parameters.toArray(Variable[]::new)), parameters);
    }

    private static List<Parameter> parameters(List<Shape> shapes) {
        RandomStream random = Seed.of(9).stream();
        List<Parameter> parameters = new ArrayList<>();
        for (Shape shape : shapes) {
            double[] values = new double[shape.size()];
            Arrays.setAll(values, i -> (i % 2 == 0 ? 1 : -1) * (0.5 + random.nextDouble()));
            parameters.add(
                    Parameter.of("x" + parameters.size(), Tensor.of(DType.FLOAT64, shape, values)));
        }
        return parameters;
    }

    /// The largest `max|a − n| / (max|a| + max|n|)` of a parameter, as the gradient check has it.
    private static double error(Variable result, List<Parameter> parameters) {
        double[] weights = new double[result.shape().size()];
        Arrays.setAll(weights, i -> (i % 3 == 0 ? -1 : 1) * (0.7 + 0.1 * i));
        Variable loss =
                result.times(Variable.of(Tensor.of(DType.FLOAT64, result.shape(), weights))).sum();
        Plan plan = Plan.forTraining(Engine.serial(), loss, parameters, List.of(loss));
        plan.forward();
        plan.backward();
        double worst = 0;
        for (Parameter parameter : parameters) {
            double[] a = plan.gradients().of(parameter).toDoubles();
            double[] n =
                    NumericalGradient.of(
                                    () -> {
                                        plan.forward();
                                        return plan.value(loss).item();
                                    },
                                    parameter.tensor(),
                                    STEP)
                            .toDoubles();
            double difference = 0;
            double sizes = 0;
            for (int i = 0; i < a.length; i++) {
                difference = Math.max(difference, Math.abs(a[i] - n[i]));
                sizes = Math.max(sizes, Math.max(Math.abs(a[i]), Math.abs(n[i])));
            }
            worst = Math.max(worst, difference / (2 * sizes));
        }
        return worst;
    }

    /// Losses with slips of the pen in their derivatives.
    private enum Slip {
        NONE {
            @Override
            double slope(double e) {
                return Math.tanh(e);
            }
        },
        HALF_THE_ARGUMENT {
            @Override
            double slope(double e) {
                return Math.tanh(e / 2);
            }
        },
        ARGUMENTS_SWAPPED {
            @Override
            double slope(double e) {
                return Math.tanh(-e);
            }
        },
        DERIVATIVE_OF_THE_DERIVATIVE {
            @Override
            double slope(double e) {
                return 1 - Math.tanh(e) * Math.tanh(e);
            }
        },
        CLIPPED {
            @Override
            double slope(double e) {
                return Math.clamp(Math.tanh(e), -0.5, 0.5);
            }
        };

        abstract double slope(double e);
    }

    private record SlippedLogCosh(Slip slip) implements ElementwiseLoss<Outputs> {

        @Override
        public double value(double y, double t) {
            return Math.log(Math.cosh(y - t));
        }

        @Override
        public double slope(double y, double t) {
            return slip.slope(y - t);
        }

        @Override
        public double targetSlope(double y, double t) {
            return -Math.tanh(y - t);
        }

        @Override
        public Reduction reduction() {
            return Reduction.MEAN;
        }

        @Override
        public Class<Outputs> predictionType() {
            return Outputs.class;
        }
    }

    @Test
    void slipsInALossAreCaught() {
        for (Slip slip : Slip.values()) {
            List<Parameter> x = parameters(List.of(Shape.of(3, 4), Shape.of(3, 4)));
            Variable loss =
                    new SlippedLogCosh(slip).of(new Outputs(x.get(0)), new Values(x.get(1)));

            if (slip == Slip.NONE) {
                assertThat(error(loss, x)).isLessThan(TOLERANCE);
            } else {
                assertThat(error(loss, x)).as(slip.name()).isGreaterThan(CAUGHT);
            }
        }
    }

    /// The gradient of a sum where that of a mean was meant.
    @Test
    void aForgottenDivisionByTheBatchIsCaught() {
        List<Parameter> z = parameters(List.of(Shape.of(4, 3)));
        Labels labels = Labels.of(3, 0, 1, 2, 1);
        Variable mean = SoftmaxCrossEntropy.MEAN.of(new Logits(z.getFirst()), labels);
        Variable sum = new SoftmaxCrossEntropy(Reduction.SUM).of(new Logits(z.getFirst()), labels);

        double[] ofMean = mean.gradients(z.getFirst()).of(z.getFirst()).toDoubles();
        double[] ofSum = sum.gradients(z.getFirst()).of(z.getFirst()).toDoubles();

        assertThat(error(mean, z)).isLessThan(TOLERANCE);
        assertThat(ofSum[0] / ofMean[0]).isBetween(3.999999, 4.000001);
    }
}
