package org.manabi.layers;

import org.manabi.autodiff.Variable;

/// What one layer gives within its network, see [Network#layerOutputs].
///
/// @param path where the layer is, such as `0.body.2`; empty for a network of one layer
/// @param layer the layer itself, which holds no others
/// @param output its output, as an expression `[N, …]`
public record LayerOutput(String path, Layer layer, Variable output) {

    /// Path and settings, as messages name a layer.
    @Override
    public String toString() {
        return (path + " " + layer).strip();
    }
}
