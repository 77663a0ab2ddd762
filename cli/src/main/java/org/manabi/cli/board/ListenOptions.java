package org.manabi.cli.board;

import org.jspecify.annotations.Nullable;
import org.manabi.board.web.Bind;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import picocli.CommandLine.Option;

/// Where a server listens.
public final class ListenOptions {

    @Option(names = "--port", paramLabel = "N", descriptionKey = "listen.port")
    private @Nullable Integer port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            descriptionKey = "listen.host")
    private String host = "127.0.0.1";

    /// Where to listen, checked.
    ///
    /// @param usual the port if none is asked for
    /// @throws CommandException if the port or the host cannot be
    public Bind bind(int usual, Console console) {
        int asked = port == null ? usual : port;
        if (asked < 0 || asked > 65_535) {
            throw CommandException.wrongRequest(console.text("listen.error.port", asked));
        }
        Bind bind = new Bind(host, asked);
        bind.isLoopback(); // refuses a host that is none of this machine's
        return bind;
    }
}
