package org.manabi.cli.board;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.manabi.board.Board;
import org.manabi.board.DataLoader;
import org.manabi.board.web.Bind;
import org.manabi.board.web.CannotListenException;
import org.manabi.board.web.PortInUseException;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.cli.data.DataSource;
import org.manabi.formats.FormatException;

/// Starts boards whose data are those that the command line knows.
public final class Boards {

    private Boards() {}

    /// Starts a board.
    ///
    /// @throws CommandException naming the port and the option if another program has the port
    public static Board start(Bind bind, Path runs, Console console) {
        try {
            return Board.start(bind, runs, loader(console));
        } catch (CannotListenException e) {
            throw failure(e, console);
        }
    }

    /// Says why a server cannot listen, and which option helps.
    static CommandException failure(CannotListenException e, Console console) {
        return CommandException.failed(
                e instanceof PortInUseException
                        ? console.text("listen.error.in-use", e.port(), e.port() + 1)
                        : console.text("listen.error.cannot", e.port(), e.host(), e.reason()));
    }

    /// Keeps a server's command alive until the process is interrupted.
    public static void awaitInterruption() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    private static DataLoader loader(Console console) {
        return name -> {
            try {
                return DataSource.of(name, console).load();
            } catch (CommandException e) {
                throw new FormatException(name, e.text());
            }
        };
    }
}
