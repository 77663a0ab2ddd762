package org.manabi.optim;

import java.util.ArrayList;
import java.util.List;
import org.manabi.tensor.Elementwise;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Tensor;

/// Runs the work of an [ElementwiseOptimizer] on the tensors of a parameter.
final class ElementwiseUpdate {

    private ElementwiseUpdate() {}

    /// The place of the gradient among the blocks: behind the parameter and the slots of its shape.
    static int gradientBlock(Optimizer rule) {
        int block = 1;
        for (Slot slot : rule.slots()) {
            block += slot.extent() == Slot.Extent.PARAMETER ? 1 : 0;
        }
        return block;
    }

    static void run(
            Engine engine,
            Optimizer rule,
            Elementwise work,
            Tensor parameter,
            Tensor gradient,
            List<Tensor> slots) {
        List<Tensor> changed = new ArrayList<>();
        changed.add(parameter);
        for (int i = 0; i < slots.size(); i++) {
            if (rule.slots().get(i).extent() == Slot.Extent.PARAMETER) {
                changed.add(slots.get(i));
            }
        }
        engine.elementwise(work, changed, List.of(gradient));
    }
}
