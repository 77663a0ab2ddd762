package org.manabi.formats.tensorboard;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.manabi.formats.Durably;
import org.manabi.formats.WriteException;
import org.manabi.formats.protobuf.WireWriter;

/// Writes a file of events that TensorBoard shows, event by event, so that it can be watched while it
/// grows. TensorBoard finds it by its name: see [#fileName].
///
/// Source: TensorFlow, `event.proto`, `summary.proto` and `histogram.proto`.
public final class EventWriter implements AutoCloseable {

    private static final String VERSION = "brain.Event:2";

    private final Path file;
    private final FileChannel channel;

    /// Begins a file, or goes on with one that exists.
    ///
    /// @param wallTime in seconds since 1970
    /// @throws WriteException if the file cannot be written
    public EventWriter(Path file, double wallTime) {
        this.file = file;
        try {
            channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw Durably.failure(file, e);
        }
        write(event(wallTime, 0).andThen(out -> out.text(3, VERSION)));
    }

    /// A name by which TensorBoard knows a file of events.
    ///
    /// @param second in which it begins, since 1970
    public static String fileName(long second, String host, long process) {
        return "events.out.tfevents.%d.%s.%d.0".formatted(second, host, process);
    }

    private static Consumer<WireWriter> event(double wallTime, long step) {
        return out -> {
            out.real64(1, wallTime);
            if (step != 0) {
                out.integer(2, step);
            }
        };
    }

    /// A number at a step, a point of a curve.
    ///
    /// @throws WriteException if the disk refuses
    public void scalar(String tag, long step, double wallTime, double value) {
        summary(step, wallTime, one -> one.text(1, tag).real32(2, (float) value));
    }

    /// How numbers are distributed at a step.
    ///
    /// @throws WriteException if the disk refuses
    public void histogram(String tag, long step, double wallTime, HistogramCounts counts) {
        summary(
                step,
                wallTime,
                one ->
                        one.text(1, tag)
                                .message(
                                        5,
                                        histogram ->
                                                histogram
                                                        .real64(1, counts.min())
                                                        .real64(2, counts.max())
                                                        .real64(3, counts.total())
                                                        .real64(4, counts.sum())
                                                        .real64(5, counts.sumOfSquares())
                                                        .packed(6, counts.edges())
                                                        .packed(7, counts.counts())));
    }

    /// A picture at a step.
    ///
    /// @param channels 1 for gray, 3 for RGB, 4 with transparency
    /// @param png the encoded picture
    /// @throws WriteException if the disk refuses
    public void image(
            String tag,
            long step,
            double wallTime,
            int height,
            int width,
            int channels,
            byte[] png) {
        summary(
                step,
                wallTime,
                one ->
                        one.text(1, tag)
                                .message(
                                        4,
                                        image ->
                                                image.integer(1, height)
                                                        .integer(2, width)
                                                        .integer(3, channels)
                                                        .bytes(4, png)));
    }

    private void summary(long step, double wallTime, Consumer<WireWriter> value) {
        write(
                event(wallTime, step)
                        .andThen(out -> out.message(5, summary -> summary.message(1, value))));
    }

    private void write(Consumer<WireWriter> event) {
        try {
            Durably.writeAll(channel, Records.framed(WireWriter.message(event)));
        } catch (IOException e) {
            throw Durably.failure(file, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw Durably.failure(file, e);
        }
    }
}
