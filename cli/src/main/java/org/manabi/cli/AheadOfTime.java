package org.manabi.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.Language;

/// What people run most, in one process. The launcher runs it once under `-XX:AOTCacheOutput`, so that
/// the JVM's ahead-of-time cache holds the classes that a start needs; see `docs/adr/0003`.
///
/// The vector module stays out, as the cache demands: started by its name, and not by `java -jar`, this
/// program may not load it.
final class AheadOfTime {

    private AheadOfTime() {}

    /// Runs them.
    ///
    /// @param args a folder that does not exist yet, for the run of a small training
    public static void main(String[] args) throws IOException {
        Path run = Files.createDirectories(Path.of(args[0])).resolve("run");
        List<List<String>> commands =
                List.of(
                        List.of("--version"),
                        List.of("--help"),
                        List.of("loss", "cross-entropy", "--predicted", "0.1,0.9", "--label", "1"),
                        List.of(
                                "loss",
                                "mean-squared-error",
                                "--predicted",
                                "1",
                                "--target",
                                "2",
                                "--json"),
                        List.of(
                                "train",
                                "mnist",
                                "--model",
                                "mlp:4",
                                "--steps",
                                "5",
                                "--out",
                                run.toString()),
                        List.of("predict", run.toString(), "mnist:test:0"));
        for (List<String> command : commands) {
            Language language =
                    Language.choose(new String[0], System.getenv(), Locale.getDefault());
            Main.run(Console.ofSystem(language), command.toArray(String[]::new));
        }
    }
}
