package org.manabi.cli.model;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.console.JsonOption;
import org.manabi.cli.console.Numbers;
import org.manabi.cli.data.DataSource;
import org.manabi.cli.data.ImagesByClass;
import org.manabi.cli.data.TableSource;
import org.manabi.cli.machine.VectorModule;
import org.manabi.data.Dataset;
import org.manabi.data.Split;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.table.RawRows;
import org.manabi.formats.table.TableSchema;
import org.manabi.tensor.Engine;
import org.manabi.train.ClassProbabilities;
import org.manabi.train.OutputKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `manabi evaluate`: measures a saved model on data.
@Command(name = "evaluate")
public final class EvaluateCommand implements Callable<Integer> {

    private final Console console;

    @Mixin private JsonOption json = new JsonOption();
    @Mixin private ThreadsOption threads = new ThreadsOption();

    @Parameters(index = "0", paramLabel = "MODEL", descriptionKey = "evaluate.model")
    private Path model = Path.of("");

    @Parameters(index = "1", paramLabel = "DATA", descriptionKey = "data.data")
    private String data = "";

    @Option(
            names = "--part",
            paramLabel = "PART",
            defaultValue = "test",
            descriptionKey = "evaluate.part")
    private Part part = Part.TEST;

    public EvaluateCommand(Console console) {
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
        if (table != null && TableSource.isTable(data)) {
            table(found, table);
            return ExitCode.DONE;
        }
        if (table != null) {
            throw CommandException.wrongRequest(
                    console.text("evaluate.error.table", model, table.label(), data));
        }
        DataSource source = DataSource.of(data, console);
        if (found.saved().model().kind() == OutputKind.OUTPUTS) {
            throw CommandException.wrongRequest(console.text("evaluate.error.values", model));
        }
        if (source instanceof ImagesByClass images) {
            source = images.fitting(found.saved().model().network().sampleShape());
        }
        Split split = source.load();
        if (source instanceof ImagesByClass) {
            requireClasses(found, split.test().classNames());
        }
        Dataset samples = found.fit(part == Part.TEST ? split.test() : split.train());
        Engine engine = threads.engine();
        Evaluation evaluation =
                Evaluation.of(
                        found.learner(console).evaluator(engine),
                        samples,
                        new ClassProbabilities(engine, found.saved().model().kind()));
        if (json.chosen()) {
            console.printJson(evaluation.addTo(heading(found, source.name(), part.toString())));
        } else {
            new EvaluationText(console).print(evaluation, part.title(), source.name());
        }
        return ExitCode.DONE;
    }

    /// A class that is missing or more would shift the numbers of the others.
    private void requireClasses(ModelPath found, List<String> names) {
        List<String> known = found.saved().card().classNames();
        if (!known.equals(names)) {
            throw CommandException.wrongRequest(
                    console.text(
                            "evaluate.error.classes",
                            data,
                            String.join(", ", names),
                            String.join(", ", known)));
        }
    }

    /// A network from an ONNX file.
    private int imported() {
        OnnxClassifier classifier = new OnnxClassifier(model);
        DataSource source = DataSource.of(data, console);
        Split split = source.load();
        Evaluation evaluation =
                classifier.evaluate(part == Part.TEST ? split.test() : split.train());
        if (json.chosen()) {
            JsonObject heading =
                    JsonObject.EMPTY
                            .with("command", "evaluate")
                            .with("model", model.toString())
                            .with("data", source.name())
                            .with("part", part.toString());
            console.printJson(evaluation.addTo(heading));
        } else {
            new EvaluationText(console).print(evaluation, part.title(), source.name());
        }
        return ExitCode.DONE;
    }

    /// All rows of a table, through what the model learned of its columns.
    private void table(ModelPath found, TableSchema schema) {
        RawRows rows = RawRows.read(TableSource.file(data), schema);
        Dataset samples = rows.labeled(schema);
        Engine engine = threads.engine();
        if (!schema.hasClasses()) {
            values(found, schema, samples, engine);
            return;
        }
        Evaluation evaluation =
                Evaluation.of(
                        found.learner(console).evaluator(engine),
                        samples,
                        new ClassProbabilities(engine, found.saved().model().kind()));
        if (json.chosen()) {
            console.printJson(evaluation.addTo(heading(found, data, "all")));
        } else {
            new EvaluationText(console).print(evaluation, "evaluate.title.table", data);
        }
    }

    private void values(ModelPath found, TableSchema schema, Dataset samples, Engine engine) {
        ValueErrors errors = ValueErrors.of(found.learner(console).evaluator(engine), samples);
        double root = errors.rootMeanSquare() * schema.scale();
        double absolute = errors.meanAbsolute() * schema.scale();
        if (json.chosen()) {
            console.printJson(
                    heading(found, data, "all")
                            .with("samples", samples.size())
                            .with("loss", errors.loss())
                            .with("rootMeanSquaredError", root)
                            .with("meanAbsoluteError", absolute)
                            .with("r2", errors.explained()));
        } else {
            console.print(
                    console.text("evaluate.title.table", data, Numbers.count(samples.size())));
            console.print(
                    console.text(
                            "evaluate.values",
                            schema.label(),
                            Numbers.value(root),
                            Numbers.value(absolute),
                            Numbers.fixed(errors.explained(), 4)));
        }
    }

    private JsonObject heading(ModelPath found, String name, String rows) {
        return JsonObject.EMPTY
                .with("command", "evaluate")
                .with("model", found.file().toString())
                .with("data", name)
                .with("part", rows);
    }
}
