package org.manabi.optim;

import java.util.List;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Tensor;

/// A rule by which a gradient changes a parameter. A rule is a value that holds no numbers of a
/// run: what it remembers lies in tensors, its *slots*, that the trainer keeps with the parameter,
/// writes to checkpoints and hands back at each step.
public interface Optimizer {

    /// The names of the tensors that this rule keeps for each parameter, all of the parameter's
    /// shape and zero at first; empty for plain gradient descent.
    List<String> slots();

    /// The step size η, greater than 0, before any schedule.
    double learningRate();

    /// Changes `parameter` in place.
    ///
    /// @param gradient of the loss with respect to the parameter
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
}
