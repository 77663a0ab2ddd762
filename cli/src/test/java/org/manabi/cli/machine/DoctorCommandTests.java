package org.manabi.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.manabi.cli.CommandRun;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.Language;
import org.manabi.formats.json.JsonFields;

class DoctorCommandTests {

    @Test
    void machineIsMeasured() {
        JsonFields json = CommandRun.of("doctor", "--json").json();
        assertThat(json.integer("processors")).isPositive();
        assertThat(json.object("gigaflops").number("oneThread")).isPositive();
        assertThat(json.object("gigabytesPerSecond").number("allThreads")).isPositive();
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
        assertThat(Advice.on(poor, console))
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
        assertThat(Advice.on(good, console).stream().filter(line -> !line.contains("this is Java")))
                .isEmpty();
    }
}
