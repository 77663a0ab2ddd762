package org.manabi.formats.safetensors;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a safetensors file holds, without the numbers themselves.
///
/// @param metadata the texts of `__metadata__` by their names; empty if there are none
/// @param tensors in the order in which their bytes lie in the file, by name
public record SafetensorsHeader(Map<String, String> metadata, Map<String, StoredTensor> tensors) {

    /// The name in the metadata of the SHA-256 of all bytes after the header, in hexadecimal.
    public static final String DIGEST = "manabi.sha256";

    public SafetensorsHeader {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    static SafetensorsHeader of(Map<String, String> metadata, List<StoredTensor> inOrder) {
        Map<String, StoredTensor> tensors = LinkedHashMap.newLinkedHashMap(inOrder.size());
        inOrder.forEach(tensor -> tensors.put(tensor.name(), tensor));
        return new SafetensorsHeader(metadata, tensors);
    }

    /// How many bytes the numbers take.
    public long dataBytes() {
        return tensors.values().stream().mapToLong(StoredTensor::bytes).sum();
    }
}
