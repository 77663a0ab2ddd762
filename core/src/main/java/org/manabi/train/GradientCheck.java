package org.manabi.train;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.manabi.autodiff.NumericalGradient;
import org.manabi.autodiff.Parameter;
import org.manabi.autodiff.Plan;
import org.manabi.autodiff.Variable;
import org.manabi.data.Dataset;
import org.manabi.layers.Embedding;
import org.manabi.layers.Layer;
import org.manabi.layers.Mode;
import org.manabi.layers.Network;
import org.manabi.layers.Sequential;
import org.manabi.loss.Labels;
import org.manabi.loss.Loss;
import org.manabi.loss.Prediction;
import org.manabi.loss.Targets;
import org.manabi.tensor.Checks;
import org.manabi.tensor.DType;
import org.manabi.tensor.DoubleTensor;
import org.manabi.tensor.Engine;
import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// Holds the gradients of back-propagation against central differences, in double.
///
///     error = ‖a − n‖ / (‖a‖ + ‖n‖)
///
/// for each parameter tensor, where a are the gradients by back-propagation and n those by
/// differences of the elements looked at; 0 where both are nothing but rounding, as for a bias that a
/// batch normalization takes off again. Each difference is taken with the steps 1e-4, 1e-5 and 1e-6
/// and the one nearest to a counts: a long step may reach across a kink (of ReLU, of a maximum), a short
/// one suffers from rounding, and a wrong derivative is wrong at all three.
public final class GradientCheck {

    private static final double[] STEPS = {1e-4, 1e-5, 1e-6};
    private static final double CLOSE = 1e-9;

    /// Norms that are rounding, for a loss near 1: ε/h with the smallest step is 2e-10.
    private static final double NOTHING = 1e-8;

    private final Plan plan;
    private final Variable loss;
    private final Iterable<Parameter> parameters;

    private GradientCheck(Variable loss, Network network) {
        this.loss = loss;
        this.parameters = network.parameters().all();
        this.plan =
                Plan.forTraining(Engine.serial(), loss, network.parameters().all(), List.of(loss));
    }

    /// How one parameter tensor fares.
    ///
    /// @param parameter its path
    /// @param size how many elements it has
    /// @param checked how many of them were looked at
    /// @param error as above, 0 … 1
    public record Finding(String parameter, int size, int checked, double error) {}

    /// A check of a model's loss on all samples of some float64 data of classes.
    ///
    /// @throws org.manabi.tensor.ShapeException if model and data do not fit
    public static <P extends Prediction, T extends Targets> GradientCheck of(
            Model<? extends P> model, Loss<P, T> loss, Dataset data) {
        BatchPlan.requireFit(model, loss, data);
        Variable inputs = Variable.of(data.inputs());
        int[] labels = IntStream.range(0, data.size()).map(data::label).toArray();
        T targets = loss.targetsType().cast(Labels.of(data.classNames().size(), labels));
        return new GradientCheck(
                loss.of(model.predict(inputs, Mode.TRAIN), targets), model.network());
    }

    /// A check of all layers of a network, of any type, as it stands: of a sum of its outputs for
    /// random inputs, each output times a random number. The network itself is left alone.
    ///
    /// @param samples how many inputs, at least 2 where a layer normalizes batches
    public static GradientCheck of(Network network, int samples, Seed seed) {
        Checks.require(samples >= 1, "a gradient check needs at least 1 sample, got %d", samples);
        Network precise = network.in(DType.FLOAT64);
        Tensor inputs =
                inputs(first(network.layer()), network.sampleShape().prepend(samples), seed);
        Variable outputs = precise.forward(Variable.of(inputs), Mode.TRAIN);
        RandomStream random = seed.child("outputs").stream();
        Tensor factors = DoubleTensor.zeros(outputs.shape());
        for (int i = 0; i < factors.size(); i++) {
            factors.setFromDouble(i, 2 * random.nextDouble() - 1);
        }
        return new GradientCheck(outputs.times(Variable.of(factors)).sum(), precise);
    }

    private static Layer first(Layer layer) {
        return layer instanceof Sequential(var layers) ? first(layers.getFirst()) : layer;
    }

    /// Numbers in 0 … 1, or rows of a table where the network begins with one.
    private static Tensor inputs(Layer first, Shape shape, Seed seed) {
        RandomStream random = seed.child("inputs").stream();
        Tensor inputs = DoubleTensor.zeros(shape);
        for (int i = 0; i < inputs.size(); i++) {
            inputs.setFromDouble(
                    i,
                    first instanceof Embedding table
                            ? random.nextInt(table.rows())
                            : random.nextDouble());
        }
        return inputs;
    }

    /// Checks every parameter tensor, at no more than `limit` elements of each, chosen at random.
    public List<Finding> run(int limit, Seed seed) {
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
            double n = nearest(a, parameter, element);
            difference = Math.hypot(difference, a - n);
            analyticNorm = Math.hypot(analyticNorm, a);
            numericNorm = Math.hypot(numericNorm, n);
        }
        double sum = analyticNorm + numericNorm;
        return new Finding(
                parameter.name(),
                parameter.shape().size(),
                elements.length,
                sum <= NOTHING * Math.max(1, Math.abs(value())) ? 0 : difference / sum);
    }

    private double nearest(double a, Parameter parameter, int element) {
        double nearest = Double.NaN;
        for (double step : STEPS) {
            double n = NumericalGradient.ofElement(this::value, parameter.tensor(), element, step);
            nearest = Math.abs(a - nearest) <= Math.abs(a - n) ? nearest : n;
            if (Math.abs(a - nearest) <= CLOSE * Math.abs(a)) {
                break;
            }
        }
        return nearest;
    }

    private double value() {
        plan.forward();
        return plan.value(loss).item();
    }
}
