package org.manabi.cli.model;

import java.util.Arrays;
import java.util.List;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.layers.Layer;
import org.manabi.layers.Network;
import org.manabi.layers.Sequential;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import picocli.CommandLine.Option;

/// A network by its name or list of layers where no data tells what goes in and what comes out.
final class NewNetwork {

    @Option(
            names = "--input",
            paramLabel = "N,N",
            defaultValue = "784",
            descriptionKey = "summary.input")
    private String input = "";

    @Option(
            names = "--classes",
            paramLabel = "N",
            defaultValue = "10",
            descriptionKey = "summary.classes")
    private int classes;

    /// The network, with weights of the seed 0.
    ///
    /// @param model what [ModelPreset#of] understands
    Network of(String model, Console console) {
        Shape sample = sample(console);
        List<Layer> layers = ModelPreset.of(model, console).layers(classes, sample);
        return new Network(new Sequential(layers), sample, DType.FLOAT32, Seed.of(0));
    }

    private Shape sample(Console console) {
        try {
            return Shape.of(
                    Arrays.stream(input.split(",", -1))
                            .map(String::strip)
                            .mapToInt(Integer::parseInt)
                            .toArray());
        } catch (NumberFormatException _) {
            throw CommandException.wrongRequest(console.text("summary.error.input", input));
        }
    }
}
