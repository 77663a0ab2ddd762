package org.manabi.cli;

import java.util.concurrent.Callable;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.ExitCode;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `manabi completion`: prints a script that lets the shell complete commands and options.
@Command(name = "completion")
final class CompletionCommand implements Callable<Integer> {

    private final Console console;

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        CommandLine whole = Commands.commandLine(console, new Failures(console));
        console.out().print(AutoComplete.bash("manabi", whole));
        return ExitCode.DONE;
    }
}
