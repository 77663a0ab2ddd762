package org.manabi.board;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.manabi.board.lesson.Progress;
import org.manabi.board.web.EventSink;
import org.manabi.board.web.EventSource;
import org.manabi.formats.json.JsonObject;

/// Does what takes seconds, one after the other in a thread of its own, and tells how far it has
/// come by events `progress`, then `result` or `fault`. Results are kept, since the same question
/// always has the same answer. A computation whose page was closed is given up.
public final class Computations implements AutoCloseable {

    private static final int KEPT = 24;
    private static final int WAIT_MILLISECONDS = 80;

    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("manabi-board-computations").factory());

    private final Map<String, JsonObject> results =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, JsonObject> eldest) {
                    return size() > KEPT;
                }
            };

    /// Nothing is being computed yet.
    public Computations() {}

    /// How far a computation has come, and whether it is still wanted.
    private static final class Task implements Progress {

        private volatile double share;
        private volatile boolean abandoned;

        @Override
        public void at(double reached) {
            share = reached;
            if (abandoned) {
                throw new AbandonedException();
            }
        }
    }

    private static final class AbandonedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// The answer to a question, as events.
    ///
    /// @param key the question, with everything that its answer depends on
    public EventSource events(String key, Function<Progress, JsonObject> work) {
        return sink -> {
            JsonObject known = known(key);
            if (known != null) {
                sink.send("result", "", known.toString());
                return;
            }
            Task task = new Task();
            Future<JsonObject> future = thread.submit(() -> computed(key, work, task));
            try {
                follow(future, task, sink);
            } finally {
                task.abandoned = true;
                future.cancel(false);
            }
        };
    }

    private JsonObject computed(String key, Function<Progress, JsonObject> work, Task task) {
        JsonObject known = known(key); // another page may have asked the same
        JsonObject result = known == null ? work.apply(task) : known;
        synchronized (results) {
            results.put(key, result);
        }
        return result;
    }

    private @Nullable JsonObject known(String key) {
        synchronized (results) {
            return results.get(key);
        }
    }

    private static void follow(Future<JsonObject> future, Task task, EventSink sink)
            throws IOException, InterruptedException {
        while (true) {
            try {
                JsonObject result = future.get(WAIT_MILLISECONDS, TimeUnit.MILLISECONDS);
                sink.send("result", "", result.toString());
                return;
            } catch (TimeoutException e) {
                String progress = JsonObject.EMPTY.with("share", task.share).toString();
                sink.send("progress", "", progress);
            } catch (ExecutionException e) {
                String reason =
                        String.valueOf(e.getCause() == null ? e : e.getCause().getMessage());
                sink.send("fault", "", JsonObject.EMPTY.with("reason", reason).toString());
                return;
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
