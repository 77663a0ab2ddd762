package org.manabi.cli;

import org.manabi.cli.console.Console;
import org.manabi.cli.console.Language;

import java.util.Locale;

/// The entry point of the `manabi` command.
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        Language language = Language.choose(args, System.getenv(), Locale.getDefault());
        System.exit(run(Console.ofSystem(language), args));
    }

    /// Runs one command and returns the exit code.
    static int run(Console console, String... args) {
        Failures failures = new Failures(console, Failures.wantStackTrace(args));
        int code;
        try {
            code = Commands.commandLine(console, failures, args).execute(args);
        } catch (Error e) {
            code = failures.report(e);
        }
        return console.finish(code);
    }
}
