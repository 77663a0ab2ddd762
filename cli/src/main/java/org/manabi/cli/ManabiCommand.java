package org.manabi.cli;

import java.util.concurrent.Callable;
import org.manabi.cli.console.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `manabi` itself: without a command it shows what commands there are.
@Command(name = "manabi", versionProvider = Version.class, synopsisSubcommandLabel = "COMMAND")
final class ManabiCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.DONE;
    }
}
