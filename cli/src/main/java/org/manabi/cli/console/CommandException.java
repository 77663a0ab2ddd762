package org.manabi.cli.console;

import org.jspecify.annotations.Nullable;

/// Ends a command with one message for the person who typed it.
public final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandException(int exitCode, String message, @Nullable Exception cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /// The request or a file is wrong; the message says what to do about it.
    public static CommandException wrongRequest(String message) {
        return new CommandException(ExitCode.WRONG_REQUEST, message, null);
    }

    /// The request is right, but it cannot be done.
    public static CommandException failed(String message) {
        return new CommandException(ExitCode.FAILED, message, null);
    }

    /// The request is right, but it cannot be done because of `cause`.
    public static CommandException failed(String message, Exception cause) {
        return new CommandException(ExitCode.FAILED, message, cause);
    }

    public int exitCode() {
        return exitCode;
    }

    /// The text for the person.
    public String text() {
        return String.valueOf(getMessage());
    }
}
