package org.manabi.cli.console;

/// What a command's exit code says.
public final class ExitCode {

    /// Done.
    public static final int DONE = 0;

    /// It could not be done: a disk was full, training diverged, a check failed.
    public static final int FAILED = 1;

    /// The request or a file was wrong.
    public static final int WRONG_REQUEST = 2;

    private ExitCode() {}
}
