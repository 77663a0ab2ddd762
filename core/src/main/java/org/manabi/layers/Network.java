package org.manabi.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.manabi.autodiff.Input;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// A layer together with its parameters, made for inputs of one shape. Shapes are checked, and every
/// parameter exists, as soon as the network does.
public final class Network {

    private final Layer layer;
    private final Shape sampleShape;
    private final Shape outputShape;
    private final DType dtype;
    private final Parameters parameters;

    /// A network with fresh parameters.
    ///
    /// @param layer what it does, usually a [Sequential]
    /// @param sampleShape the shape of one input, without the batch's axis
    /// @param dtype float32 to train, float64 to check gradients
    /// @param seed of the parameters' first values
    /// @throws org.manabi.tensor.ShapeException naming the layer that does not fit its input
    public Network(Layer layer, Shape sampleShape, DType dtype, Seed seed) {
        this(layer, sampleShape, dtype, Parameters.drawn(dtype, seed));
    }

    /// A network whose parameters exist already: nothing is drawn and nothing copied.
    ///
    /// @throws org.manabi.tensor.ShapeException naming the layer that does not fit its input
    public Network(Layer layer, Shape sampleShape, DType dtype, ParameterSource source) {
        this(layer, sampleShape, dtype, Parameters.from(dtype, source));
    }

    private Network(Layer layer, Shape sampleShape, DType dtype, Parameters parameters) {
        this.layer = layer;
        this.sampleShape = sampleShape;
        this.dtype = dtype;
        this.parameters = parameters;
        Input probe = Input.of("inputs", dtype, sampleShape.prepend(1));
        this.outputShape = forward(probe, Mode.EVALUATE).shape().tail();
    }

    /// The same network with its numbers, as copies, in another floating type.
    public Network in(DType other) {
        return new Network(
                layer,
                sampleShape,
                other,
                (name, shape) ->
                        Tensor.of(
                                other,
                                shape,
                                Objects.requireNonNull(parameters.tensors().get(name))
                                        .toDoubles()));
    }

    /// The network's output for a batch `[N, …]`, as an expression. What is random in it, such as the
    /// masks of dropout, is the same in every run.
    ///
    /// @throws org.manabi.tensor.ShapeException if the samples have another shape or type
    public Variable forward(Variable batch, Mode mode) {
        return forward(batch, mode, Noise.NONE);
    }

    /// The network's output for a batch `[N, …]`, as an expression whose random numbers are those of
    /// the seed that [Noise] writes into `noise` before each run.
    ///
    /// @throws org.manabi.tensor.ShapeException if the samples have another shape or type
    public Variable forward(Variable batch, Mode mode, Variable noise) {
        Checks.require(
                batch.dtype() == dtype
                        && batch.shape().equals(sampleShape.prepend(batch.shape().dim(0))),
                "the network takes %s samples of shape %s, got a batch %s %s",
                dtype,
                sampleShape,
                batch.dtype(),
                batch.shape());
        return Scope.root(mode, parameters, noise, new ArrayList<>()).applyHere(layer, batch);
    }

    /// What each layer that holds no others gives for a batch `[N, …]`, in the order in which they run.
    /// A plan of these outputs keeps all of them.
    public List<LayerOutput> layerOutputs(Variable batch, Mode mode) {
        List<LayerOutput> outputs = new ArrayList<>();
        Scope.root(mode, parameters, Noise.NONE, outputs).applyHere(layer, batch);
        return outputs;
    }

    /// The layers with their shapes, parameters and memory.
    public Summary summary() {
        Input probe = Input.of("inputs", dtype, sampleShape.prepend(1));
        List<Summary.Row> rows =
                layerOutputs(probe, Mode.EVALUATE).stream()
                        .map(output -> Summary.Row.of(output, parameters))
                        .toList();
        return new Summary(sampleShape, dtype, rows);
    }

    public Layer layer() {
        return layer;
    }

    /// The shape of one input.
    public Shape sampleShape() {
        return sampleShape;
    }

    /// The shape of one output.
    public Shape outputShape() {
        return outputShape;
    }

    public DType dtype() {
        return dtype;
    }

    public Parameters parameters() {
        return parameters;
    }

    @Override
    public String toString() {
        return layer + " on " + sampleShape;
    }
}
