package org.manabi.cli.train;

import java.util.Arrays;
import java.util.List;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.cli.loss.LossName;
import org.manabi.data.Dataset;
import org.manabi.formats.json.JsonObject;
import org.manabi.loss.ClassOptions;
import org.manabi.loss.Loss;

/// How much each class counts in a training, and how sure its targets are.
///
/// @param smoothing the part of each target that is spread over all classes, in [0, 1)
/// @param balanced whether each class counts N / (K·n), as in scikit-learn: rare ones more
/// @param weights one for each class; empty for none or balanced ones
record ClassSettings(double smoothing, boolean balanced, List<Double> weights) {

    static final String BALANCED = "balanced";

    ClassSettings {
        weights = List.copyOf(weights);
    }

    /// The loss to learn by.
    ///
    /// @param train whose classes are counted
    /// @throws CommandException if loss or data have no classes
    Loss<?, ?> loss(LossName name, Dataset train, Console console) {
        ClassOptions options = ClassOptions.PLAIN.withSmoothing(smoothing);
        if (!train.hasClasses()) {
            if (isPlain()) {
                return name.trainingLoss();
            }
            throw CommandException.wrongRequest(console.text("train.error.classes", train.name()));
        }
        if (balanced) {
            options = options.withWeights(balancedWeights(train.classCounts(), train.size()));
        } else if (!weights.isEmpty()) {
            int classes = train.classNames().size();
            if (weights.size() != classes) {
                throw CommandException.wrongRequest(
                        console.text("train.error.class-weights", weights.size(), classes));
            }
            options =
                    options.withWeights(
                            weights.stream().mapToDouble(Double::doubleValue).toArray());
        }
        return name.trainingLoss(options)
                .orElseThrow(
                        () ->
                                CommandException.wrongRequest(
                                        console.text("train.error.class-loss", name)));
    }

    private boolean isPlain() {
        return smoothing == 0 && !balanced && weights.isEmpty();
    }

    /// A class without samples counts nothing.
    private static double[] balancedWeights(int[] counts, int samples) {
        return Arrays.stream(counts)
                .mapToDouble(n -> n == 0 ? 0 : (double) samples / ((double) counts.length * n))
                .toArray();
    }

    /// Adds what differs from the plainest training.
    JsonObject addTo(JsonObject json) {
        JsonObject all = smoothing > 0 ? json.with("labelSmoothing", smoothing) : json;
        if (balanced) {
            return all.with("classWeights", BALANCED);
        }
        return weights.isEmpty() ? all : all.with("classWeights", weights.toString());
    }
}
