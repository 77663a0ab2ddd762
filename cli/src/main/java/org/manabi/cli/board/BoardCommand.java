package org.manabi.cli.board;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.manabi.board.Board;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.machine.VectorModule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `manabi board`: runs, lessons and a canvas in the browser, until it is interrupted.
@Command(name = "board")
public final class BoardCommand implements Callable<Integer> {

    private final Console console;

    @Mixin private ListenOptions listen = new ListenOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "RUNS",
            defaultValue = "runs",
            descriptionKey = "board.runs")
    private Path runs = Path.of("runs");

    public BoardCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        VectorModule.load();
        try (Board board = Boards.start(listen.bind(Board.PORT, console), runs, console)) {
            console.print(board.url());
            console.out().flush();
            console.say(console.text("board.open"));
            Boards.awaitInterruption();
        }
        return ExitCode.DONE;
    }
}
