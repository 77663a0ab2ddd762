package org.manabi.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurablyTests {

    @TempDir Path folder;

    private String[] names() {
        return Objects.requireNonNull(folder.toFile().list());
    }

    @Test
    void newContentReplacesTheOld() throws IOException {
        Path file = folder.resolve("a.txt");
        Durably.write(file, "old");
        Durably.write(file, "new: 新");
        assertThat(Files.readString(file)).isEqualTo("new: 新");
        assertThat(names()).containsExactly("a.txt");
    }

    @Test
    void failedWriteLeavesTheOldContentAndNothingElse() throws IOException {
        Path file = folder.resolve("a.txt");
        Durably.write(file, "old");
        assertThatThrownBy(
                        () ->
                                Durably.write(
                                        file,
                                        channel -> {
                                            Durably.writeAll(
                                                    channel, ByteBuffer.wrap(new byte[99]));
                                            throw new IOException("No space left on device");
                                        }))
                .isInstanceOf(WriteException.class)
                .hasMessage(
                        file
                                + ": cannot be written: No space left on device; is the disk"
                                + " full?");
        assertThat(Files.readString(file)).isEqualTo("old");
        assertThat(names()).containsExactly("a.txt");
    }

    @Test
    void missingFolderIsNamed() {
        Path file = folder.resolve("none/a.txt");
        assertThatThrownBy(() -> Durably.write(file, ""))
                .isInstanceOf(WriteException.class)
                .hasMessage(
                        file
                                + ": cannot be written, since its folder does not exist; make the"
                                + " folder first");
    }

    @Test
    void folderOfThatNameIsNotReplaced() throws IOException {
        Path inner = folder.resolve("inner");
        Durably.createFolders(inner.resolve("deeper"));
        assertThatThrownBy(() -> Durably.write(inner, "")).isInstanceOf(WriteException.class);
        assertThat(inner.resolve("deeper")).isDirectory();
        assertThat(names()).containsExactly("inner");
    }

    private static String javaCommand() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    @Test
    void leftoversOfKilledProcessesAreSweptAndOthersKept() throws Exception {
        Process gone = new ProcessBuilder(javaCommand(), "--version").start();
        gone.waitFor();
        String mine = ".a.txt." + ProcessHandle.current().pid() + "-0123456789abcdef.tmp";
        String dead = ".a.txt." + gone.pid() + "-0123456789abcdef.tmp";
        String other = ".b.txt." + gone.pid() + "-0123456789abcdef.tmp";
        for (String name : new String[] {mine, dead, other}) {
            Files.createFile(folder.resolve(name));
        }
        Durably.write(folder.resolve("a.txt"), "x");
        assertThat(names()).containsExactlyInAnyOrder("a.txt", mine, other);
    }

    @Test
    void aFileIsWrittenByItsNameAlone() throws IOException {
        Path file = Path.of("durably-" + ProcessHandle.current().pid() + ".txt");
        try {
            Durably.write(file, "x");
            assertThat(file).hasContent("x");
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
