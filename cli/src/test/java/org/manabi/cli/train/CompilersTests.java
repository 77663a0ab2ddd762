package org.manabi.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.cli.Main;
import org.manabi.formats.run.RunDirectory;

/// Whoever makes machine code of the kernels, the interpreter or one of the JVM's two compilers, and
/// whichever kernels there are: the weights are the same to the last bit.
class CompilersTests {

    private static final List<List<String>> COMPILERS =
            List.of(
                    List.of("-XX:TieredStopAtLevel=1", "-Dmanabi.vector.bits=0"),
                    List.of("-XX:-TieredCompilation", "-Dmanabi.vector.bits=128"),
                    List.of());

    private static final List<List<String>> INTERPRETERS =
            List.of(
                    List.of("-Xint", "-Dmanabi.vector.bits=0"),
                    List.of("-Xint", "-Dmanabi.vector.bits=128"));

    @TempDir private Path folder;

    @Test
    void everyCompilerAndTheInterpreterFindTheSameWeights() throws Exception {
        List<String> rows =
                List.of("iris", "--model", "mlp:9", "--optimizer", "adam", "--steps", "20");
        assertThat(digests(Stream.concat(COMPILERS.stream(), INTERPRETERS.stream()), rows))
                .hasSize(1);
    }

    @Test
    void everyCompilerConvolvesAlike() throws Exception {
        List<String> images =
                List.of(
                        "digits",
                        "--model",
                        "conv",
                        "--batch-size",
                        "8",
                        "--steps",
                        "2",
                        "--threads",
                        "2");
        assertThat(digests(COMPILERS.stream(), images)).hasSize(1);
    }

    private Set<String> digests(Stream<List<String>> machines, List<String> training)
            throws Exception {
        Set<String> digests = new HashSet<>();
        for (List<String> machine : machines.toList()) {
            digests.add(train(machine, training));
        }
        return digests;
    }

    private String train(List<String> machine, List<String> training) throws Exception {
        Path out = Files.createTempDirectory(folder, "run");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(machine);
        command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(Main.class.getName());
        command.add("train");
        command.addAll(training);
        command.addAll(List.of("--quiet", "--out", out.toString()));
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(folder.resolve("errors.txt").toFile())
                        .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(() -> errors()).isZero();
        return RunDirectory.open(out).results().get("weightsSha256").orElseThrow().toString();
    }

    private String errors() {
        try {
            return Files.readString(folder.resolve("errors.txt"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
