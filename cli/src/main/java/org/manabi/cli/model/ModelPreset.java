package org.manabi.cli.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.Suggestion;
import org.manabi.layers.Dense;
import org.manabi.layers.Layer;
import org.manabi.layers.Normal;
import org.manabi.layers.Relu;
import org.manabi.layers.Sigmoid;
import org.manabi.layers.Xavier;

/// A network by the short name that people type. It prints as that name.
public sealed interface ModelPreset {

    /// The layers up to the scores of the classes, without a softmax.
    List<Layer> layers(int classes);

    /// Reads `two-layer`, or `mlp:` and the sizes of its hidden layers.
    ///
    /// @throws CommandException if it is neither
    static ModelPreset of(String text, Console console) {
        if (text.equals("two-layer")) {
            return new TwoLayer();
        }
        if (text.startsWith("mlp:")) {
            return new Mlp(
                    Arrays.stream(text.substring("mlp:".length()).split(",", -1))
                            .map(word -> units(word, text, console))
                            .toList());
        }
        String question = Suggestion.question(text, List.of("two-layer", "mlp:128"), console);
        throw CommandException.wrongRequest(console.text("model.error.unknown", text, question));
    }

    private static int units(String word, String text, Console console) {
        try {
            int units = Integer.parseInt(word.strip());
            if (units >= 1) {
                return units;
            }
        } catch (NumberFormatException _) {
            // said below, as for a number that is too small
        }
        throw CommandException.wrongRequest(console.text("model.error.units", text, word));
    }

    /// The chapter's: 50 sigmoid units, and weights that begin as N(0, 0.01²).
    record TwoLayer() implements ModelPreset {

        @Override
        public List<Layer> layers(int classes) {
            return List.of(
                    new Dense(50, Normal.BOOK), new Sigmoid(), new Dense(classes, Normal.BOOK));
        }

        @Override
        public String toString() {
            return "two-layer";
        }
    }

    /// A multi-layer perceptron of ReLU units.
    ///
    /// @param hidden the units of each hidden layer
    record Mlp(List<Integer> hidden) implements ModelPreset {

        public Mlp {
            hidden = List.copyOf(hidden);
        }

        @Override
        public List<Layer> layers(int classes) {
            List<Layer> layers = new ArrayList<>();
            for (int units : hidden) {
                layers.add(new Dense(units));
                layers.add(new Relu());
            }
            layers.add(new Dense(classes, Xavier.NORMAL));
            return layers;
        }

        @Override
        public String toString() {
            return hidden.stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(",", "mlp:", ""));
        }
    }
}
