package org.manabi.cli;

import java.util.List;
import org.manabi.cli.machine.ProgramVersion;
import picocli.CommandLine.IVersionProvider;

/// What `--version` prints.
final class Version implements IVersionProvider {

    /// Whether the whole command is the question for the version: then it is answered at once,
    /// without the parser and its hundreds of classes.
    static boolean isAsked(String... args) {
        return args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"));
    }

    static List<String> lines() {
        return List.of(
                "manabi " + ProgramVersion.text(),
                "Java " + Runtime.version() + ", " + System.getProperty("java.vm.name"));
    }

    @Override
    public String[] getVersion() {
        return lines().toArray(String[]::new);
    }
}
