package org.manabi.formats.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.formats.FormatException;

class EventFileTests {

    @TempDir private Path folder;

    private static List<Event> read(Path file) {
        List<Event> events = new ArrayList<>();
        EventFile.read(file, events::add);
        return events;
    }

    private Path written() {
        Path file = folder.resolve(EventWriter.fileName(1_700_000_000, "host", 1));
        try (EventWriter writer = new EventWriter(file, 1.7e9)) {
            writer.scalar("train/loss", 1, 1.7e9 + 1, 0.5);
        }
        return file;
    }

    /// The bytes that TensorFlow's own writer makes.
    @Test
    void bytesAreThoseOfTensorFlow() throws IOException {
        assertThat(HexFormat.of().formatHex(Files.readAllBytes(written())))
                .isEqualTo(
                        "1800000000000000a37f4b220900000040fc54d9411a0d627261696e2e4576656e743a32"
                                + "eced8f9d"
                                + "200000000000000029eda9500900004040fc54d94110012a130a110a0a747261"
                                + "696e2f6c6f7373150000003f34d0099c");
    }

    @Test
    void checksumsAreMasked() {
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
        assertThat(Records.masked(ByteBuffer.wrap(digits))).isEqualTo(0xC78AB0E5);
        assertThat(Records.masked(ByteBuffer.allocate(0))).isEqualTo(0xA282EAD8);
    }

    @Test
    void eventsComeBack() {
        Path file = written();
        try (EventWriter writer = new EventWriter(file, 1.7e9 + 2)) {
            writer.histogram("weights", 2, 1.7e9, HistogramCounts.of(4, 0, 1, 1, 4, Double.NaN));
            writer.image("digit", 3, 1.7e9, 1, 1, 1, new byte[] {1});
        }
        List<Event> events = read(file);
        assertThat(events).hasSize(5);
        assertThat(events.getFirst().version()).isEqualTo("brain.Event:2");
        assertThat(events.get(1).values())
                .containsExactly(new Event.Value("train/loss", Event.Kind.SCALAR, 0.5));
        assertThat(events.get(3).values().getFirst().kind()).isEqualTo(Event.Kind.HISTOGRAM);
        assertThat(events.get(4).step()).isEqualTo(3);
    }

    @Test
    void numbersAreCountedBetweenEdges() {
        HistogramCounts counts = HistogramCounts.of(4, 0, 1, 1, 4, Double.NaN);
        assertThat(counts.edges()).containsExactly(1, 2, 3, 4);
        assertThat(counts.counts()).containsExactly(1, 2, 0, 1);
        assertThat(counts.sum()).isEqualTo(6);
        assertThat(counts.sumOfSquares()).isEqualTo(18);
    }

    @Test
    void everyDamagedByteAndEveryTruncationIsFound() throws IOException {
        byte[] whole = Files.readAllBytes(written());
        Path file = folder.resolve("damaged");
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 1;
            Files.write(file, damaged);
            assertThatThrownBy(() -> read(file)).isInstanceOf(FormatException.class);
            boolean betweenRecords = i == 40;
            if (!betweenRecords) {
                Files.write(file, Arrays.copyOf(whole, i));
                assertThatThrownBy(() -> read(file)).isInstanceOf(FormatException.class);
            }
        }
    }
}
