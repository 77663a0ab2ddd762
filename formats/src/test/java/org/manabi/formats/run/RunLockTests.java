package org.manabi.formats.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RunLockTests {

    @TempDir private Path folder;

    /// The other process: holds the lock until it is killed.
    static final class Other {
        private Other() {}

        public static void main(String[] args) throws InterruptedException {
            try (RunLock _ = RunLock.take(Path.of(args[0]))) {
                System.out.println("held");
                Thread.sleep(60_000);
            }
        }
    }

    @Test
    void theSecondIsToldWhoTheFirstIs() {
        try (RunLock _ = RunLock.take(folder)) {
            assertThat(RunLock.isHeld(folder)).isTrue();
            assertThatExceptionOfType(RunLock.HeldException.class)
                    .isThrownBy(() -> RunLock.take(folder))
                    .satisfies(
                            e -> {
                                RunLock.Holder holder = Objects.requireNonNull(e.holder());
                                assertThat(holder.pid()).isEqualTo(ProcessHandle.current().pid());
                                assertThat(holder.host()).isNotBlank();
                            });
        }
        assertThat(RunLock.isHeld(folder)).isFalse();
        RunLock.take(folder).close();
    }

    @Test
    @Timeout(60)
    void theLockGoesWithItsProcess() throws IOException, InterruptedException {
        Process other =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Other.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader out = other.inputReader()) {
            assertThat(out.readLine()).startsWith("held");
            assertThatExceptionOfType(RunLock.HeldException.class)
                    .isThrownBy(() -> RunLock.take(folder))
                    .satisfies(
                            e ->
                                    assertThat(Objects.requireNonNull(e.holder()).pid())
                                            .isEqualTo(other.pid()));
            other.destroyForcibly().waitFor();
        }
        assertThat(Files.readString(folder.resolve("run.lock"))).contains("\"pid\":" + other.pid());
        assertThat(RunLock.isHeld(folder)).isFalse();
        RunLock.take(folder).close(); // stale, so it is taken over
    }
}
