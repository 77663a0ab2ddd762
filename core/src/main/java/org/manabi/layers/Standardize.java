package org.manabi.layers;

import java.util.ArrayList;
import java.util.List;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// Brings each feature to mean 0 and deviation 1 by fixed numbers, which were measured on training
/// data and are never learned:
///
///     y = (x − mean) / deviation
///
/// As a layer it belongs to the model: whoever uses the model gives it the features as they are.
///
/// **Shapes:** `[N, F]` to `[N, F]`.
///
/// @param means of the features, `F` numbers
/// @param deviations of the features, each greater than 0
public record Standardize(List<Double> means, List<Double> deviations) implements Layer {

    public Standardize {
        means = List.copyOf(means);
        deviations = List.copyOf(deviations);
        Checks.require(
                !means.isEmpty() && means.size() == deviations.size(),
                "Standardize: %d means and %d deviations; there is one of each for every feature",
                means.size(),
                deviations.size());
        for (double deviation : deviations) {
            Checks.require(
                    deviation > 0 && Double.isFinite(deviation),
                    "Standardize: deviation %s is not a number greater than 0",
                    deviation);
        }
    }

    /// Measures some samples: the mean, and the square root of the mean squared distance to it, which
    /// divides by `N`. A feature that is the same everywhere is only moved to 0.
    ///
    /// @param samples `[N, F]`, N at least 1
    public static Standardize of(Tensor samples) {
        Checks.require(
                samples.shape().rank() == 2,
                "Standardize: expected samples [N, F], got %s",
                samples.shape());
        int rows = samples.shape().dim(0);
        int features = samples.shape().dim(1);
        List<Double> means = new ArrayList<>();
        List<Double> deviations = new ArrayList<>();
        for (int f = 0; f < features; f++) {
            double sum = 0;
            for (int row = 0; row < rows; row++) {
                sum += samples.getAsDouble(row * features + f);
            }
            double mean = sum / rows;
            double squares = 0;
            for (int row = 0; row < rows; row++) {
                double distance = samples.getAsDouble(row * features + f) - mean;
                squares += distance * distance;
            }
            means.add(mean);
            deviations.add(squares > 0 ? Math.sqrt(squares / rows) : 1);
        }
        return new Standardize(means, deviations);
    }

    @Override
    public Variable apply(Scope scope, Variable input) {
        Checks.require(
                input.shape().rank() == 2 && input.shape().dim(1) == means.size(),
                "expected an input [N, %d], got %s",
                means.size(),
                input.shape());
        return input.minus(row(input, means)).dividedBy(row(input, deviations));
    }

    private static Variable row(Variable input, List<Double> numbers) {
        return Variable.of(
                Tensor.of(
                        input.dtype(),
                        Shape.of(numbers.size()),
                        numbers.stream().mapToDouble(Double::doubleValue).toArray()));
    }

    @Override
    public String toString() {
        return "Standardize[" + means.size() + " features]";
    }
}
