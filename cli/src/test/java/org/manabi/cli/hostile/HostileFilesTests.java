package org.manabi.cli.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.manabi.cli.CommandRun;
import org.manabi.cli.console.ExitCode;
import org.manabi.formats.Printable;
import org.manabi.formats.array.NumericArray;
import org.manabi.formats.npy.Npz;

/// Files made to do harm are refused: the exit code says that the file was wrong, one sentence names
/// it, and neither 256 MB of heap nor five seconds of the processor are exceeded.
@Timeout(600)
class HostileFilesTests {

    private static final long MILLISECONDS = 5_000;

    /// Those that are not even lists of options.
    private static final Set<String> NO_OPTIONS =
            Set.of(
                    "deep-mappings.yaml",
                    "many-keys.yaml",
                    "large.yaml",
                    "not-utf8.yaml",
                    "number-keys.yaml",
                    "tab.yaml");

    @TempDir private Path folder;

    /// The files of one format.
    record Format(String name, Consumer<HostileFolder> files) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Format> formats() {
        return Stream.of(
                new Format("idx", HostileArrays::addIdx),
                new Format("gzip", HostileArrays::addGzip),
                new Format("npy", HostileArrays::addNpy),
                new Format("npz", HostileArchives::add),
                new Format("safetensors", HostileWeights::add),
                new Format("onnx", HostileGraphs::add),
                new Format("pictures", HostilePictures::add),
                new Format("tables", HostileTexts::addTables),
                new Format("json and yaml", HostileTexts::addNotation),
                new Format("runs", HostileTexts::addRuns),
                new Format("events", HostileTexts::addEvents),
                new Format("places", HostilePlaces::add));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void inspectRefusesThem(Format format) throws IOException, InterruptedException {
        List<Path> files = write(format);
        assertRefused(files, files.stream().map(file -> words("inspect", file)).toList());
    }

    /// What models are used for.
    static Stream<Format> models() {
        return Stream.of(
                new Format("models", HostileWeights::addModels),
                new Format("onnx", HostileGraphs::add));
    }

    @ParameterizedTest
    @MethodSource("models")
    void noCommandTakesThemForModels(Format format) throws IOException, InterruptedException {
        List<Path> all = write(format);
        Path out = folder.resolve(".out");
        Path inputs = folder.resolve(".inputs.npz");
        Npz.write(inputs, Map.of("x", NumericArray.ofFloats(new long[] {1, 3}, 1, 2, 3)));
        List<Path> files = new ArrayList<>();
        List<List<String>> commands = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Path file = all.get(i);
            files.add(file);
            commands.add(
                    switch (i % 6) {
                        case 0 -> words("evaluate", file, "iris");
                        case 1 -> words("predict", file, "iris");
                        case 2 -> words("run", file, inputs, "--out", out + ".npz");
                        case 3 -> words("summary", file);
                        case 4 -> words("train", "iris", "--model", file, "--out", out);
                        default -> words("export", file, out + ".java");
                    });
        }
        assertRefused(files, commands);
        assertThat(folder.toFile().list()).noneMatch(name -> name.startsWith(".out"));
    }

    @Test
    void noCommandTakesThemForData() throws IOException, InterruptedException {
        Path out = folder.resolve(".out");
        Map<Path, List<String>> commands = new LinkedHashMap<>();
        for (Path table : write(new Format("tables", HostileTexts::addTables))) {
            commands.put(table, words("train", table, "--label", "b", "--out", out));
        }
        for (Path text : write(new Format("texts", HostileTexts::addNotation))) {
            String name = String.valueOf(text.getFileName());
            if (name.endsWith(".yaml")) {
                String option = NO_OPTIONS.contains(name) ? "--config" : "--model";
                commands.put(text, words("train", "iris", option, text, "--out", out));
            }
        }
        Path model = folder.resolve(".model");
        assertThat(
                        CommandRun.of(
                                        "train",
                                        "digits",
                                        "--epochs=1",
                                        "--model=mlp:3",
                                        "--out=" + model)
                                .code())
                .isZero();
        for (Path picture : write(new Format("pictures", HostilePictures::add))) {
            commands.put(picture, words("predict", model, picture));
        }
        assertRefused(List.copyOf(commands.keySet()), List.copyOf(commands.values()));
        assertThat(out).doesNotExist();
    }

    private static List<String> words(Object... words) {
        return Arrays.stream(words).map(String::valueOf).toList();
    }

    private List<Path> write(Format format) {
        HostileFolder hostile = new HostileFolder(folder);
        format.files().accept(hostile);
        return hostile.files().stream().filter(HostileFilesTests::isBarred).toList();
    }

    private void assertRefused(List<Path> files, List<List<String>> commands)
            throws IOException, InterruptedException {
        List<Outcome> outcomes = run(commands);
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            String command = commands.get(i).getFirst();
            outcomes.get(i)
                    .fault(files.get(i))
                    .ifPresent(fault -> faults.add(command + " " + fault));
        }
        assertThat(faults).isEmpty();
    }

    /// A user who may read everything makes a file that may not be read no case of its own.
    private static boolean isBarred(Path file) {
        return !String.valueOf(file.getFileName()).startsWith("locked") || !Files.isReadable(file);
    }

    /// What came of a command.
    record Outcome(int code, long milliseconds, List<String> lines) {

        Optional<String> fault(Path file) {
            String text = String.join(" | ", lines);
            String name = Printable.line(file.toString());
            boolean good =
                    code == ExitCode.WRONG_REQUEST
                            && milliseconds < MILLISECONDS
                            && lines.size() == 1
                            && text.contains(name)
                            && text.length() > name.length() + 15
                            && !text.contains("Exception")
                            && !text.contains("Error")
                            && text.chars().noneMatch(Character::isISOControl);
            return good
                    ? Optional.empty()
                    : Optional.of(
                            "%s: exit code %d after %d ms: %s"
                                    .formatted(file.getFileName(), code, milliseconds, text));
        }
    }

    private List<Outcome> run(List<List<String>> commands)
            throws IOException, InterruptedException {
        Path list =
                Files.write(
                        folder.resolve(".commands"),
                        commands.stream()
                                .map(words -> String.join(RunEach.SEPARATOR, words))
                                .toList());
        Path notes = folder.resolve(".notes");
        Files.writeString(notes, "");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                RunEach.class.getName(),
                                list.toString(),
                                notes.toString())
                        .inheritIO()
                        .start();
        boolean ended = process.waitFor(200, TimeUnit.SECONDS);
        process.destroyForcibly();
        List<String> lines = Files.readAllLines(notes);
        assertThat(lines)
                .as(
                        "%s; the process came to an end: %s",
                        lines.size() < commands.size()
                                ? "hangs: " + commands.get(lines.size())
                                : "",
                        ended)
                .hasSameSizeAs(commands);
        return lines.stream().map(HostileFilesTests::outcome).toList();
    }

    private static Outcome outcome(String line) {
        List<String> parts = Arrays.asList(line.split(RunEach.SEPARATOR));
        return new Outcome(
                Integer.parseInt(parts.get(0)),
                Long.parseLong(parts.get(1)),
                parts.subList(2, parts.size()));
    }
}
