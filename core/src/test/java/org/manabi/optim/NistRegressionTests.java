package org.manabi.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.manabi.Conformance;
import org.manabi.autodiff.Bound;
import org.manabi.autodiff.Op;
import org.manabi.autodiff.Parameter;
import org.manabi.autodiff.Plan;
import org.manabi.autodiff.Result;
import org.manabi.autodiff.Site;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// The certified nonlinear regressions of the NIST Statistical Reference Datasets (public domain):
/// [LbfgsMinimizer] from the second start, on the models written as expressions, whose gradients are
/// ours too. Certified are 11 digits; a problem counts as solved with 6 of every parameter.
class NistRegressionTests {

    /// What is predicted from parameters and predictors.
    private interface Regression {
        Variable predict(List<Parameter> b, List<Variable> x);
    }

    private static final Map<String, Regression> MODELS = models();

    private static Map<String, Regression> models() {
        Map<String, Regression> models = new TreeMap<>();
        models.put(
                "Bennett5",
                (b, x) ->
                        b.get(0)
                                .times(
                                        power(
                                                b.get(1).plus(x.get(0)),
                                                number(-1).dividedBy(b.get(2)))));
        Regression saturation =
                (b, x) -> b.get(0).times(number(1).minus(decay(b.get(1), x.get(0))));
        models.put("BoxBOD", saturation);
        models.put("Misra1a", saturation);
        Regression chwirut =
                (b, x) ->
                        decay(b.get(0), x.get(0))
                                .dividedBy(b.get(1).plus(b.get(2).times(x.get(0))));
        models.put("Chwirut1", chwirut);
        models.put("Chwirut2", chwirut);
        models.put("DanWood", (b, x) -> b.get(0).times(power(x.get(0), b.get(1))));
        models.put("ENSO", NistRegressionTests::enso);
        models.put(
                "Eckerle4",
                (b, x) ->
                        b.get(0)
                                .dividedBy(b.get(1))
                                .times(
                                        x.get(0)
                                                .minus(b.get(2))
                                                .dividedBy(b.get(1))
                                                .square()
                                                .times(-0.5)
                                                .exp()));
        for (int i = 1; i <= 3; i++) {
            models.put(
                    "Gauss" + i,
                    (b, x) ->
                            b.get(0)
                                    .times(decay(b.get(1), x.get(0)))
                                    .plus(bell(b, 2, x.get(0)))
                                    .plus(bell(b, 5, x.get(0))));
            models.put(
                    "Lanczos" + i,
                    (b, x) ->
                            b.get(0)
                                    .times(decay(b.get(1), x.get(0)))
                                    .plus(b.get(2).times(decay(b.get(3), x.get(0))))
                                    .plus(b.get(4).times(decay(b.get(5), x.get(0)))));
        }
        Regression cubic =
                (b, x) ->
                        polynomial(x.get(0), b.subList(0, 4))
                                .dividedBy(
                                        number(1)
                                                .plus(
                                                        x.get(0)
                                                                .times(
                                                                        polynomial(
                                                                                x.get(0),
                                                                                b.subList(4, 7)))));
        models.put("Hahn1", cubic);
        models.put("Thurber", cubic);
        models.put(
                "Kirby2",
                (b, x) ->
                        polynomial(x.get(0), b.subList(0, 3))
                                .dividedBy(
                                        number(1)
                                                .plus(
                                                        x.get(0)
                                                                .times(
                                                                        polynomial(
                                                                                x.get(0),
                                                                                b.subList(
                                                                                        3, 5))))));
        models.put(
                "MGH09",
                (b, x) -> {
                    Variable square = x.get(0).square();
                    return b.get(0)
                            .times(square.plus(x.get(0).times(b.get(1))))
                            .dividedBy(square.plus(x.get(0).times(b.get(2))).plus(b.get(3)));
                });
        models.put(
                "MGH10",
                (b, x) -> b.get(0).times(b.get(1).dividedBy(x.get(0).plus(b.get(2))).exp()));
        models.put(
                "MGH17",
                (b, x) ->
                        b.get(0)
                                .plus(b.get(1).times(decay(b.get(3), x.get(0))))
                                .plus(b.get(2).times(decay(b.get(4), x.get(0)))));
        models.put(
                "Misra1b",
                (b, x) -> {
                    Variable base = number(1).plus(b.get(1).times(x.get(0)).times(0.5));
                    return b.get(0).times(number(1).minus(number(1).dividedBy(base.square())));
                });
        models.put(
                "Misra1c",
                (b, x) -> {
                    Variable base = number(1).plus(b.get(1).times(x.get(0)).times(2));
                    return b.get(0).times(number(1).minus(power(base, number(-0.5))));
                });
        models.put(
                "Misra1d",
                (b, x) -> {
                    Variable part = b.get(1).times(x.get(0));
                    return b.get(0).times(part).dividedBy(number(1).plus(part));
                });
        models.put(
                "Nelson",
                (b, x) ->
                        b.get(0).minus(b.get(1).times(x.get(0)).times(decay(b.get(2), x.get(1)))));
        models.put("Rat42", (b, x) -> b.get(0).dividedBy(growth(b, x.get(0))));
        models.put(
                "Rat43",
                (b, x) ->
                        b.get(0)
                                .dividedBy(
                                        power(growth(b, x.get(0)), number(1).dividedBy(b.get(3)))));
        models.put(
                "Roszman1",
                (b, x) ->
                        b.get(0)
                                .minus(b.get(1).times(x.get(0)))
                                .minus(
                                        Result.of(
                                                        Angle.ARCTANGENT,
                                                        b.get(2)
                                                                .dividedBy(
                                                                        x.get(0).minus(b.get(3))))
                                                .times(1 / Math.PI)));
        return models;
    }

