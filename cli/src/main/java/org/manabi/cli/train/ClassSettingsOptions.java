package org.manabi.cli.train;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import picocli.CommandLine.Option;

/// The options of `manabi train` about classes, as they are typed.
final class ClassSettingsOptions {

    @Option(names = "--label-smoothing", paramLabel = "X", descriptionKey = "train.label-smoothing")
    private @Nullable Double smoothing;

    @Option(names = "--class-weights", paramLabel = "W,W", descriptionKey = "train.class-weights")
    private @Nullable String weights;

    /// The options, checked.
    ///
    /// @throws CommandException naming the first option that cannot be
    ClassSettings settings(Console console) {
        double spread = smoothing == null ? 0 : smoothing;
        if (!(spread >= 0 && spread < 1)) {
            throw CommandException.wrongRequest(
                    console.text("train.error.range", "--label-smoothing", spread));
        }
        if (weights == null || weights.equals(ClassSettings.BALANCED)) {
            return new ClassSettings(spread, weights != null, List.of());
        }
        List<Double> numbers = new ArrayList<>();
        double sum = 0;
        for (String word : weights.split(",", -1)) {
            double number = number(word.strip());
            if (!(number >= 0 && Double.isFinite(number))) {
                throw CommandException.wrongRequest(
                        console.text("train.error.class-weight", word.strip()));
            }
            numbers.add(number);
            sum += number;
        }
        if (sum == 0) {
            throw CommandException.wrongRequest(console.text("train.error.class-weight", weights));
        }
        return new ClassSettings(spread, false, numbers);
    }

    private static double number(String word) {
        try {
            return Double.parseDouble(word);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
