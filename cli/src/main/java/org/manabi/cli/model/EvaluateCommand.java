package org.manabi.cli.model;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.console.JsonOption;
import org.manabi.cli.data.DataSource;
import org.manabi.cli.machine.VectorModule;
import org.manabi.data.Dataset;
import org.manabi.data.Split;
import org.manabi.formats.json.JsonObject;
import org.manabi.tensor.Engine;
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
        VectorModule.load();
        ModelPath found = ModelPath.load(model);
        DataSource source = DataSource.of(data, console);
        if (found.saved().model().kind() == OutputKind.OUTPUTS) {
            throw CommandException.wrongRequest(console.text("evaluate.error.values", model));
        }
        Split split = source.load();
        Dataset samples = found.fit(part == Part.TEST ? split.test() : split.train());
        Engine engine = threads.engine();
        Evaluation evaluation =
                Evaluation.of(
                        found.learner(console).evaluator(engine),
                        samples,
                        new ClassProbabilities(engine, found.saved().model().kind()));
        if (json.chosen()) {
            console.printJson(evaluation.addTo(heading(found, source)));
        } else {
            new EvaluationText(console).print(evaluation, source.name(), part);
        }
        return ExitCode.DONE;
    }

    private JsonObject heading(ModelPath found, DataSource source) {
        return JsonObject.EMPTY
                .with("command", "evaluate")
                .with("model", found.file().toString())
                .with("data", source.name())
                .with("part", part.toString());
    }
}