    private static Variable enso(List<Parameter> b, List<Variable> x) {
        return b.get(0)
                .plus(wave(b.get(1), b.get(2), number(12), x.get(0)))
                .plus(wave(b.get(4), b.get(5), b.get(3), x.get(0)))
                .plus(wave(b.get(7), b.get(8), b.get(6), x.get(0)));
    }

    private static Variable wave(Variable cosine, Variable sine, Variable period, Variable x) {
        Variable angle = x.times(2 * Math.PI).dividedBy(period);
        return cosine.times(Result.of(Angle.COSINE, angle))
                .plus(sine.times(Result.of(Angle.SINE, angle)));
    }

    private static Variable number(double value) {
        return Variable.of(Tensor.of(DType.FLOAT64, Shape.SCALAR, value));
    }

    private static Variable decay(Variable rate, Variable x) {
        return rate.times(x).times(-1).exp();
    }

    private static Variable growth(List<Parameter> b, Variable x) {
        return number(1).plus(b.get(1).minus(b.get(2).times(x)).exp());
    }

    private static Variable power(Variable base, Variable exponent) {
        return base.log().times(exponent).exp();
    }

    private static Variable bell(List<Parameter> b, int first, Variable x) {
        return b.get(first)
                .times(
                        x.minus(b.get(first + 1))
                                .dividedBy(b.get(first + 2))
                                .square()
                                .times(-1)
                                .exp());
    }

    private static Variable polynomial(Variable x, List<Parameter> b) {
        Variable sum = b.getLast();
        for (int i = b.size() - 2; i >= 0; i--) {
            sum = sum.times(x).plus(b.get(i));
        }
        return sum;
    }

    /// What core does not need but these models do.
    private enum Angle implements Op {
        SINE,
        COSINE,
        ARCTANGENT;

        @Override
        public Shape shape(List<Variable> inputs) {
            return inputs.getFirst().shape();
        }

        @Override
        public Bound bind(Site site) {
            Tensor x = site.input(0);
            return new Bound() {
                @Override
                public void forward() {
                    for (int i = 0; i < x.size(); i++) {
                        double at = x.getAsDouble(i);
                        site.output()
                                .setFromDouble(
                                        i,
                                        switch (Angle.this) {
                                            case SINE -> Math.sin(at);
                                            case COSINE -> Math.cos(at);
                                            case ARCTANGENT -> Math.atan(at);
                                        });
                    }
                }

                @Override
                public void backward() {
                    for (int i = 0; i < x.size(); i++) {
                        double at = x.getAsDouble(i);
                        double slope =
                                switch (Angle.this) {
                                    case SINE -> Math.cos(at);
                                    case COSINE -> -Math.sin(at);
                                    case ARCTANGENT -> 1 / (1 + at * at);
                                };
                        site.inputGradient(0)
                                .setFromDouble(i, slope * site.outputGradient().getAsDouble(i));
                    }
                }
            };
        }
    }

