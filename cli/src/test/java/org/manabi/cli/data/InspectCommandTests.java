package org.manabi.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.cli.CommandRun;
import org.manabi.cli.console.ExitCode;
import org.manabi.formats.array.NumericArray;
import org.manabi.formats.npy.Npy;
import org.manabi.formats.npy.Npz;

class InspectCommandTests {

    @TempDir private Path folder;

    private static void assertRefused(Path file) {
        CommandRun run = CommandRun.of("inspect", file);
        assertThat(run.code()).isEqualTo(ExitCode.WRONG_REQUEST);
        assertThat(run.err()).startsWith("manabi: " + file).doesNotContain("\tat ");
        assertThat(run.err().lines()).hasSize(1);
    }

    @Test
    void arraysOfNumpyAreDescribed() throws IOException {
        NumericArray array = NumericArray.ofFloats(new long[] {2, 3}, 1, 2, 3, 4, 5, 6);
        Path npy = folder.resolve("x.npy");
        Npy.write(npy, array);
        assertThat(CommandRun.of("inspect", npy).out().strip())
                .isEqualTo(npy + ": npy, FLOAT32[2, 3]");
        Path npz = folder.resolve("x.npz");
        Npz.write(npz, Map.of("w", array));
        Path unnamed = Files.copy(npz, folder.resolve("x.dat"));
        assertThat(CommandRun.of("inspect", unnamed).out())
                .contains("npz, 1 arrays, 6 numbers", "  w FLOAT32[2, 3]");
        assertThat(CommandRun.of("inspect", npz, "--json").out())
                .contains("\"format\":\"npz\"", "\"shape\":[2,3]");
    }

    @Test
    void damagedArraysOfNumpyAreRefusedByName() throws IOException {
        Path npy = folder.resolve("x.npy");
        Npy.write(npy, NumericArray.ofFloats(new long[] {2}, 1, 2));
        byte[] whole = Files.readAllBytes(npy);
        Files.write(npy, Arrays.copyOf(whole, whole.length - 1));
        assertRefused(npy);
        Path npz = folder.resolve("x.npz");
        Files.write(npz, whole);
        assertRefused(npz);
    }
}
