package org.manabi.cli.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// What is known of the terminal, if there is one.
public final class Terminal {

    static final int OUT = 1;
    static final int ERR = 2;

    /// The columns that every terminal has.
    public static final int USUAL_WIDTH = 80;

    private Terminal() {}

    /// Whether a standard stream of this process ends at a terminal. Java can tell this of stdin and
    /// stdout together only, so the system is asked first where it shows its streams as links.
    @SuppressWarnings("SystemConsoleNull") // since JDK 25 it is null again where there is none
    static boolean isTerminal(int descriptor) {
        try {
            String target =
                    Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
            return target.startsWith("/dev/pts/")
                    || target.startsWith("/dev/tty")
                    || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            java.io.Console console = System.console();
            return console != null && console.isTerminal();
        }
    }

    static boolean wantsColors() {
        return System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
    }

    /// The columns of the terminal that this process belongs to; 80 if it cannot be told.
    public static int width() {
        try {
            Process stty =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(Path.of("/dev/tty").toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String[] size;
            try (var answer = stty.inputReader()) {
                size = answer.readAllAsString().strip().split(" ", -1);
            }
            if (!stty.waitFor(1, TimeUnit.SECONDS) || size.length != 2) {
                return USUAL_WIDTH;
            }
            int columns = Integer.parseInt(size[1]);
            return columns > 0 ? columns : USUAL_WIDTH;
        } catch (IOException | NumberFormatException e) {
            return USUAL_WIDTH;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL_WIDTH;
        }
    }
}
