package org.manabi.cli.report;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.console.JsonOption;
import org.manabi.cli.machine.VectorModule;
import org.manabi.cli.model.Evaluation;
import org.manabi.cli.model.ModelPath;
import org.manabi.cli.train.OverfittingText;
import org.manabi.cli.train.RunData;
import org.manabi.data.Dataset;
import org.manabi.formats.Durably;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.run.RunDirectory;
import org.manabi.tensor.Engine;
import org.manabi.train.OutputKind;
import org.manabi.train.Overfitting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `manabi report`: everything about a run on one page that needs nothing else.
@Command(name = "report")
public final class ReportCommand implements Callable<Integer> {

    private final Console console;

    @Mixin private JsonOption json = new JsonOption();

    @Parameters(paramLabel = "RUN", descriptionKey = "report.run")
    private Path folder = Path.of("");

    @Option(names = "--out", paramLabel = "FILE.html", descriptionKey = "report.out")
    private @Nullable Path out;

    public ReportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        RunDirectory run = RunDirectory.open(folder);
        VectorModule.load();
        ModelPath model = ModelPath.load(folder);
        Curves curves = Curves.of(run.metrics(), folder);
        ReportPage page = new ReportPage(console);
        page.begin(run, model.saved().model());
        page.curves(curves);
        Overfitting.in(curves.epochs())
                .ifPresent(
                        found ->
                                page.paragraph(
                                        "warning", new OverfittingText(console).explain(found)));
        if (model.saved().model().kind() != OutputKind.OUTPUTS) {
            Dataset test = model.fit(RunData.test(run, console));
            page.evaluation(
                    Evaluation.of(
                            model.learner(console)
                                    .evaluator(
                                            Engine.of(Runtime.getRuntime().availableProcessors())),
                            test,
                            model.saved().model().kind()),
                    test);
        }
        Path file = out == null ? folder.resolve("report.html") : out;
        Durably.write(file, page.end());
        if (json.chosen()) {
            console.printJson(
                    JsonObject.EMPTY.with("command", "report").with("file", file.toString()));
        } else {
            console.print(console.text("report.written", file));
        }
        return ExitCode.DONE;
    }
}
