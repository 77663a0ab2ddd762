package org.manabi.board.runs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Tells many listeners of one run's new events. A single thread reads the run's file, so that a
/// training neither knows nor waits for those who watch it, and each listener has a bounded queue:
/// of one that is slow the oldest pages are dropped.
final class RunFeed {

    private static final int QUEUE = 64;
    private static final int PAGE = 4 << 20;
    private static final int INTERVAL_MILLISECONDS = 200;

    private final Path metrics;
    private final Path description;
    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
    private FileTime described = FileTime.fromMillis(0);
    private long position;
    private boolean running;

    RunFeed(Path folder) {
        this.metrics = folder.resolve("metrics.jsonl");
        this.description = folder.resolve("run.json");
    }

    /// New events, from one position in the file to another; or word that `run.json` has changed,
    /// with no events and both positions −1.
    record Page(long from, long next, String data) {

        static final Page CHANGED = new Page(-1, -1, "");

        boolean isChange() {
            return from < 0;
        }
    }

    /// The pages that one listener has yet to see.
    final class Subscription implements AutoCloseable {

        private final BlockingQueue<Page> queue = new ArrayBlockingQueue<>(QUEUE);

        /// The next page; `null` if there is none in that time.
        @Nullable Page next(int seconds) throws InterruptedException {
            return queue.poll(seconds, TimeUnit.SECONDS);
        }

        private void offer(Page page) {
            while (!queue.offer(page)) {
                queue.poll();
            }
        }

        @Override
        public void close() {
            subscriptions.remove(this);
        }
    }

    /// From now on, pages are kept for the caller.
    synchronized Subscription subscribe() {
        Subscription subscription = new Subscription();
        subscriptions.add(subscription);
        if (!running) {
            running = true;
            position = end();
            described = changed();
            Thread.ofVirtual().name("manabi-run-feed").start(this::read);
        }
        return subscription;
    }

    /// What is in the file from a position on: whole lines as they stand, each of which is a JSON
    /// object, without being parsed for every listener.
    Page page(long from) {
        try (FileChannel file = FileChannel.open(metrics, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.clamp(file.size() - from, 0, PAGE));
            while (bytes.hasRemaining()) {
                if (file.read(bytes, from + bytes.position()) < 0) {
                    break;
                }
            }
            return page(from, bytes.array(), bytes.position());
        } catch (NoSuchFileException e) {
            return new Page(from, from, "");
        } catch (IOException e) {
            throw new UncheckedIOException(metrics + ": " + e.getMessage(), e);
        }
    }

    private static Page page(long from, byte[] bytes, int count) {
        StringJoiner events = new StringJoiner(",", "[", "]");
        int begin = 0;
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n') {
                if (i > begin + 1 && bytes[begin] == '{' && bytes[i - 1] == '}') {
                    events.add(new String(bytes, begin, i - begin, StandardCharsets.UTF_8));
                }
                begin = i + 1;
            }
        }
        long next = from + begin;
        return new Page(from, next, "{\"next\":" + next + ",\"events\":" + events + "}");
    }

    /// The length of the file.
    long end() {
        try {
            return Files.exists(metrics) ? Files.size(metrics) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private void read() {
        while (goesOn()) {
            try {
                publish();
                Thread.sleep(INTERVAL_MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (UncheckedIOException e) {
                System.getLogger(RunFeed.class.getName())
                        .log(System.Logger.Level.DEBUG, "the run cannot be read now", e);
                position = end();
            }
        }
    }

    private synchronized boolean goesOn() {
        running = !subscriptions.isEmpty();
        return running;
    }

    private void publish() {
        Page page = page(position);
        if (page.next() > position) {
            subscriptions.forEach(each -> each.offer(page));
            position = page.next();
        }
        FileTime now = changed();
        if (!now.equals(described)) {
            described = now;
            subscriptions.forEach(each -> each.offer(Page.CHANGED));
        }
    }

    private FileTime changed() {
        try {
            return Files.getLastModifiedTime(description);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }
}
