package org.manabi.cli.data;

import java.util.concurrent.Callable;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import picocli.CommandLine.Command;

/// `manabi data`: what there is to learn from.
@Command(name = "data", synopsisSubcommandLabel = "(list | show | check | fetch)")
public final class DataCommand implements Callable<Integer> {

    private final Console console;

    public DataCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        throw CommandException.wrongRequest(console.text("data.error.choose"));
    }
}
