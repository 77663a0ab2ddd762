package org.manabi.layers;

import org.manabi.autodiff.Parameter;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;

/// The place of a layer in its model: its path, its parameters, its mode.
public final class Scope {

    private final String path;
    private final Mode mode;
    private final Parameters parameters;

    private Scope(String path, Mode mode, Parameters parameters) {
        this.path = path;
        this.mode = mode;
        this.parameters = parameters;
    }

    /// The outermost scope of a model.
    static Scope root(Mode mode, Parameters parameters) {
        return new Scope("", mode, parameters);
    }

    public Mode mode() {
        return mode;
    }

    /// The layer's path, such as `encoder.2`; empty for the model itself.
    public String path() {
        return path;
    }

    /// A parameter of this layer: made by the initializer the first time it is asked for, found
    /// again every time after. Its random numbers depend on the seed and its path alone.
    ///
    /// @param shape weights are `[in, out]` or `[out, in, …]`; the initializer is told its fans
    public Variable parameter(String name, Shape shape, Initializer initializer) {
        String full = path.isEmpty() ? name : path + "." + name;
        Parameter known = parameters.find(full);
        if (known == null) {
            return parameters.add(full, shape, initializer);
        }
        Checks.require(
                known.shape().equals(shape),
                "parameter %s has shape %s, this input needs %s",
                full,
                known.shape(),
                shape);
        return known;
    }

    /// Applies a layer that lies within this one. If its shapes do not fit, the message begins with
    /// its path and its settings.
    public Variable apply(String name, Layer layer, Variable input) {
        return new Scope(path.isEmpty() ? name : path + "." + name, mode, parameters)
                .applyHere(layer, input);
    }

    /// Applies the layer that this scope is for.
    Variable applyHere(Layer layer, Variable input) {
        try {
            return layer.apply(this, input);
        } catch (ShapeException e) {
            String message = String.valueOf(e.getMessage());
            throw message.startsWith("layer ")
                    ? e
                    : new ShapeException(
                            "layer " + (path.isEmpty() ? "" : path + " ") + layer + ": " + message);
        }
    }
}
