package org.manabi.cli.machine;

import java.util.List;
import java.util.concurrent.Callable;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.console.JsonOption;
import org.manabi.cli.console.Numbers;
import org.manabi.cli.console.StatusLine;
import org.manabi.cli.console.Terminal;
import org.manabi.formats.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `manabi doctor`: what the machine is, how fast it computes, and what to change.
@Command(name = "doctor")
public final class DoctorCommand implements Callable<Integer> {

    private final Console console;

    @Mixin private JsonOption json = new JsonOption();

    public DoctorCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Machine machine = Machine.here();
        StatusLine status = new StatusLine(console);
        status.show(console.text("doctor.measuring"));
        Speed speed = Speed.measure(machine.processors());
        status.clear();
        List<String> advice = Advice.on(machine, speed, console);
        if (json.chosen()) {
            console.printJson(report(machine, speed, advice));
        } else {
            describe(machine, speed, advice);
        }
        return ExitCode.DONE;
    }

    private void describe(Machine machine, Speed speed, List<String> advice) {
        line("manabi", ProgramVersion.text());
        line("java", machine.java() + ", " + machine.vendor() + ", " + machine.vm());
        line("system", machine.system() + ", " + machine.architecture());
        line("processors", machine.processors());
        line("memory", Numbers.count(machine.heapMiB()), Numbers.count(machine.memoryMiB()));
        if (machine.vectorBits() > 0) {
            line("vectors", machine.vectorBits());
        } else {
            line("no-vectors");
        }
        if (machine.vectorBits() > 0) {
            line("module." + machine.vectors());
            line("peak", one(speed.onePeak()), one(speed.allPeak()), machine.processors());
        }
        line("product", one(speed.oneGigaflops()), one(speed.allGigaflops()), machine.processors());
        if (machine.vectorBits() > 0) {
            line(
                    "share",
                    percent(speed.oneShare()),
                    percent(speed.allShare()),
                    machine.processors());
        }
        line(
                "bandwidth",
                one(speed.oneGigabytes()),
                one(speed.allGigabytes()),
                machine.processors());
        describeTerminal();
        console.print("");
        if (advice.isEmpty()) {
            line("well");
        }
        advice.forEach(console::print);
    }

    private void describeTerminal() {
        if (console.outIsTerminal()) {
            line("terminal", Terminal.width());
        } else {
            line("no-terminal");
        }
    }

    private void line(String key, Object... values) {
        console.print(console.text("doctor." + key, values));
    }

    private static String percent(double share) {
        return Numbers.fixed(100 * share, 0);
    }

    private static String one(double number) {
        return Numbers.fixed(number, 1);
    }

    private static JsonObject report(Machine machine, Speed speed, List<String> advice) {
        return JsonObject.EMPTY
                .with("command", "doctor")
                .with("manabi", ProgramVersion.text())
                .with(
                        "java",
                        JsonObject.EMPTY
                                .with("version", machine.java())
                                .with("vendor", machine.vendor())
                                .with("vm", machine.vm()))
                .with("system", machine.system())
                .with("architecture", machine.architecture())
                .with("processors", machine.processors())
                .with(
                        "memoryMiB",
                        JsonObject.EMPTY
                                .with("machine", machine.memoryMiB())
                                .with("heap", machine.heapMiB()))
                .with(
                        "vectors",
                        JsonObject.EMPTY
                                .with("module", machine.vectors().toString())
                                .with("bits", machine.vectorBits()))
                .with("peakGigaflops", both(speed.onePeak(), speed.allPeak()))
                .with(
                        "shareOfPeak",
                        JsonObject.EMPTY
                                .with("oneThread", rounded(speed.oneShare()))
                                .with("allThreads", rounded(speed.allShare())))
                .with("gigaflops", both(speed.oneGigaflops(), speed.allGigaflops()))
                .with("gigabytesPerSecond", both(speed.oneGigabytes(), speed.allGigabytes()))
                .with("advice", advice);
    }

    private static double rounded(double share) {
        return Math.round(1000 * share) / 1000.0;
    }

    private static JsonObject both(double one, double all) {
        return JsonObject.EMPTY
                .with("oneThread", Double.parseDouble(one(one)))
                .with("allThreads", Double.parseDouble(one(all)));
    }
}
