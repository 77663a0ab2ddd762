package org.manabi.layers;

import java.util.List;
import org.manabi.autodiff.Parameter;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;

/// The place of a layer in its model: its path, its parameters, its mode.
public final class Scope {

    private final String path;
    private final Mode mode;
    private final Parameters parameters;
    private final Variable noise;
    private final List<LayerOutput> seen;

    private Scope(
            String path, Mode mode, Parameters parameters, Variable noise, List<LayerOutput> seen) {
        this.path = path;
        this.mode = mode;
        this.parameters = parameters;
        this.noise = noise;
        this.seen = seen;
    }

    /// The outermost scope of a model.
    ///
    /// @param seen gets the output of each layer that holds no others
    static Scope root(Mode mode, Parameters parameters, Variable noise, List<LayerOutput> seen) {
        return new Scope("", mode, parameters, noise, seen);
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
        String full = within(name);
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

    /// Numbers that this layer keeps from step to step, saved with the model but learned by no
    /// optimizer: made by the initializer the first time they are asked for, found again every time
    /// after. An operation may change them while it runs in training.
    public Variable state(String name, Shape shape, Initializer initializer) {
        Tensor state = parameters.state(within(name), shape, initializer);
        Checks.require(
                state.shape().equals(shape),
                "state %s has shape %s, this input needs %s",
                within(name),
                state.shape(),
                shape);
        return Variable.of(state);
    }

    /// The seed of the step's random numbers, as [Noise] writes it: the same for all layers, which
    /// mix their paths into it.
    public Variable noise() {
        return noise;
    }

    private String within(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /// Applies a layer that lies within this one. If its shapes do not fit, the message begins with
    /// its path and its settings.
    public Variable apply(String name, Layer layer, Variable input) {
        return new Scope(within(name), mode, parameters, noise, seen).applyHere(layer, input);
    }

    /// Applies the layer that this scope is for.
    Variable applyHere(Layer layer, Variable input) {
        int before = seen.size();
        try {
            Variable output = layer.apply(this, input);
            if (seen.size() == before) {
                seen.add(new LayerOutput(path, layer, output));
            }
            return output;
        } catch (ShapeException e) {
            String message = String.valueOf(e.getMessage());
            throw message.startsWith("layer ")
                    ? e
                    : new ShapeException(
                            "layer " + (path.isEmpty() ? "" : path + " ") + layer + ": " + message);
        }
    }
}
