package org.manabi.cli.train;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets Ctrl-C (or SIGTERM) end some work in good order: the work is asked to stop and has a few
/// seconds to save what it has, fewer than five. The JVM then exits with 130 (or 143) by itself.
final class Interruption implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 4;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    private Interruption(Runnable stop) {
        hook =
                Thread.ofPlatform()
                        .name("manabi-interruption")
                        .unstarted(
                                () -> {
                                    stop.run();
                                    await();
                                });
    }

    /// From now until [#close], an interruption calls `stop` and waits for [#close].
    static Interruption calls(Runnable stop) {
        Interruption interruption = new Interruption(stop);
        try {
            Runtime.getRuntime().addShutdownHook(interruption.hook);
        } catch (IllegalStateException _) {
            stop.run(); // the JVM is ending already
        }
        return interruption;
    }

    @SuppressWarnings("Interruption") // the JVM is ending; there is nobody left to tell
    private void await() {
        try {
            boolean saved = done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!saved) {
                System.getLogger(Interruption.class.getName())
                        .log(System.Logger.Level.WARNING, "stopped before everything was saved");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The work is done and saved.
    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // the JVM is ending already, and waits for nothing more
        }
    }
}
