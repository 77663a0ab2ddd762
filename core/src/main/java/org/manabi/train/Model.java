package org.manabi.train;

import java.util.function.Function;
import org.manabi.autodiff.Variable;
import org.manabi.layers.Layer;
import org.manabi.layers.LogSoftmax;
import org.manabi.layers.Mode;
import org.manabi.layers.Network;
import org.manabi.layers.Sequential;
import org.manabi.layers.Softmax;
import org.manabi.layers.Summary;
import org.manabi.loss.LogProbabilities;
import org.manabi.loss.Logits;
import org.manabi.loss.Outputs;
import org.manabi.loss.Prediction;
import org.manabi.loss.Probabilities;
import org.manabi.tensor.Checks;

/// A network and what its output means, which decides the losses that it can learn by.
///
/// @param <P> the meaning of its output
public final class Model<P extends Prediction> {

    private final Network network;
    private final OutputKind kind;
    private final Function<Variable, P> wrap;

    private Model(Network network, OutputKind kind, Function<Variable, P> wrap) {
        Checks.require(
                network.outputShape().rank() == 1,
                "a model gives one row of numbers for each sample, but %s gives %s; is a Flatten "
                        + "missing?",
                network,
                network.outputShape());
        this.network = network;
        this.kind = kind;
        this.wrap = wrap;
    }

    /// A classifier that ends in scores before the softmax, for
    /// [org.manabi.loss.SoftmaxCrossEntropy].
    ///
    /// @throws org.manabi.tensor.ShapeException if the network ends in a softmax
    public static Model<Logits> ofLogits(Network network) {
        Checks.require(
                !(last(network.layer()) instanceof Softmax),
                "these are not logits: the network ends in a Softmax; leave it out, since"
                        + " SoftmaxCrossEntropy contains it, or use Model.ofProbabilities");
        return new Model<>(network, OutputKind.LOGITS, Logits::new);
    }

    /// A classifier that ends in probabilities, for [org.manabi.loss.CrossEntropy] and squared errors.
    ///
    /// @throws org.manabi.tensor.ShapeException if the network does not end in a softmax
    public static Model<Probabilities> ofProbabilities(Network network) {
        Checks.require(
                last(network.layer()) instanceof Softmax,
                "these are not probabilities: the network ends in %s; add a Softmax, or use"
                        + " Model.ofLogits",
                last(network.layer()));
        return new Model<>(network, OutputKind.PROBABILITIES, Probabilities::new);
    }

    /// A classifier that ends in log-probabilities, for [org.manabi.loss.NegativeLogLikelihood].
    ///
    /// @throws org.manabi.tensor.ShapeException if the network does not end in a log-softmax
    public static Model<LogProbabilities> ofLogProbabilities(Network network) {
        Checks.require(
                last(network.layer()) instanceof LogSoftmax,
                "these are not log-probabilities: the network ends in %s; add a LogSoftmax, or use"
                        + " Model.ofLogits",
                last(network.layer()));
        return new Model<>(network, OutputKind.LOG_PROBABILITIES, LogProbabilities::new);
    }

    /// A network whose outputs are real numbers, as in regression.
    public static Model<Outputs> ofOutputs(Network network) {
        return new Model<>(network, OutputKind.OUTPUTS, Outputs::new);
    }

    /// A network whose output means this.
    ///
    /// @throws org.manabi.tensor.ShapeException if the network does not end as such a model does
    public static Model<?> of(Network network, OutputKind kind) {
        return switch (kind) {
            case LOGITS -> ofLogits(network);
            case PROBABILITIES -> ofProbabilities(network);
            case LOG_PROBABILITIES -> ofLogProbabilities(network);
            case OUTPUTS -> ofOutputs(network);
        };
    }

    private static Layer last(Layer layer) {
        return layer instanceof Sequential(var layers) ? last(layers.getLast()) : layer;
    }

    /// The prediction for a batch, as an expression.
    public P predict(Variable batch, Mode mode) {
        return wrap.apply(network.forward(batch, mode));
    }

    /// The prediction for a batch, with the random numbers of the seed that `noise` holds, see
    /// [org.manabi.layers.Noise].
    public P predict(Variable batch, Mode mode, Variable noise) {
        return wrap.apply(network.forward(batch, mode, noise));
    }

    /// The layers with their shapes, parameters and memory; it prints as a table.
    public Summary summary() {
        return network.summary();
    }

    public Network network() {
        return network;
    }

    /// What the output means.
    public OutputKind kind() {
        return kind;
    }

    @Override
    public String toString() {
        return network.toString();
    }
}
