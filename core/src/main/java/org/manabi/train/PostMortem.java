package org.manabi.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.manabi.autodiff.Input;
import org.manabi.autodiff.Parameter;
import org.manabi.autodiff.Plan;
import org.manabi.autodiff.Variable;
import org.manabi.layers.Layer;
import org.manabi.layers.Mode;
import org.manabi.layers.Network;
import org.manabi.layers.Sequential;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Tensor;

/// Looks for the first number that is not finite, in the order in which a step computes: inputs,
/// weights, each layer's output, the loss, the gradients from the last layer back. Layers are
/// computed as in [Mode#EVALUATE], so that nothing is changed by looking.
final class PostMortem {

    private final Engine engine;
    private final Network network;
    private final BatchPlan plan;
    private final int[] rows;

    /// @param rows of the samples in the batch that failed
    PostMortem(Engine engine, Model<?> model, BatchPlan plan, int[] rows) {
        this.engine = engine;
        this.network = model.network();
        this.plan = plan;
        this.rows = rows;
    }

    /// The cause of a loss that is not finite.
    NonFinite ofLoss() {
        List<Integer> inputs = samples(plan.inputs());
        if (!inputs.isEmpty()) {
            return new NonFinite("inputs", NonFinite.Tensor.INPUTS, inputs);
        }
        for (Map.Entry<String, Tensor> entry : network.parameters().tensors().entrySet()) {
            if (!isFinite(entry.getValue())) {
                return new NonFinite(entry.getKey(), NonFinite.Tensor.WEIGHTS, List.of());
            }
        }
        if (network.layer() instanceof Sequential(List<Layer> layers)) {
            for (int count = 1; count <= layers.size(); count++) {
                List<Integer> faulty = samples(output(layers.subList(0, count)));
                if (!faulty.isEmpty()) {
                    String place = (count - 1) + " " + layers.get(count - 1);
                    return new NonFinite(place, NonFinite.Tensor.OUTPUT, faulty);
                }
            }
        }
        return new NonFinite("loss", NonFinite.Tensor.LOSS, samples(plan.losses()));
    }

    /// The cause of gradients that are not finite although the loss is.
    NonFinite ofGradients() {
        List<Parameter> parameters = new ArrayList<>(network.parameters().all());
        for (Parameter parameter : parameters.reversed()) {
            if (!isFinite(plan.gradients().of(parameter))) {
                return new NonFinite(parameter.name(), NonFinite.Tensor.GRADIENT, List.of());
            }
        }
        return new NonFinite("loss", NonFinite.Tensor.GRADIENT, List.of());
    }

    private Tensor output(List<Layer> layers) {
        Map<String, Tensor> numbers = network.parameters().tensors();
        Network beginning =
                new Network(
                        new Sequential(layers),
                        network.sampleShape(),
                        network.dtype(),
                        (name, shape) ->
                                numbers.getOrDefault(name, Tensor.zeros(network.dtype(), shape)));
        Input input =
                Input.of("inputs", network.dtype(), network.sampleShape().prepend(rows.length));
        Variable output = beginning.forward(input, Mode.EVALUATE);
        Plan inference = Plan.forInference(engine, List.of(output));
        inference.value(input).copyFrom(plan.inputs());
        inference.forward();
        return inference.value(output);
    }

    /// The data's rows of the samples with a number that is not finite.
    private List<Integer> samples(Tensor batch) {
        List<Integer> faulty = new ArrayList<>();
        int size = batch.size() / rows.length;
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < size; j++) {
                if (!Double.isFinite(batch.getAsDouble(i * size + j))) {
                    faulty.add(rows[i]);
                    break;
                }
            }
        }
        return faulty;
    }

    private static boolean isFinite(Tensor tensor) {
        for (int i = 0; i < tensor.size(); i++) {
            if (!Double.isFinite(tensor.getAsDouble(i))) {
                return false;
            }
        }
        return true;
    }
}
