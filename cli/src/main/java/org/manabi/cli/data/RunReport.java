package org.manabi.cli.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.Numbers;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.model.ModelFile;
import org.manabi.formats.run.Checkpoints;
import org.manabi.formats.run.RunDescription;
import org.manabi.formats.run.RunDirectory;
import org.manabi.formats.safetensors.Safetensors;

/// What there is to say of a run's folder, whose events and checkpoints are read to their ends.
final class RunReport {

    private RunReport() {}

    static Inspected of(Path path, Console console) {
        RunDirectory run = RunDirectory.open(path);
        RunDescription plan = run.description();
        long events = TextReport.count(path.resolve("metrics.jsonl"));
        List<Path> checkpoints = checkpoints(run);
        checkpoints.forEach(RunReport::verify);
        List<String> lines =
                List.of(
                        console.text(
                                "inspect.run",
                                run.state().word(),
                                plan.data(),
                                Numbers.count(plan.parameters()),
                                plan.seed(),
                                run.created()),
                        console.text(
                                "inspect.run.files", Numbers.count(events), checkpoints.size()),
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
                        .with("events", events)
                        .with("checkpoints", (long) checkpoints.size())
                        .with("config", plan.config())
                        .with("results", run.results());
        return new Inspected(path, lines, report, null);
    }

    /// The best, the last and the newest by its number, as far as they are there.
    private static List<Path> checkpoints(RunDirectory run) {
        Checkpoints all = run.checkpoints();
        Stream<Path> named = Stream.of(all.best(), all.last());
        Stream<Path> newest = all.steps().stream().limit(1).map(all::step);
        return Stream.concat(named, newest).filter(Files::exists).toList();
    }

    private static void verify(Path checkpoint) {
        ModelFile.heading(checkpoint);
        Safetensors.readInto(checkpoint, header -> Map.of());
    }
}
