package org.manabi.cli.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.Suggestion;
import org.manabi.data.augment.Augmentation;
import org.manabi.data.augment.Transform;
import org.manabi.tensor.ShapeException;

/// How images are changed at random, as people write it: `shift=2,rotate=10,flip`.
final class AugmentationText {

    private static final List<String> NAMES =
            List.of("shift", "rotate", "scale", "flip", "crop", "erase", "noise");

    private AugmentationText() {}

    /// @throws CommandException naming the part that is wrong
    static Augmentation parse(String text, Console console) {
        List<Transform> transforms = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String[] words = part.strip().toLowerCase(Locale.ROOT).split("=", 2);
            try {
                transforms.add(transform(words, part, console));
            } catch (ShapeException e) {
                throw wrong(part, String.valueOf(e.getMessage()), console);
            } catch (NumberFormatException _) {
                throw wrong(part, console.text("train.error.augment.number", words[0]), console);
            }
        }
        try {
            return new Augmentation(transforms);
        } catch (ShapeException _) {
            throw wrong(text, console.text("train.error.augment.twice"), console);
        }
    }

    private static Transform transform(String[] words, String part, Console console) {
        String name = words[0];
        String number = words.length == 2 ? words[1] : name.equals("flip") ? "0.5" : "";
        return switch (name) {
            case "shift" -> new Transform.Shift(Double.parseDouble(number));
            case "rotate" -> new Transform.Rotate(Double.parseDouble(number));
            case "scale" -> new Transform.Scale(Double.parseDouble(number));
            case "flip" -> new Transform.Flip(Double.parseDouble(number));
            case "crop" -> new Transform.Crop(Double.parseDouble(number));
            case "erase" -> new Transform.Erase(Double.parseDouble(number));
            case "noise" -> new Transform.Noise(Double.parseDouble(number));
            default ->
                    throw wrong(
                            part,
                            console.text(
                                    "train.error.augment.unknown",
                                    Suggestion.question(name, NAMES, console),
                                    String.join(", ", NAMES)),
                            console);
        };
    }

    private static CommandException wrong(String part, String reason, Console console) {
        return CommandException.wrongRequest(console.text("train.error.augment", part, reason));
    }
}
