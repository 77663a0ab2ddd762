package org.manabi.formats.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.manabi.formats.Durably;
import org.manabi.formats.Sha256;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.tensor.Tensor;

/// Lays tensors out as the Rust implementation does: by type, the widest first, then by name, after
/// a header that blanks bring to a multiple of 8 bytes.
final class SafetensorsWriter {

    private static final int CHUNK = 1 << 18;
    private static final String METADATA = "__metadata__";

    private final Map<String, String> metadata;
    private final List<Map.Entry<String, Tensor>> tensors;

    SafetensorsWriter(Map<String, String> metadata, Map<String, ? extends Tensor> tensors) {
        if (tensors.containsKey(METADATA)) {
            throw new IllegalArgumentException("no tensor can have the name " + METADATA);
        }
        this.metadata = new TreeMap<>(metadata);
        this.tensors =
                tensors.entrySet().stream()
                        .map(entry -> Map.<String, Tensor>entry(entry.getKey(), entry.getValue()))
                        .sorted(
                                Comparator.<Map.Entry<String, Tensor>, StoredType>comparing(
                                                entry -> StoredType.of(entry.getValue().dtype()))
                                        .reversed()
                                        .thenComparing(
                                                entry -> utf8(entry.getKey()),
                                                Arrays::compareUnsigned))
                        .toList();
        this.metadata.put(SafetensorsHeader.DIGEST, digest());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    void writeTo(FileChannel channel) throws IOException {
        byte[] header = header();
        ByteBuffer prefix = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        Durably.writeAll(channel, prefix.putLong(0, header.length));
        Durably.writeAll(channel, ByteBuffer.wrap(header));
        forEachChunk(chunk -> Durably.writeAll(channel, chunk));
    }

    private byte[] header() {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        JsonObject texts = JsonObject.EMPTY;
        for (Map.Entry<String, String> text : metadata.entrySet()) {
            texts = texts.with(text.getKey(), text.getValue());
        }
        fields.put(METADATA, texts);
        long begin = 0;
        for (Map.Entry<String, Tensor> entry : tensors) {
            Tensor tensor = entry.getValue();
            long end = begin + (long) tensor.size() * tensor.dtype().bytes();
            fields.put(entry.getKey(), describe(tensor, begin, end));
            begin = end;
        }
        byte[] json = utf8(new JsonObject(fields).toString());
        byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }

    private static JsonObject describe(Tensor tensor, long begin, long end) {
        return JsonObject.EMPTY
                .with("dtype", StoredType.of(tensor.dtype()).name())
                .with("shape", tensor.shape().toArray())
                .with(
                        "data_offsets",
                        new JsonValue.Array(List.of(JsonValue.of(begin), JsonValue.of(end))));
    }

    private String digest() {
        MessageDigest digest = Sha256.create();
        try {
            forEachChunk(digest::update);
        } catch (IOException e) {
            throw new IllegalStateException("a digest does no input or output", e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @FunctionalInterface
    private interface ChunkConsumer {
        void accept(ByteBuffer chunk) throws IOException;
    }

    private void forEachChunk(ChunkConsumer consumer) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        for (Map.Entry<String, Tensor> entry : tensors) {
            Tensor tensor = entry.getValue();
            for (int done = 0; done < tensor.size(); ) {
                done += Elements.encode(tensor, done, buffer);
                consumer.accept(buffer);
            }
        }
    }
}
