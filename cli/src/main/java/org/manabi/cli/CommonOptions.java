package org.manabi.cli;

import org.manabi.cli.console.Language;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// The options of every command.
final class CommonOptions {

    private CommonOptions() {}

    /// Adds them to a command and to all commands beneath it.
    static void addTo(CommandLine line) {
        line.getCommandSpec()
                .addOption(
                        OptionSpec.builder("-h", "--help")
                                .usageHelp(true)
                                .descriptionKey("option.help")
                                .build())
                .addOption(language())
                .addOption(OptionSpec.builder("--stacktrace").hidden(true).build());
        line.getSubcommands().values().forEach(CommonOptions::addTo);
    }

    /// Only checked by the parser: the language is chosen before the command line is built. So is
    /// `--stacktrace`, which [Failures] looks for.
    private static OptionSpec language() {
        return OptionSpec.builder("--lang")
                .paramLabel("en|ja")
                .type(Language.class)
                .descriptionKey("option.lang")
                .build();
    }
}
