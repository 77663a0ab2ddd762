package org.manabi.cli.train;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.console.JsonOption;
import org.manabi.cli.console.Numbers;
import org.manabi.cli.machine.VectorModule;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.formats.run.RunDirectory;
import org.manabi.formats.run.RunState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `manabi verify-resume`: trains a run twice more, once without and once with interruptions, and
/// compares the weights.
@Command(name = "verify-resume")
public final class VerifyResumeCommand implements Callable<Integer> {

    private final Console console;

    @Mixin private JsonOption json = new JsonOption();

    @Parameters(paramLabel = "RUN", descriptionKey = "verify.run")
    private Path folder = Path.of("");

    @Option(
            names = "--interruptions",
            paramLabel = "N",
            defaultValue = "3",
            descriptionKey = "verify.interruptions")
    private int interruptions;

    @Option(names = "--threads", paramLabel = "N", descriptionKey = "train.threads")
    private @Nullable Integer threads;

    public VerifyResumeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        TrainOptions.requireAtLeastOne(console, "--interruptions", interruptions);
        RunDirectory run = RunDirectory.open(folder);
        VectorModule.load();
        KeptTraining kept = KeptTraining.of(run, threads, console);
        console.say(console.text("verify.undisturbed"));
        Rehearsal rehearsal = new Rehearsal(kept);
        Rehearsal.Result undisturbed = rehearsal.undisturbed();
        console.say(console.text("verify.disturbed", interruptions));
        Rehearsal.Result disturbed = rehearsal.disturbed(interruptions, undisturbed.steps());
        Optional<String> recorded = recorded(run);
        boolean equal =
                disturbed.sha256().equals(undisturbed.sha256())
                        && recorded.map(undisturbed.sha256()::equals).orElse(true);
        if (json.chosen()) {
            console.printJson(report(undisturbed, disturbed, recorded, equal));
        } else {
            print(undisturbed, disturbed, recorded, equal);
        }
        return equal ? ExitCode.DONE : ExitCode.FAILED;
    }

    /// The digest that the run itself ended with, if it did, and nobody steered it.
    private static Optional<String> recorded(RunDirectory run) {
        boolean steered =
                run.metrics().stream()
                        .anyMatch(
                                event ->
                                        event.get("event")
                                                .flatMap(JsonValue::asText)
                                                .filter("learning-rate"::equals)
                                                .isPresent());
        return run.state() == RunState.FINISHED && !steered
                ? run.results().get("weightsSha256").flatMap(JsonValue::asText)
                : Optional.empty();
    }

    private JsonObject report(
            Rehearsal.Result undisturbed,
            Rehearsal.Result disturbed,
            Optional<String> recorded,
            boolean equal) {
        JsonObject report =
                JsonObject.EMPTY
                        .with("command", "verify-resume")
                        .with("run", folder.toString())
                        .with("steps", undisturbed.steps())
                        .with(
                                "interruptedAfter",
                                new JsonValue.Array(
                                        disturbed.stops().stream()
                                                .map(step -> JsonValue.of((long) step))
                                                .toList()))
                        .with("undisturbed", undisturbed.sha256())
                        .with("interrupted", disturbed.sha256());
        return (recorded.isPresent() ? report.with("recorded", recorded.get()) : report)
                .with("equal", equal);
    }

    private void print(
            Rehearsal.Result undisturbed,
            Rehearsal.Result disturbed,
            Optional<String> recorded,
            boolean equal) {
        console.print(
                console.text("verify.line.undisturbed", undisturbed.sha256(), undisturbed.steps()));
        console.print(
                console.text(
                        "verify.line.disturbed",
                        disturbed.sha256(),
                        disturbed.stops().stream()
                                .map(Numbers::count)
                                .collect(Collectors.joining("; "))));
        recorded.ifPresent(sha256 -> console.print(console.text("verify.line.recorded", sha256)));
        console.print(console.text(equal ? "verify.equal" : "verify.different"));
    }
}
