package org.manabi;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// What a piece of work leaves to the garbage collector.
public final class Allocation {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// A vector is an object until its kernel is compiled, which takes a second and, on a busy machine,
    /// much more.
    private static final long MOST_SECONDS = 120;

    private Allocation() {}

    /// The bytes that one run allocates in this thread.
    public static long of(Runnable work) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    /// The bytes that a run allocates once the code is compiled: the least of the runs until one keeps
    /// to `enough` bytes or the time is over.
    public static long onceCompiled(long enough, Runnable work) {
        long end = System.nanoTime() + MOST_SECONDS * 1_000_000_000L;
        long least = Long.MAX_VALUE;
        while (least > enough && System.nanoTime() < end) {
            least = Math.min(least, of(work));
        }
        return least;
    }
}
