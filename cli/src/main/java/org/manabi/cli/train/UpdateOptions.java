package org.manabi.cli.train;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.cli.model.Recipe;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// The options of `manabi train` about what is around the optimizer, as they are typed.
final class UpdateOptions {

    @Option(names = "--schedule", paramLabel = "NAME", descriptionKey = "train.schedule")
    private @Nullable String schedule;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "0",
            descriptionKey = "train.warm-up")
    private long warmUp;

    @Option(names = "--weight-decay", paramLabel = "X", descriptionKey = "train.weight-decay")
    private @Nullable Double weightDecay;

    @ArgGroup private @Nullable Clip clip;

    @Option(
            names = "--accumulate",
            paramLabel = "N",
            defaultValue = "1",
            descriptionKey = "train.accumulate")
    private int accumulation = 1;

    @Option(names = "--average", paramLabel = "D", descriptionKey = "train.average")
    private @Nullable Double average;

    /// How gradients are bounded.
    static final class Clip {

        @Option(names = "--clip-norm", paramLabel = "X", descriptionKey = "train.clip-norm")
        private @Nullable Double norm;

        @Option(names = "--clip-value", paramLabel = "X", descriptionKey = "train.clip-value")
        private @Nullable Double value;
    }

    /// The options, checked.
    ///
    /// @throws CommandException naming the first option that cannot be
    UpdateSettings settings(Recipe recipe, Console console) {
        String schedule = this.schedule == null ? recipe.schedule() : this.schedule;
        int colon = schedule.indexOf(':');
        String word = colon < 0 ? schedule : schedule.substring(0, colon);
        ScheduleName name =
                ScheduleName.named(word)
                        .orElseThrow(
                                () ->
                                        CommandException.wrongRequest(
                                                console.text("train.error.schedule", schedule)));
        double number = name.usual();
        if (colon >= 0) {
            number = number(console, name, schedule);
        }
        require(console, warmUp >= 0, "--warm-up", warmUp);
        require(console, accumulation >= 1, "--accumulate", accumulation);
        Double norm = clip == null ? null : clip.norm;
        Double value = clip == null ? null : clip.value;
        require(console, norm == null || norm > 0, "--clip-norm", norm);
        require(console, value == null || value > 0, "--clip-value", value);
        require(console, weightDecay == null || weightDecay >= 0, "--weight-decay", weightDecay);
        require(console, average == null || (average > 0 && average < 1), "--average", average);
        return new UpdateSettings(
                name,
                number,
                warmUp,
                optional(weightDecay),
                optional(norm),
                optional(value),
                accumulation,
                optional(average));
    }

    private static double number(Console console, ScheduleName name, String schedule) {
        double number;
        try {
            number = Double.parseDouble(schedule.substring(schedule.indexOf(':') + 1));
        } catch (NumberFormatException e) {
            throw CommandException.wrongRequest(console.text("train.error.schedule", schedule));
        }
        boolean possible =
                name.hasNumber()
                        && (name.countsEpochs()
                                ? number >= 1 && number == Math.rint(number) && number < 1e9
                                : number > 0 && number <= 1);
        if (!possible) {
            throw CommandException.wrongRequest(console.text("train.error.schedule", schedule));
        }
        return number;
    }

    private static OptionalDouble optional(@Nullable Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private static void require(
            Console console, boolean possible, String option, @Nullable Number value) {
        if (!possible) {
            throw CommandException.wrongRequest(
                    console.text("train.error.range", option, String.valueOf(value)));
        }
    }
}
