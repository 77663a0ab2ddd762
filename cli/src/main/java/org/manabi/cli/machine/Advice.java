package org.manabi.cli.machine;

import java.util.ArrayList;
import java.util.List;
import org.manabi.cli.console.Console;

/// What to change on a machine so that Manabi runs well.
final class Advice {

    private static final int KNOWN_JAVA = 25;
    private static final long SMALL_HEAP_MIB = 1024;

    /// A product of middling size reaches more of the peak where nothing disturbs it.
    private static final double LOW_SHARE = 0.5;

    private Advice() {}

    /// Nothing if all is well.
    static List<String> on(Machine machine, Speed speed, Console console) {
        List<String> advice = new ArrayList<>();
        if (machine.vectors() == VectorModule.State.ABSENT) {
            advice.add(console.text("doctor.advice.module"));
        } else if (machine.vectorBits() == 0) {
            advice.add(console.text("doctor.advice.vectors"));
        }
        if (machine.vectorBits() > 0 && speed.allShare() < LOW_SHARE) {
            advice.add(console.text("doctor.advice.share", Math.round(100 * speed.allShare())));
        }
        if (Runtime.version().feature() != KNOWN_JAVA) {
            advice.add(console.text("doctor.advice.java", Runtime.version().feature()));
        }
        if (machine.heapMiB() < SMALL_HEAP_MIB) {
            advice.add(console.text("doctor.advice.heap", machine.heapMiB()));
        }
        return advice;
    }
}