    /// A file of the collection.
    private record Problem(
            List<Double> start, List<Double> certified, List<Double> y, List<List<Double>> x) {

        private static final Pattern PARAMETER =
                Pattern.compile("\\s*b\\d+\\s*=\\s*(\\S+)\\s+(\\S+)\\s+(\\S+)\\s+(\\S+)\\s*");
        private static final Pattern DATA =
                Pattern.compile("\\s*Data\\s+\\(lines\\s+(\\d+)\\s+to\\s+(\\d+)\\)\\s*");

        static Problem read(Path file) throws IOException {
            List<String> lines = Files.readAllLines(file);
            Problem problem =
                    new Problem(
                            new ArrayList<>(),
                            new ArrayList<>(),
                            new ArrayList<>(),
                            new ArrayList<>());
            int first = 0;
            int last = 0;
            for (String line : lines.subList(0, 60)) {
                Matcher parameter = PARAMETER.matcher(line);
                if (parameter.matches()) {
                    problem.start.add(Double.parseDouble(parameter.group(2)));
                    problem.certified.add(Double.parseDouble(parameter.group(3)));
                }
                Matcher data = DATA.matcher(line);
                if (data.matches()) {
                    first = Integer.parseInt(data.group(1));
                    last = Integer.parseInt(data.group(2));
                }
            }
            for (String line : lines.subList(first - 1, last)) {
                double[] numbers =
                        Arrays.stream(line.strip().split("\\s+"))
                                .mapToDouble(Double::parseDouble)
                                .toArray();
                problem.y.add(numbers[0]);
                for (int i = 1; i < numbers.length; i++) {
                    if (problem.x.size() < i) {
                        problem.x.add(new ArrayList<>());
                    }
                    problem.x.get(i - 1).add(numbers[i]);
                }
            }
            return problem;
        }
    }

    @Test
    void sixDigitsOfAllProblemsFromTheSecondStart() throws IOException {
        Map<String, Double> digits = new TreeMap<>();
        for (var model : MODELS.entrySet()) {
            Problem problem =
                    Problem.read(Conformance.file("nist-strd/" + model.getKey() + ".dat"));
            digits.put(
                    model.getKey(),
                    solve(problem, model.getValue(), model.getKey().equals("Nelson")));
        }
        System.out.println("NIST StRD, certified digits from start 2: " + digits);

        assertThat(digits).hasSize(27);
        assertThat(digits.values()).allSatisfy(of -> assertThat(of).isGreaterThanOrEqualTo(6));
    }

    /// The least number of digits of a parameter.
    private static double solve(Problem problem, Regression model, boolean logarithmic) {
        List<Parameter> b = new ArrayList<>();
        for (double start : problem.start()) {
            b.add(Parameter.of("b" + (b.size() + 1), start));
        }
        Variable y = column(problem.y());
        Variable error =
                model.predict(b, problem.x().stream().map(x -> column(x)).toList())
                        .minus(logarithmic ? y.log() : y);
        Variable loss = error.square().sum().times(0.5);
        Plan plan = Plan.forTraining(Engine.serial(), loss, b, List.of());
        double[] at = problem.start().stream().mapToDouble(Double::doubleValue).toArray();

        LbfgsMinimizer.DEFAULTS.minimize(
                (x, gradient) -> {
                    for (int i = 0; i < x.length; i++) {
                        b.get(i).tensor().setFromDouble(0, x[i]);
                    }
                    plan.forward();
                    plan.backward();
                    for (int i = 0; i < x.length; i++) {
                        gradient[i] = plan.gradients().of(b.get(i)).item();
                    }
                    return plan.value(loss).item();
                },
                at);

        double least = 11;
        for (int i = 0; i < at.length; i++) {
            double certified = problem.certified().get(i);
            double relative = Math.abs((at[i] - certified) / certified);
            least = Math.min(least, -Math.log10(Math.max(relative, 1e-16)));
        }
        return Math.round(least * 10) / 10.0;
    }

    private static Variable column(List<Double> values) {
        return Variable.of(
                Tensor.of(
                        DType.FLOAT64,
                        Shape.of(values.size()),
                        values.stream().mapToDouble(Double::doubleValue).toArray()));
    }
}
