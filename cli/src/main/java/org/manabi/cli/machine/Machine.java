package org.manabi.cli.machine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.manabi.tensor.Engine;

/// What this program runs on.
///
/// @param vectors how it stands with the Vector API
/// @param vectorBits the width of the vectors, 0 if plain loops compute
/// @param memoryMiB of the whole machine, 0 if unknown
/// @param heapMiB that this program may use
record Machine(
        String java,
        String vendor,
        String vm,
        String system,
        String architecture,
        int processors,
        VectorModule.State vectors,
        int vectorBits,
        long memoryMiB,
        long heapMiB) {

    private static final int MIB_SHIFT = 20;

    static Machine here() {
        VectorModule.State vectors = VectorModule.load();
        Runtime runtime = Runtime.getRuntime();
        return new Machine(
                Runtime.version().toString(),
                System.getProperty("java.vendor", "?"),
                System.getProperty("java.vm.name", "?"),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("os.arch", "?"),
                runtime.availableProcessors(),
                vectors,
                Engine.serial().vectorBits(),
                memory() >> MIB_SHIFT,
                runtime.maxMemory() >> MIB_SHIFT);
    }

    private static long memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
    }
}
