package org.manabi.autodiff;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Tensor;

/// An expression made ready to run many times: operations in order, neighbors fused, every buffer
/// laid out once. Running it allocates nothing.
///
/// Feed the inputs by writing into [#value] of each [Input], call [#forward], read [#value] of the
/// outputs; after [#backward], read [#gradients].
///
/// A plan reads parameters where they lie, so it sees what an optimizer changed; one thread at a time
/// may run it, and plans of one network must not learn at the same time.
///
/// Buffers whose contents are no longer needed serve again: in inference the results of earlier
/// operations, in training the gradients of later ones.
public final class Plan {

    private final List<Bound> forward;
    private final List<Runnable> backward;
    private final Map<Variable, Tensor> readable;
    private final Gradients gradients;
    private final Map<Integer, List<Variable>> completions;

    Plan(
            List<Bound> forward,
            List<Runnable> backward,
            Map<Variable, Tensor> readable,
            Gradients gradients,
            Map<Integer, List<Variable>> completions) {
        this.forward = forward;
        this.backward = backward;
        this.readable = readable;
        this.gradients = gradients;
        this.completions = completions;
    }

    /// A plan that computes `outputs` and nothing else.
    public static Plan forInference(Engine engine, Collection<? extends Variable> outputs) {
        return new Planner(engine, Graph.of(outputs)).inference();
    }

    /// A plan that computes `loss`, a single number, its gradients with respect to the leaves
    /// `withRespectTo`, and keeps the values of `outputs` readable.
    public static Plan forTraining(
            Engine engine,
            Variable loss,
            Collection<? extends Variable> withRespectTo,
            Collection<? extends Variable> outputs) {
        return new Planner(engine, Graph.of(loss, outputs)).training(loss, withRespectTo);
    }

    /// Computes the outputs from the inputs.
    public void forward() {
        for (int i = 0; i < forward.size(); i++) {
            forward.get(i).forward();
        }
    }

    /// Computes the gradients; needs a [#forward] before it.
    public void backward() {
        for (int i = 0; i < backward.size(); i++) {
            backward.get(i).run();
        }
    }

    /// Computes the gradients and tells of each leaf when its gradient is complete, in the same order
    /// each time. Leaves that the loss does not depend on come last.
    public void backward(Consumer<Variable> complete) {
        for (int i = 0; i < backward.size(); i++) {
            backward.get(i).run();
            completions.getOrDefault(i, List.of()).forEach(complete);
        }
        completions.getOrDefault(backward.size(), List.of()).forEach(complete);
    }

    /// The buffer of a leaf, to be filled before [#forward], or of an output, to be read after it.
    public Tensor value(Variable variable) {
        Tensor value = readable.get(variable);
        if (value == null) {
            throw new IllegalArgumentException(
                    variable + " is neither an input nor an output of this plan");
        }
        return value;
    }

    /// The gradients that [#backward] wrote: the buffers themselves, overwritten by the next run.
    public Gradients gradients() {
        return gradients;
    }
}
