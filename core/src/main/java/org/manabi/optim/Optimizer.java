package org.manabi.optim;

import java.util.List;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Tensor;

/// A rule by which a gradient changes a parameter. A rule is a value that holds no numbers of a
/// run: what it remembers lies in tensors, its *slots*, that an [Updater] keeps with the parameter,
/// that checkpoints hold, and that are handed back at each step.
public interface Optimizer {

    /// The tensors that this rule keeps for each parameter; empty for plain gradient descent.
    List<Slot> slots();

    /// The step size η, greater than 0, before any schedule.
    double learningRate();

    /// Whether each number of a parameter is changed by its own gradient and its own place in the slots
    /// alone, so that a parameter may be updated in parts.
    default boolean isElementwise() {
        return true;
    }

    /// Changes `parameter` in place.
    ///
    /// @param gradient of the loss with respect to the parameter; its numbers may be lost
    /// @param slots one tensor for each of [#slots], changed in place
    /// @param step the number of this step, from 1
    /// @param learningRate the step size now
    void update(
            Engine engine,
            Tensor parameter,
            Tensor gradient,
            List<Tensor> slots,
            long step,
            double learningRate);

    /// Changes all parameters of a group. Rules that look at one parameter at a time need not know of
    /// this.
    ///
    /// @param parameters of the group, in the model's order
    /// @param gradients one for each parameter
    /// @param slots for each parameter the tensors of [#slots]
    default void updateAll(
            Engine engine,
            List<Tensor> parameters,
            List<Tensor> gradients,
            List<List<Tensor>> slots,
            long step,
            double learningRate) {
        for (int i = 0; i < parameters.size(); i++) {
            update(engine, parameters.get(i), gradients.get(i), slots.get(i), step, learningRate);
        }
    }
}
