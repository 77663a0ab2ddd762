package org.manabi.formats.onnx;

import java.util.Map;

/// A network in the format of ONNX.
///
/// @param irVersion of the file's structure
/// @param producer the program that made it; may be empty
/// @param opsets the version of the operators of each domain; the standard's own is the empty text
public record OnnxModel(
        long irVersion, String producer, Map<String, Long> opsets, OnnxGraph graph) {

    public OnnxModel {
        opsets = Map.copyOf(opsets);
    }

    /// The version of the standard's operators; 1 if the file does not say.
    public long opset() {
        return opsets.getOrDefault("", opsets.getOrDefault("ai.onnx", 1L));
    }
}
