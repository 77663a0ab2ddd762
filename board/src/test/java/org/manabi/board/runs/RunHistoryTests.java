package org.manabi.board.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.run.MetricsLog;

class RunHistoryTests {

    @TempDir private Path folder;

    private static JsonObject step(long step, double loss) {
        return JsonObject.EMPTY.with("event", "step").with("step", step).with("loss", loss);
    }

    @Test
    void aResumedTrainingTakesBackWhatItDoesAgain() {
        MetricsLog log = new MetricsLog(folder.resolve("metrics.jsonl"));
        RunHistory history = new RunHistory(folder);
        log.append(step(1, 0.5));
        long kept = log.length();
        log.append(step(2, 0.4));
        log.append(step(3, 0.3));
        history.refresh();
        log.truncate(kept);
        history.refresh();
        assertThat(history.finite("step", "loss")).containsExactly(0.5);

        // Cut and grown again between two looks, past where the first look ended.
        log.append(step(2, 0.41));
        history.refresh();
        log.truncate(kept);
        log.append(step(2, 0.425));
        log.append(step(3, 0.31));
        log.append(step(4, 0.21));
        history.refresh();
        assertThat(history.finite("step", "loss")).containsExactly(0.5, 0.425, 0.31, 0.21);
    }

    @Test
    void histogramsAreKeptWholeAndBounded() {
        MetricsLog log = new MetricsLog(folder.resolve("metrics.jsonl"));
        for (int i = 0; i < 1_000; i++) {
            log.append(
                    JsonObject.EMPTY
                            .with("event", "histograms")
                            .with("step", (long) i)
                            .with("weights", new int[] {1, 2, 3}));
        }
        RunHistory history = new RunHistory(folder);
        history.refresh();
        String json = history.toJson().toString();
        assertThat(json.split("\"event\":\"histograms\"", -1).length - 1)
                .isBetween(Frames.MAX / 2, Frames.MAX);
        assertThat(json).contains("\"step\":0,", "\"weights\":[1,2,3]", "\"step\":992,");
    }
}
