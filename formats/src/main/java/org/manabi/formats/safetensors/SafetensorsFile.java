package org.manabi.formats.safetensors;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.FormatException;
import org.manabi.tensor.Tensor;

/// What was read from a safetensors file.
///
/// @param file the file's name, for messages
/// @param header what the file says that it holds
/// @param tensors those whose type a [Tensor] holds exactly, by name, in the order of the file
public record SafetensorsFile(String file, SafetensorsHeader header, Map<String, Tensor> tensors) {

    public SafetensorsFile {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /// The tensor of this name.
    ///
    /// @throws FormatException if there is none, or its type has no exact counterpart
    public Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor != null) {
            return tensor;
        }
        @Nullable StoredTensor stored = header.tensors().get(name);
        throw new FormatException(
                file,
                stored == null
                        ? "has no tensor "
                                + name
                                + "; there are "
                                + Names.some(header.tensors().keySet())
                        : Safetensors.inexact(stored));
    }
}
