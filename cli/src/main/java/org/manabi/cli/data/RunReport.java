package org.manabi.cli.data;

import java.nio.file.Path;
import java.util.List;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.Numbers;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.run.RunDescription;
import org.manabi.formats.run.RunDirectory;

/// What there is to say of a run's folder.
final class RunReport {

    private RunReport() {}

    static Inspected of(Path path, Console console) {
        RunDirectory run = RunDirectory.open(path);
        RunDescription plan = run.description();
        List<String> lines =
                List.of(
                        console.text(
                                "inspect.run",
                                run.state().word(),
                                plan.data(),
                                Numbers.count(plan.parameters()),
                                plan.seed(),
                                run.created()),
                        "  " + plan.config(),
                        "  " + run.results());
        JsonObject report =
                JsonObject.EMPTY
                        .with("format", "run")
                        .with("state", run.state().word())
                        .with("created", run.created().toString())
                        .with("data", plan.data())
                        .with("parameters", plan.parameters())
                        .with("seed", plan.seed())
                        .with("config", plan.config())
                        .with("results", run.results());
        return new Inspected(path, lines, report, null);
    }
}
