package org.manabi.layers;

import java.util.List;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;

/// Layers one after another; the path of each is its number, from 0.
///
/// @param layers at least one
public record Sequential(List<Layer> layers) implements Layer {

    public Sequential {
        layers = List.copyOf(layers);
        Checks.require(!layers.isEmpty(), "Sequential needs at least one layer");
    }

    public static Sequential of(Layer... layers) {
        return new Sequential(List.of(layers));
    }

    @Override
    public Variable apply(Scope scope, Variable input) {
        Variable current = input;
        for (int i = 0; i < layers.size(); i++) {
            current = scope.apply(Integer.toString(i), layers.get(i), current);
        }
        return current;
    }
}
