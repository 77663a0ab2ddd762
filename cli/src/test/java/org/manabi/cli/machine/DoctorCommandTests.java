package org.manabi.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.manabi.cli.CommandRun;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.Language;
import org.manabi.formats.json.JsonFields;

class DoctorCommandTests {

    private static final Speed FAST = new Speed(100, 200, 80, 150, 20, 30);

    @Test
    void machineIsMeasured() {
        JsonFields json = CommandRun.of("doctor", "--json").json();
        assertThat(json.integer("processors")).isPositive();
        assertThat(json.object("gigaflops").number("oneThread")).isPositive();
        assertThat(json.object("gigabytesPerSecond").number("allThreads")).isPositive();
        assertThat(json.object("peakGigaflops").number("oneThread")).isPositive();
        assertThat(json.object("shareOfPeak").number("allThreads")).isBetween(0.01, 1.2);
        assertThat(json.object("vectors").text("module")).isIn("resolved", "loaded", "absent");
    }

    @Test
    void adviceSaysWhatToChange() {
        Console console =
                Console.of(
                        java.io.OutputStream.nullOutputStream(),
                        java.io.OutputStream.nullOutputStream(),
                        Language.EN);
        Machine poor =
                new Machine(
                        "25", "v", "vm", "os", "arch", 2, VectorModule.State.ABSENT, 0, 4096, 512);
        assertThat(Advice.on(poor, FAST, console))
                .anyMatch(line -> line.contains("--add-modules jdk.incubator.vector"))
                .anyMatch(line -> line.contains("-Xmx4g"));
        Machine good =
                new Machine(
                        "25",
                        "v",
                        "vm",
                        "os",
                        "arch",
                        2,
                        VectorModule.State.LOADED,
                        256,
                        4096,
                        3072);
        assertThat(
                        Advice.on(good, FAST, console).stream()
                                .filter(line -> !line.contains("this is Java")))
                .isEmpty();
    }

    @Test
    void slowProductIsExplained() {
        Console console =
                Console.of(
                        java.io.OutputStream.nullOutputStream(),
                        java.io.OutputStream.nullOutputStream(),
                        Language.EN);
        Machine machine =
                new Machine(
                        "25",
                        "v",
                        "vm",
                        "os",
                        "arch",
                        2,
                        VectorModule.State.LOADED,
                        256,
                        4096,
                        3072);
        assertThat(Advice.on(machine, new Speed(100, 200, 80, 60, 20, 30), console))
                .anyMatch(line -> line.contains("30 %"));
    }
}
