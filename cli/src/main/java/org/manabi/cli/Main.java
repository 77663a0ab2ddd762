package org.manabi.cli;

import java.util.Arrays;
import java.util.Locale;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.console.Language;
import org.manabi.cli.train.ExperimentFile;

/// The entry point of the `manabi` command.
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        Language language = Language.choose(args, System.getenv(), Locale.getDefault());
        System.exit(run(Console.ofSystem(language), args));
    }

    /// Runs one command and returns the exit code.
    static int run(Console console, String... typed) {
        if (Version.isAsked(typed)) {
            Version.lines().forEach(console::print);
            return console.finish(ExitCode.DONE);
        }
        Failures failures = new Failures(console, typed);
        int code;
        try {
            String[] args = ExperimentFile.expand(withoutHelpWord(typed));
            code = Commands.commandLine(console, failures, args).execute(args);
        } catch (Error | RuntimeException e) {
            code = failures.report(e);
        }
        return console.finish(code);
    }

    /// `help train` means `train --help`.
    private static String[] withoutHelpWord(String... args) {
        if (args.length == 0 || !args[0].equals("help")) {
            return args;
        }
        String[] asked = Arrays.copyOfRange(args, 1, args.length + 1);
        asked[args.length - 1] = "--help";
        return asked;
    }
}
