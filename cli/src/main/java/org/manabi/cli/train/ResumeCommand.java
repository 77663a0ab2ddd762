package org.manabi.cli.train;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.console.JsonOption;
import org.manabi.cli.console.Numbers;
import org.manabi.cli.machine.VectorModule;
import org.manabi.formats.Durably;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.run.Checkpoint;
import org.manabi.formats.run.RunDirectory;
import org.manabi.formats.run.RunLock;
import org.manabi.formats.run.RunState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `manabi resume`: goes on with a training that was interrupted or killed, to the same bits.
@Command(name = "resume")
public final class ResumeCommand implements Callable<Integer> {

    private final Console console;

    @Mixin private JsonOption json = new JsonOption();

    @Parameters(paramLabel = "RUN", descriptionKey = "resume.run")
    private Path folder = Path.of("");

    @Option(names = "--threads", paramLabel = "N", descriptionKey = "train.threads")
    private @Nullable Integer threads;

    @Option(names = "--quiet", descriptionKey = "train.quiet")
    private boolean quiet;

    public ResumeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        long began = System.nanoTime();
        RunDirectory run = RunDirectory.open(folder);
        try (RunLock _ = TrainCommand.lock(run, console)) {
            return switch (RunDirectory.open(folder).state()) {
                case FINISHED -> alreadyFinished(run);
                case DIVERGED -> {
                    console.say(console.text("resume.diverged", folder));
                    yield resume(run, began);
                }
                case RUNNING, INTERRUPTED -> resume(run, began);
            };
        }
    }

    private int alreadyFinished(RunDirectory run) {
        console.say(console.text("resume.finished", folder));
        if (json.chosen()) {
            console.printJson(run.results());
        } else {
            console.print(run.results().toPrettyString());
        }
        return ExitCode.DONE;
    }

    private int resume(RunDirectory run, long began) {
        VectorModule.load();
        Durably.sweep(run.folder());
        run.checkpoints().sweep();
        KeptTraining kept = KeptTraining.of(run, threads, console);
        Checkpoint from = run.checkpoints().newest().orElse(null);
        run.update(RunState.RUNNING, JsonObject.EMPTY);
        if (!quiet) {
            console.say(
                    from == null
                            ? console.text("resume.from-the-beginning", folder)
                            : console.text(
                                    "resume.from", folder, Numbers.count(from.state().step())));
        }
        TrainResult result =
                new TrainingRun<>(
                                kept.settings(),
                                kept.data(),
                                kept.learner(from),
                                run,
                                TrainingBoard.open(Optional.empty(), run, console),
                                console)
                        .go(from, quiet ? Verbosity.QUIET : Verbosity.NORMAL, began);
        return TrainCommand.report(result, "resume", json, console);
    }
}
