package org.manabi.formats.safetensors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.json.JsonReader;

/// Reads the JSON of a header: what each tensor claims, not yet whether the claims fit the file.
final class HeaderReader {

    private static final int MAX_AXES = 255;
    private static final int MAX_METADATA = 65_536;
    private static final String METADATA = "__metadata__";

    private final JsonReader json;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final List<StoredTensor> tensors = new ArrayList<>();

    private HeaderReader(JsonReader json) {
        this.json = json;
    }

    /// The header with its tensors in the order of their places.
    static SafetensorsHeader read(JsonReader json) {
        HeaderReader reader = new HeaderReader(json);
        reader.object();
        json.end();
        reader.tensors.sort(
                Comparator.comparing(StoredTensor::begin, Long::compareUnsigned)
                        .thenComparing(StoredTensor::end, Long::compareUnsigned));
        return SafetensorsHeader.of(reader.metadata, reader.tensors);
    }

    private void object() {
        Set<String> names = new HashSet<>();
        json.distinctObject(
                name -> {
                    if (!names.add(name)) {
                        throw json.duplicate(name);
                    }
                    if (name.equals(METADATA)) {
                        metadata();
                    } else {
                        tensors.add(tensor(name));
                    }
                });
    }

    private void metadata() {
        json.distinctObject(
                name -> {
                    if (metadata.containsKey(name)) {
                        throw json.duplicate(name);
                    }
                    if (metadata.size() == MAX_METADATA) {
                        throw json.fault(METADATA + " has more than 65536 entries");
                    }
                    metadata.put(name, json.text());
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
