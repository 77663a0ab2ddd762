package org.manabi.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.manabi.autodiff.NumericalGradient;
import org.manabi.autodiff.Parameter;
import org.manabi.autodiff.Plan;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// Every loss × reduction × option of [LossCases], differentiated by back-propagation and by central
/// differences, in double. A loss or a reduction that the table leaves out fails
/// [#theTableListsEveryLossWithEveryReduction].
class LossGradientTests {

    /// The error h²·f‴/6 + ε·f/h of a central difference is least, about 1e-10, near h = ∛ε = 6e-6.
    private static final double STEP = 0x1p-17;

    /// Two hundred times that error, and far below what any slip would cost.
    private static final double TOLERANCE = 1e-7;

    @Test
    void backPropagationAgreesWithCentralDifferences() {
        Set<String> failures = new TreeSet<>();
        int checked = 0;
        for (LossCases.Line line : LossCases.all()) {
            double error = error(line);
            if (!(error < TOLERANCE)) {
                failures.add("%s %s: %s".formatted(line, line.shapes(), error));
            }
            checked++;
        }
        System.out.println("losses × reductions × options × shapes checked: " + checked);

        assertThat(failures).isEmpty();
        assertThat(checked).isGreaterThan(700);
    }

    /// `max|a − n| / (max|a| + max|n|)` over all parameters.
    private static double error(LossCases.Line line) {
        RandomStream random =
                Seed.of(3).child(line.name()).child(line.shapes().toString()).stream();
        List<Parameter> parameters =
                line.shapes().stream().map(shape -> parameter(shape, line, random)).toList();
        Variable result = line.expression().apply(parameters);
        Variable loss = weighted(result);
        Plan plan = Plan.forTraining(Engine.serial(), loss, parameters, List.of(result));
        plan.forward();
        plan.backward();
        DoubleSupplier measure =
                () -> {
                    plan.forward();
                    return plan.value(loss).item();
                };
        double largestError = 0;
        for (Parameter parameter : parameters) {
            double[] propagated = plan.gradients().of(parameter).toDoubles();
            double[] measured = NumericalGradient.of(measure, parameter.tensor(), STEP).toDoubles();
            double difference = 0;
            double largest = 1e-6; // below it both are rounding
            for (int i = 0; i < measured.length; i++) {
                difference = Math.max(difference, Math.abs(propagated[i] - measured[i]));
                largest = Math.max(largest, Math.abs(propagated[i]));
            }
            largestError = Math.max(largestError, difference / (2 * largest));
        }
        return largestError;
    }

    private static Parameter parameter(Shape shape, LossCases.Line line, RandomStream random) {
        Tensor value = Tensor.zeros(DType.FLOAT64, shape);
        for (int i = 0; i < value.size(); i++) {
            double uniform = random.nextDouble();
            value.setFromDouble(
                    i,
                    switch (line.numbers()) {
                        case BOTH_SIGNS -> (random.nextInt(2) == 0 ? -1 : 1) * (0.3 + uniform);
                        case POSITIVE -> 0.5 + uniform;
                        case PROBABILITIES -> 0.1 + 0.8 * uniform;
                    });
        }
        return Parameter.of("x", value);
    }

    /// One number of results, each with a weight of its own.
    private static Variable weighted(Variable results) {
        double[] weights = new double[results.shape().size()];
        Arrays.setAll(weights, i -> 1 + 0.3 * i);
        return results.times(Variable.of(Tensor.of(DType.FLOAT64, results.shape(), weights))).sum();
    }

    @Test
    void theTableListsEveryLossWithEveryReduction() throws IOException, URISyntaxException {
        Set<String> listed =
                LossCases.all().stream()
                        .map(line -> line.loss() + " " + line.reduction())
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> existing = new TreeSet<>();
        for (String name : losses()) {
            for (Reduction reduction : Reduction.values()) {
                existing.add(name + " " + reduction);
            }
        }

        assertThat(existing).hasSizeGreaterThan(90);
        assertThat(listed).containsExactlyInAnyOrderElementsOf(existing);
    }

    /// The losses of core, told from their classes.
    private static Set<String> losses() throws IOException, URISyntaxException {
        Path folder =
                Path.of(Loss.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                        .resolve("org/manabi/loss");
        Set<String> losses = new TreeSet<>(Set.of("TripletMargin")); // no Loss, but one
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                Class<?> type = Class.forName("org.manabi.loss." + name);
                if (Loss.class.isAssignableFrom(type) && !type.isInterface()) {
                    losses.add(name);
                }
            }
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
        return losses;
    }
}
