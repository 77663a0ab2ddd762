package org.manabi.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Kills a process that writes the same file again and again.
class KilledWriterTests {

    private static final int SIZE = 1 << 20;

    /// Writes files of equal bytes until it is killed.
    static final class Writer {

        private Writer() {}

        static void main(String[] arguments) {
            Path file = Path.of(arguments[0]);
            byte[] content = new byte[SIZE];
            for (byte number = 0; ; number++) {
                Arrays.fill(content, number);
                Durably.write(file, content);
            }
        }
    }

    @TempDir Path folder;

    @Test
    @Timeout(60)
    void aReaderSeesOneContentOrAnotherNeverAPart() throws IOException, InterruptedException {
        Path file = folder.resolve("x.bin");
        for (int kill = 0; kill < 4; kill++) {
            Files.deleteIfExists(file);
            Process writer = start(file);
            try {
                while (!Files.exists(file)) {
                    assertThat(writer.isAlive()).as("the writer runs").isTrue();
                    TimeUnit.MILLISECONDS.sleep(1);
                }
                for (int look = 0; look < 20 + 7 * kill; look++) {
                    assertWhole(file);
                }
            } finally {
                writer.destroyForcibly().waitFor();
            }
            assertWhole(file);
        }
        Durably.write(file, "done");
        assertThat(folder.toFile().list()).containsExactly("x.bin");
    }

    private static void assertWhole(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        byte[] expected = new byte[SIZE];
        Arrays.fill(expected, content.length == 0 ? 0 : content[0]);
        assertThat(Arrays.equals(content, expected)).isTrue();
    }

    private static Process start(Path file) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ProcessBuilder(
                        java.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        file.toString())
                .inheritIO()
                .start();
    }
}
