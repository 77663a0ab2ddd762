package org.manabi.board.web;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Interrupts the threads of requests that take too long, also those whose clients do not read.
/// One thread looks once a second, so that a request costs next to nothing.
final class Deadlines implements AutoCloseable {

    private static final long LIMIT_NANOSECONDS = TimeUnit.SECONDS.toNanos(60);
    private static final long INTERVAL_NANOSECONDS = TimeUnit.SECONDS.toNanos(1);

    private final Set<Watch> watched = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Deadlines() {
        Thread.ofPlatform().daemon().name("manabi-web-deadlines").start(this::look);
    }

    /// One request's thread and when it must be done.
    final class Watch implements AutoCloseable {

        private final Thread thread;
        private final long end = System.nanoTime() + LIMIT_NANOSECONDS;

        private Watch(Thread thread) {
            this.thread = thread;
        }

        /// The request may take as long as it likes.
        void lift() {
            watched.remove(this);
        }

        @SuppressWarnings("Interruption") // it is the only way to end a write that nobody reads
        private boolean interruptAfter(long now) {
            boolean late = now - end > 0;
            if (late) {
                thread.interrupt();
            }
            return late;
        }

        @Override
        public void close() {
            watched.remove(this);
        }
    }

    /// Watches a thread until the result is closed.
    Watch watch(Thread thread) {
        Watch watch = new Watch(thread);
        watched.add(watch);
        return watch;
    }

    @Override
    public void close() {
        closed = true;
    }

    private void look() {
        while (!closed) {
            LockSupport.parkNanos(INTERVAL_NANOSECONDS);
            long now = System.nanoTime();
            watched.removeIf(watch -> watch.interruptAfter(now));
        }
    }
}
