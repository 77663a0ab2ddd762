package org.manabi.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.ExitCode;
import org.manabi.formats.FormatException;
import org.manabi.formats.WriteException;
import org.manabi.tensor.ShapeException;
import picocli.CommandLine.ParameterException;

/// The one door through which failures leave: a message on stderr and an exit code. A mistake of
/// the user never shows a stack trace; a mistake of ours goes to a file that can be reported.
final class Failures {

    private final Console console;
    private final boolean stackTrace;

    /// @param args the command line, which may ask for stack traces
    Failures(Console console, String... args) {
        this.console = console;
        this.stackTrace = Arrays.asList(args).contains("--stacktrace");
    }

    /// A command line that cannot be understood.
    int onParameters(ParameterException e, String... args) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        say(new ParameterFaults(console).explain(e));
        console.say(console.text("error.see-help", command));
        trace(e);
        return ExitCode.WRONG_REQUEST;
    }

    /// Anything thrown by a command.
    int report(Throwable failure) {
        trace(failure);
        return switch (failure) {
            case CommandException e -> say(e.text(), e.exitCode());
            case FormatException e -> say(String.valueOf(e.getMessage()), ExitCode.WRONG_REQUEST);
            case WriteException e -> say(String.valueOf(e.getMessage()), ExitCode.FAILED);
            case ShapeException e -> say(String.valueOf(e.getMessage()), ExitCode.WRONG_REQUEST);
            case IllegalArgumentException e when isOurs(e) ->
                    say(String.valueOf(e.getMessage()), ExitCode.WRONG_REQUEST);
            case UncheckedIOException e ->
                    say(describe(Objects.requireNonNull(e.getCause())), ExitCode.FAILED);
            case IOException e -> say(describe(e), ExitCode.FAILED);
            case OutOfMemoryError e -> say(outOfMemory(), ExitCode.FAILED);
            default -> bug(failure);
        };
    }

    /// Whether one of our own checks refused the argument, not something that we called wrongly.
    private static boolean isOurs(IllegalArgumentException e) {
        StackTraceElement[] frames = e.getStackTrace();
        return frames.length > 0 && frames[0].getClassName().startsWith("org.manabi.");
    }

    private String describe(IOException e) {
        return e instanceof FileSystemException file && file.getFile() != null
                ? console.text("error.file", file.getFile(), FileFaults.reason(file, console))
                : console.text("error.io", String.valueOf(e.getMessage()));
    }

    private String outOfMemory() {
        return console.text("error.memory", Runtime.getRuntime().maxMemory() >> 20);
    }

    private int bug(Throwable failure) {
        String what = failure.toString();
        try {
            Path log = Files.createTempFile("manabi-bug-", ".log");
            try (PrintStream to = new PrintStream(log.toFile(), StandardCharsets.UTF_8)) {
                for (String line : new Version().getVersion()) {
                    to.println(line);
                }
                failure.printStackTrace(to);
            }
            return say(console.text("error.bug", what, log), ExitCode.FAILED);
        } catch (IOException e) {
            return say(console.text("error.bug-without-log", what), ExitCode.FAILED);
        }
    }

    private int say(String message, int exitCode) {
        say(message);
        return exitCode;
    }

    private void say(String message) {
        console.say(console.text("error.prefix", message));
    }

    private void trace(Throwable failure) {
        if (stackTrace) {
            failure.printStackTrace(console.err());
        }
    }
}
