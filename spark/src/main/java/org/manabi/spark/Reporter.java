package org.manabi.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.json.JsonObject;
import org.manabi.train.TrainEvent;
import org.manabi.train.TrainListener;

/// Listens to one replica's training: saves it when that is due, and tells the driver.
final class Reporter implements TrainListener, AutoCloseable {

    private final Feed.@Nullable Teller teller;
    private final EventLines lines;
    private final Predicate<TrainEvent> save;

    private Reporter(Feed.@Nullable Teller teller, EventLines lines, Predicate<TrainEvent> save) {
        this.teller = teller;
        this.lines = lines;
        this.save = save;
    }

    /// @param settings say where the driver listens; `null` for a replica that tells nothing
    /// @param begin what is told first
    /// @param save saves when it is time to, and tells whether it did
    static Reporter of(
            @Nullable ReplicaSettings settings,
            byte[] secret,
            EventLines lines,
            JsonObject begin,
            Predicate<TrainEvent> save)
            throws IOException {
        String host = settings == null ? null : settings.feedHost();
        Reporter reporter =
                new Reporter(
                        host == null || settings == null
                                ? null
                                : new Feed.Teller(host, settings.feedPort(), secret),
                        lines,
                        save);
        reporter.tell(begin);
        return reporter;
    }

    @Override
    public void on(TrainEvent event) {
        tell(lines.of(event));
        if (save.test(event) && event instanceof TrainEvent.StepDone step) {
            tell(lines.checkpoint(step.step()));
        }
    }

    private void tell(@Nullable JsonObject line) {
        if (teller != null && line != null) {
            try {
                teller.tell(line);
            } catch (IOException e) {
                throw new UncheckedIOException("the driver is gone: " + e.getMessage(), e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (teller != null) {
            teller.close();
        }
    }
}
