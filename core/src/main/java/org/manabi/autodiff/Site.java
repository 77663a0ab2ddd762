package org.manabi.autodiff;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// The buffers of one operation in a [Plan], and the engine to work them with.
public final class Site {

    private final Engine engine;
    private final List<Tensor> inputs;
    private final Tensor output;
    private final @Nullable Tensor outputGradient;
    private final List<@Nullable Tensor> inputGradients;

    Site(
            Engine engine,
            List<Tensor> inputs,
            Tensor output,
            @Nullable Tensor outputGradient,
            List<@Nullable Tensor> inputGradients) {
        this.engine = engine;
        this.inputs = inputs;
        this.output = output;
        this.outputGradient = outputGradient;
        this.inputGradients = inputGradients;
    }

    /// What computes, on how many threads.
    public Engine engine() {
        return engine;
    }

    /// The numbers of input `i`, not to be changed.
    public Tensor input(int i) {
        return inputs.get(i);
    }

    /// How many inputs the operation was given.
    public int inputCount() {
        return inputs.size();
    }

    /// Where the result goes.
    public Tensor output() {
        return output;
    }

    /// Whether the plan differentiates through this operation at all.
    public boolean differentiates() {
        return outputGradient != null;
    }

    /// Whether the gradient of input `i` is to be written by [Bound#backward].
    public boolean wants(int i) {
        return inputGradients.get(i) != null;
    }

    /// The gradient of the loss with respect to the output; an operation may use the buffer as
    /// scratch space, since nobody reads it afterwards.
    public Tensor outputGradient() {
        if (outputGradient == null) {
            throw new IllegalStateException("this plan does not differentiate");
        }
        return outputGradient;
    }

    /// Where the gradient of input `i` goes; only if [#wants] says so.
    public Tensor inputGradient(int i) {
        Tensor gradient = inputGradients.get(i);
        if (gradient == null) {
            throw new IllegalStateException("the gradient of input " + i + " is not wanted");
        }
        return gradient;
    }

    /// A buffer that keeps its contents from the forward to the backward pass.
    public Tensor keep(DType dtype, Shape shape) {
        return Tensor.zeros(dtype, shape);
    }
}
