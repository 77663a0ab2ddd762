package org.manabi.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;

/// How much of the Java heap is used.
final class Heap {

    private static final double MEGABYTE = 1e6;

    private Heap() {}

    /// The most megabytes that were ever in use since the process began, garbage included.
    static double peakMegabytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .mapToLong(pool -> pool.getPeakUsage().getUsed())
                        .sum()
                / MEGABYTE;
    }

    /// The megabytes that can be reached, after a collection of the rest.
    static double liveMegabytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEGABYTE;
    }
}
