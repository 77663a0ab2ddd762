package org.manabi.formats.safetensors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.json.JsonReader;

/// Reads the JSON of a header: what each tensor claims, not yet whether the claims fit the file.
/// The format sets no limit to axes and tensors; these are far above what models have, and keep a
/// hostile header from taking many times its own size in memory.
final class HeaderReader {

    private static final int MAX_AXES = 255;
    private static final int MAX_TENSORS = 262_144;
    private static final String METADATA = "__metadata__";

    /// Tensors without elements may lie at the same place; then names decide.
    private static final Comparator<StoredTensor> BY_PLACE =
            Comparator.comparing(StoredTensor::begin, Long::compareUnsigned)
                    .thenComparing(StoredTensor::end, Long::compareUnsigned)
                    .thenComparing(StoredTensor::name);

    private final JsonReader json;
    private boolean hasMetadata;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, StoredTensor> tensors = new HashMap<>();

    private HeaderReader(JsonReader json) {
        this.json = json;
    }

    /// The header with its tensors in the order of their places.
    static SafetensorsHeader read(JsonReader json) {
        HeaderReader reader = new HeaderReader(json);
        reader.object();
        json.end();
        List<StoredTensor> inOrder = new ArrayList<>(reader.tensors.values());
        inOrder.sort(BY_PLACE);
        return SafetensorsHeader.of(reader.metadata, inOrder);
    }

    private void object() {
        json.distinctObject(
                name -> {
                    if (name.equals(METADATA) ? hasMetadata : tensors.containsKey(name)) {
                        throw json.duplicate(name);
                    }
                    if (name.equals(METADATA)) {
                        hasMetadata = true;
                        json.object(key -> metadata.put(key, json.text()));
                    } else {
                        tensors.put(name, tensor(name));
                    }
                    if (tensors.size() > MAX_TENSORS) {
                        throw json.fault("more than " + MAX_TENSORS + " tensors in one file");
                    }
                });
    }

    private StoredTensor tensor(String name) {
        Entry entry = new Entry(name);
        json.object(entry::field);
        return entry.finish();
    }

    /// One tensor's object while it is read.
    private final class Entry {

        private final String name;
        private @Nullable StoredType type;
        private long @Nullable [] shape;
        private long @Nullable [] offsets;

        Entry(String name) {
            this.name = name;
        }

        void field(String field) {
            switch (field) {
                case "dtype" -> type = type(json.text());
                case "shape" -> shape = numbers(MAX_AXES, "a shape");
                case "data_offsets" -> offsets = numbers(2, "data_offsets");
                default -> json.skip();
            }
        }

        StoredTensor finish() {
            if (type == null) {
                throw missing("dtype");
            }
            if (shape == null) {
                throw missing("shape");
            }
            if (offsets == null) {
                throw missing("data_offsets");
            }
            if (offsets.length != 2) {
                throw json.fault(
                        "tensor " + name + ": data_offsets holds 2 numbers, got " + offsets.length);
            }
            return new StoredTensor(name, type, shape, offsets[0], offsets[1]);
        }

        private StoredType type(String text) {
            return StoredType.named(text)
                    .orElseThrow(
                            () ->
                                    json.fault(
                                            "tensor "
                                                    + name
                                                    + " has the unknown dtype "
                                                    + text
                                                    + "; known are "
                                                    + Arrays.toString(StoredType.values())));
        }

        private RuntimeException missing(String field) {
            return json.fault("tensor " + name + " has no " + field);
        }

        private long[] numbers(int most, String what) {
            List<Long> numbers = new ArrayList<>();
            json.array(
                    () -> {
                        if (numbers.size() == most) {
                            throw json.fault(
                                    "tensor "
                                            + name
                                            + ": more numbers than "
                                            + most
                                            + " in "
                                            + what);
                        }
                        numbers.add(json.unsigned());
                    });
            return numbers.stream().mapToLong(Long::longValue).toArray();
        }
    }
}
