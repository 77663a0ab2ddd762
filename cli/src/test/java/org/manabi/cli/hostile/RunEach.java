package org.manabi.cli.hostile;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.manabi.cli.CommandRun;

/// A process that runs one command after the other within the same small heap, and notes of each
/// what came of it: the exit code, milliseconds, and standard error.
final class RunEach {

    /// Between words of a command line, and between what is noted of it.
    static final String SEPARATOR = "\t";

    private RunEach() {}

    /// @param arguments a file of command lines, and the file to note in
    static void main(String... arguments) throws IOException {
        List<String> commands = Files.readAllLines(Path.of(arguments[0]));
        StringBuilder notes = new StringBuilder();
        for (String command : commands) {
            long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            CommandRun run = CommandRun.of(Arrays.stream(command.split(SEPARATOR)).toArray());
            long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began;
            notes.append(run.code())
                    .append(SEPARATOR)
                    .append(took / 1_000_000)
                    .append(SEPARATOR)
                    .append(run.err().strip().replace("\n", SEPARATOR))
                    .append('\n');
            Files.writeString(Path.of(arguments[1]), notes);
        }
    }
}
