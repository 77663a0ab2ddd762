package org.manabi.autodiff;

import java.util.List;

/// What an operation makes of its inputs.
public final class Result extends Variable {

    private final Op op;
    private final List<Variable> inputs;

    private Result(Op op, List<Variable> inputs) {
        super(op.dtype(inputs), op.shape(inputs));
        this.op = op;
        this.inputs = inputs;
    }

    /// The result of `op` on these inputs: nothing is computed yet, but shapes and types are checked.
    public static Result of(Op op, Variable... inputs) {
        return new Result(op, List.of(inputs));
    }

    static Result of(Op op, List<Variable> inputs) {
        return new Result(op, inputs);
    }

    /// What is done with the inputs.
    public Op op() {
        return op;
    }

    /// What the operation reads, in its order.
    public List<Variable> inputs() {
        return inputs;
    }

    @Override
    public String toString() {
        return op + " -> " + shape();
    }
}
