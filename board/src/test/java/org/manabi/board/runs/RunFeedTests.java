package org.manabi.board.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.run.MetricsLog;

class RunFeedTests {

    @TempDir private Path folder;

    private static JsonObject step(long step) {
        return JsonObject.EMPTY.with("event", "step").with("step", step);
    }

    private static List<RunFeed.Page> all(RunFeed.Subscription subscription) throws Exception {
        List<RunFeed.Page> pages = new ArrayList<>();
        for (RunFeed.Page page = subscription.next(0); page != null; page = subscription.next(0)) {
            pages.add(page);
        }
        return pages;
    }

    @Test
    void aListenerThatTakesNothingKeepsABoundedQueueAndLosesTheOldest() throws Exception {
        MetricsLog log = new MetricsLog(folder.resolve("metrics.jsonl"));
        RunFeed feed = new RunFeed(folder, () -> "{}");
        log.append(step(0));
        try (RunFeed.Subscription deaf = feed.subscribe();
                RunFeed.Subscription hearing = feed.subscribe()) {
            List<RunFeed.Page> heard = new ArrayList<>();
            for (int i = 1; i <= 3 * RunFeed.QUEUE; i++) {
                log.append(step(i));
                feed.publish();
                heard.addAll(all(hearing));
            }
            assertThat(deaf.waiting()).isEqualTo(RunFeed.QUEUE);
            List<RunFeed.Page> late = all(deaf);
            assertThat(late.getLast()).isSameAs(heard.getLast()); // encoded once for both
            assertThat(((RunFeed.Page.Events) late.getFirst()).from()).isPositive();
            assertThat(((RunFeed.Page.Events) late.getLast()).next()).isEqualTo(feed.end());
        }
    }

    @Test
    void aFileThatWasCutIsToldToAll() throws Exception {
        MetricsLog log = new MetricsLog(folder.resolve("metrics.jsonl"));
        RunFeed feed = new RunFeed(folder, () -> "{}");
        log.append(step(1));
        long kept = log.length();
        log.append(step(2));
        try (RunFeed.Subscription subscription = feed.subscribe()) {
            log.truncate(kept);
            log.append(step(7));
            log.append(step(8));
            feed.publish();
            assertThat(all(subscription))
                    .anyMatch(
                            page ->
                                    page instanceof RunFeed.Page.Lost(long next, _)
                                            && next == feed.end());
        }
    }
}
