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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.manabi.board.web.EncodedEvent;
import org.manabi.board.web.HttpFault;
import org.manabi.formats.FormatException;

/// Tells many listeners of one run's new events. A single thread reads the run's file, so that a
/// training neither knows nor waits for those who watch it, and each listener has a bounded queue:
/// of one that is slow the oldest pages are dropped.
final class RunFeed {

    /// The most pages that wait for one listener.
    static final int QUEUE = 64;

    private static final int PAGE = 4 << 20;
    private static final int INTERVAL_MILLISECONDS = 200;

    /// Each listener makes all wait so much longer, so that a thousand of them take no more of the
    /// processor from a training than some hundred do.
    private static final int MILLISECONDS_EACH = 2;

    private final Path metrics;
    private final Path run;
    private final Supplier<String> description;
    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
    private FileTime described = FileTime.fromMillis(0);
    private Bookmark read;
    private boolean running;

    /// @param description what is told of the run when its `run.json` has changed
    RunFeed(Path folder, Supplier<String> description) {
        this.metrics = folder.resolve("metrics.jsonl");
        this.run = folder.resolve("run.json");
        this.description = description;
        this.read = new Bookmark(metrics);
    }

    /// What one listener is to be told, encoded once for all of them.
    sealed interface Page {

        EncodedEvent event();

        /// New events, from one position in the file to another.
        record Events(long from, long next, EncodedEvent event) implements Page {}

        /// The run's `run.json` has changed.
        record Changed(EncodedEvent event) implements Page {}

        /// What was told is no longer true: the file was cut, and now ends at a position.
        record Lost(long next, EncodedEvent event) implements Page {

            static Lost at(long end) {
                return new Lost(end, EncodedEvent.of("lost", Long.toString(end), "{}"));
            }
        }
    }

    /// The pages that one listener has yet to see.
    final class Subscription implements AutoCloseable {

        private final BlockingQueue<Page> queue = new ArrayBlockingQueue<>(QUEUE);

        /// The next page; `null` if there is none in that time.
        @Nullable Page next(int seconds) throws InterruptedException {
            return queue.poll(seconds, TimeUnit.SECONDS);
        }

        /// How many pages wait, at most [#QUEUE].
        int waiting() {
            return queue.size();
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
            read.moveTo(end());
            described = changed();
            Thread.ofVirtual().name("manabi-run-feed").start(this::read);
        }
        return subscription;
    }

    /// What is in the file from a position on: whole lines as they stand, each of which is a JSON
    /// object, without being parsed for every listener.
    Page.Events page(long from) {
        try (FileChannel file = FileChannel.open(metrics, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.clamp(file.size() - from, 0, PAGE));
            while (bytes.hasRemaining()) {
                if (file.read(bytes, from + bytes.position()) < 0) {
                    break;
                }
            }
            return page(from, bytes.array(), bytes.position());
        } catch (NoSuchFileException e) {
            return page(from, new byte[0], 0);
        } catch (IOException e) {
            throw new UncheckedIOException(metrics + ": " + e.getMessage(), e);
        }
    }

    private static Page.Events page(long from, byte[] bytes, int count) {
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
        String data = "{\"from\":" + from + ",\"next\":" + next + ",\"events\":" + events + "}";
        return new Page.Events(from, next, EncodedEvent.of("events", Long.toString(next), data));
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
        try {
            while (goesOn()) {
                // also after a fault, which may last
                Thread.sleep(
                        INTERVAL_MILLISECONDS + (long) MILLISECONDS_EACH * subscriptions.size());
                tryToPublish();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tryToPublish() {
        try {
            publish();
        } catch (UncheckedIOException | FormatException | HttpFault e) {
            System.getLogger(RunFeed.class.getName())
                    .log(System.Logger.Level.DEBUG, "the run cannot be read now", e);
        }
    }

    private synchronized boolean goesOn() {
        running = !subscriptions.isEmpty();
        return running;
    }

    /// Tells all listeners what is new.
    void publish() {
        if (!read.holds()) {
            read.moveTo(end());
            tell(Page.Lost.at(read.position()));
        }
        Page.Events page = page(read.position());
        if (page.next() > page.from()) {
            tell(page);
            read.moveTo(page.next());
        }
        FileTime now = changed();
        if (!now.equals(described)) {
            described = now;
            tell(new Page.Changed(EncodedEvent.of("run", "", description.get())));
        }
    }

    private void tell(Page page) {
        subscriptions.forEach(each -> each.offer(page));
    }

    private FileTime changed() {
        try {
            return Files.getLastModifiedTime(run);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }
}
