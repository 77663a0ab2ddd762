package org.manabi.optim;

import java.util.List;
import org.manabi.tensor.Elementwise;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Tensor;

/// A rule that changes each number of a parameter by itself, from its gradient and what the slots
/// hold in the same place: one pass over memory, computed in double and rounded once.
public interface ElementwiseOptimizer extends Optimizer {

    /// The work of one step, on blocks in the order: parameter, the slots of the parameter's shape,
    /// gradient. All but the gradient are written back.
    ///
    /// @param slots of the parameter; those that are a [Slot.Extent#NUMBER] are read and changed here
    Elementwise at(long step, double learningRate, List<Tensor> slots);

    @Override
    default void update(
            Engine engine,
            Tensor parameter,
            Tensor gradient,
            List<Tensor> slots,
            long step,
            double learningRate) {
        ElementwiseUpdate.run(
                engine, this, at(step, learningRate, slots), parameter, gradient, slots);
    }
}
