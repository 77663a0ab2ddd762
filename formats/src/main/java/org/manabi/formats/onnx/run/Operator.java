package org.manabi.formats.onnx.run;

import java.util.List;

/// Computes what an operator of the standard says.
@FunctionalInterface
interface Operator {

    /// The outputs, in order; the last ones may be missing if nobody wants them.
    List<Value> run(Call call);

    /// An operator of a single output.
    @FunctionalInterface
    interface Single {

        /// The output.
        Value run(Call call);
    }

    static Operator of(Single single) {
        return call -> List.of(single.run(call));
    }
}
