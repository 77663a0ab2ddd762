package org.manabi.cli.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.console.JsonOption;
import org.manabi.cli.console.Numbers;
import org.manabi.cli.data.HalfBlocks;
import org.manabi.cli.machine.VectorModule;
import org.manabi.cli.model.Predictions.Prediction;
import org.manabi.data.Dataset;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.formats.table.TableSchema;
import org.manabi.tensor.ByteTensor;
import org.manabi.train.OutputKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `manabi predict`: what a saved model takes samples for.
@Command(name = "predict")
public final class PredictCommand implements Callable<Integer> {

    private static final int RUNNERS_UP = 2;

    private final Console console;

    @Mixin private JsonOption json = new JsonOption();
    @Mixin private ThreadsOption threads = new ThreadsOption();

    @Parameters(index = "0", paramLabel = "MODEL", descriptionKey = "evaluate.model")
    private Path model = Path.of("");

    @Parameters(index = "1", paramLabel = "INPUT", descriptionKey = "predict.input")
    private String input = "";

    public PredictCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (OnnxClassifier.isOnnx(model)) {
            return imported();
        }
        VectorModule.load();
        ModelPath found = ModelPath.load(model);
        TableSchema table = found.saved().card().table();
        if (table != null && !table.hasClasses()) {
            values(found, table);
            return ExitCode.DONE;
        }
        if (found.saved().model().kind() == OutputKind.OUTPUTS) {
            throw CommandException.wrongRequest(console.text("evaluate.error.values", model));
        }
        PredictionInput samples =
                table == null
                        ? PredictionInput.of(
                                input, found.saved().model().network().sampleShape(), console)
                        : PredictionInput.ofTable(input, table);
        List<Prediction> predictions =
                new Predictions(
                                threads.engine(),
                                found.saved().model(),
                                found.saved().card().divisor())
                        .of(samples, console);
        List<String> names = names(found);
        if (json.chosen()) {
            console.printJson(report(found.file(), names, predictions, samples.labeled()));
        } else {
            draw(samples);
            predictions.forEach(one -> console.print(describe(one, names, samples.labeled())));
        }
        return ExitCode.DONE;
    }

    /// A network from an ONNX file.
    private int imported() {
        OnnxClassifier classifier = new OnnxClassifier(model);
        PredictionInput samples = PredictionInput.of(input, console);
        double divisor = samples.divisor();
        List<Prediction> predictions = classifier.predict(samples, divisor);
        int classes = predictions.isEmpty() ? 0 : predictions.getFirst().probabilities().size();
        List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        if (json.chosen()) {
            console.printJson(report(model, names, predictions, samples.labeled()));
        } else {
            draw(samples);
            predictions.forEach(one -> console.print(describe(one, names, samples.labeled())));
        }
        return ExitCode.DONE;
    }

    /// Real numbers, in the units of the table.
    private void values(ModelPath found, TableSchema table) {
        PredictionInput samples = PredictionInput.ofTable(input, table);
        List<JsonValue> all = new ArrayList<>();
        List<Prediction> predictions =
                new Predictions(threads.engine(), found.saved().model(), 1).of(samples, console);
        for (Prediction one : predictions) {
            double value = table.target().original(one.probabilities().getFirst());
            if (json.chosen()) {
                all.add(JsonObject.EMPTY.with("index", one.row()).with("value", value));
            } else {
                console.print(
                        console.text(
                                "predict.value", one.row(), table.label(), Numbers.value(value)));
            }
        }
        if (json.chosen()) {
            console.printJson(
                    JsonObject.EMPTY
                            .with("command", "predict")
                            .with("model", found.file().toString())
                            .with("input", input)
                            .with("label", table.label())
                            .with("predictions", new JsonValue.Array(all)));
        }
    }

    private static List<String> names(ModelPath found) {
        List<String> known = found.saved().card().classNames();
        int outputs = found.saved().model().network().outputShape().dim(0);
        return known.size() == outputs
                ? known
                : IntStream.range(0, outputs).mapToObj(Integer::toString).toList();
    }

    private JsonObject report(
            Path file,
            List<String> names,
            List<Prediction> predictions,
            @Nullable Dataset labeled) {
        List<JsonValue> all = new ArrayList<>();
        for (Prediction one : predictions) {
            JsonObject json =
                    JsonObject.EMPTY
                            .with("index", one.row())
                            .with("class", name(names, one.best()))
                            .with("probabilities", numbers(one.probabilities()));
            all.add(
                    labeled == null
                            ? json
                            : json.with("label", name(names, labeled.label(one.row()))));
        }
        return JsonObject.EMPTY
                .with("command", "predict")
                .with("model", file.toString())
                .with("input", input)
                .with("classes", names)
                .with("predictions", new JsonValue.Array(all));
    }

    private static JsonValue numbers(List<Double> numbers) {
        return new JsonValue.Array(numbers.stream().map(JsonValue::of).toList());
    }

    private String describe(Prediction one, List<String> names, @Nullable Dataset labeled) {
        if (one.best() < 0) {
            return console.text("predict.nan", one.row());
        }
        List<Integer> ranking = one.ranking();
        String others =
                ranking.subList(1, Math.min(1 + RUNNERS_UP, ranking.size())).stream()
                        .map(k -> names.get(k) + " " + Numbers.percent(one.probabilities().get(k)))
                        .collect(Collectors.joining(", "));
        String line =
                console.text(
                        "predict.line",
                        one.row(),
                        names.get(one.best()),
                        Numbers.percent(one.probabilities().get(one.best())),
                        others);
        if (labeled == null) {
            return line;
        }
        int label = labeled.label(one.row());
        return line
                + (label == one.best()
                        ? console.text("predict.right")
                        : console.text("predict.wrong", name(names, label)));
    }

    private static String name(List<String> names, int index) {
        return index >= 0 && index < names.size() ? names.get(index) : Integer.toString(index);
    }

    /// The picture itself, if it is a single one and there is a terminal to show it on.
    private void draw(PredictionInput samples) {
        int size = samples.inputs().shape().tail().size();
        int width = (int) Math.sqrt(size);
        if (console.outIsTerminal()
                && samples.rows().size() == 1
                && width * width == size
                && samples.inputs() instanceof ByteTensor bytes) {
            int from = bytes.offset() + samples.rows().getFirst() * size;
            HalfBlocks.on(console)
                    .draw(bytes.array(), from, width, width)
                    .forEach(console::printColored);
        }
    }
}
