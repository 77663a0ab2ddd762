package org.manabi.cli.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.manabi.autodiff.NumericalGradient;
import org.manabi.autodiff.Parameter;
import org.manabi.autodiff.Plan;
import org.manabi.autodiff.Variable;
import org.manabi.data.Dataset;
import org.manabi.layers.Mode;
import org.manabi.loss.Labels;
import org.manabi.loss.Prediction;
import org.manabi.loss.Targets;
import org.manabi.tensor.Engine;
import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Tensor;

/// Holds the gradients of back-propagation against central differences, in double.
///
///     error = ‖a − n‖ / (‖a‖ + ‖n‖)
///
/// for each parameter tensor, where a are the gradients by back-propagation and n those by
/// differences of the elements looked at.
final class GradientCheck {

    /// Between the error of the formula, which grows with the step, and that of rounding, which
    /// shrinks with it.
    static final double STEP = 1e-4;

    private final Plan plan;
    private final Variable loss;
    private final Iterable<Parameter> parameters;

    private GradientCheck(Plan plan, Variable loss, Iterable<Parameter> parameters) {
        this.plan = plan;
        this.loss = loss;
        this.parameters = parameters;
    }

    /// How one parameter tensor fares.
    ///
    /// @param checked how many of its elements were looked at
    record Finding(String parameter, int size, int checked, double error) {}

    /// A check of a model's loss on all of some float64 data.
    static <P extends Prediction, T extends Targets> GradientCheck of(
            Learner<P, T> learner, Dataset data) {
        Variable inputs = Variable.of(data.inputs());
        int[] labels = IntStream.range(0, data.size()).map(data::label).toArray();
        T targets = learner.loss().targetsType().cast(Labels.of(data.classNames().size(), labels));
        Variable loss = learner.loss().of(learner.model().predict(inputs, Mode.TRAIN), targets);
        var parameters = learner.model().network().parameters().all();
        Plan plan = Plan.forTraining(Engine.serial(), loss, parameters, List.of(loss));
        return new GradientCheck(plan, loss, parameters);
    }

    /// Checks every parameter tensor, at no more than `limit` elements of each, chosen at random.
    List<Finding> run(int limit, Seed seed) {
        plan.forward();
        plan.backward();
        List<Finding> findings = new ArrayList<>();
        for (Parameter parameter : parameters) {
            int[] elements = elements(parameter, limit, seed.child(parameter.name()));
            findings.add(check(parameter, elements));
        }
        return findings;
    }

    private static int[] elements(Parameter parameter, int limit, Seed seed) {
        int size = parameter.shape().size();
        if (size <= limit) {
            return IntStream.range(0, size).toArray();
        }
        RandomStream random = seed.stream();
        return IntStream.generate(() -> random.nextInt(size))
                .distinct()
                .limit(limit)
                .sorted()
                .toArray();
    }

    private Finding check(Parameter parameter, int[] elements) {
        Tensor analytic = plan.gradients().of(parameter).copy();
        double difference = 0;
        double analyticNorm = 0;
        double numericNorm = 0;
        for (int element : elements) {
            double a = analytic.getAsDouble(element);
            double n = NumericalGradient.ofElement(this::value, parameter.tensor(), element, STEP);
            difference = Math.hypot(difference, a - n);
            analyticNorm = Math.hypot(analyticNorm, a);
            numericNorm = Math.hypot(numericNorm, n);
        }
        double sum = analyticNorm + numericNorm;
        return new Finding(
                parameter.name(),
                parameter.shape().size(),
                elements.length,
                sum == 0 ? 0 : difference / sum);
    }

    private double value() {
        plan.forward();
        return plan.value(loss).item();
    }
}
