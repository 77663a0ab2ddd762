package org.manabi.train;

import java.util.List;
import org.manabi.autodiff.Input;
import org.manabi.autodiff.Plan;
import org.manabi.autodiff.Variable;
import org.manabi.layers.Mode;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Tensor;

/// A model made ready to predict batches of one size, again and again, without allocating:
///
///     var predictor = new Predictor(Engine.serial(), model, 1);
///     predictor.inputs().copyFrom(sample);
///     Tensor scores = predictor.run();
///
/// One thread at a time may use a predictor.
public final class Predictor {

    private final Plan plan;
    private final Tensor inputs;
    private final Tensor scores;

    /// Makes a model ready.
    ///
    /// @param batchSize samples in each batch, at least 1
    public Predictor(Engine engine, Model<?> model, int batchSize) {
        Input input =
                Input.of(
                        "inputs",
                        model.network().dtype(),
                        model.network().sampleShape().prepend(batchSize));
        Variable output = model.predict(input, Mode.EVALUATE).variable();
        plan = Plan.forInference(engine, List.of(output));
        inputs = plan.value(input);
        scores = plan.value(output);
    }

    /// The batch `[batchSize, …]`, to be filled before [#run].
    public Tensor inputs() {
        return inputs;
    }

    /// Computes the batch and returns what the model gives, `[batchSize, K]`: a buffer that the next
    /// run overwrites. What the numbers mean is told by [Model#kind].
    public Tensor run() {
        plan.forward();
        return scores;
    }
}
