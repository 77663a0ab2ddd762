package org.manabi.autodiff;

import java.util.ArrayList;
import java.util.List;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// The channels of all inputs behind each other.
///
/// **Shapes:** inputs `[N, Cᵢ, …]`, alike but for their channels; result `[N, Σ Cᵢ, …]`.
public record Concatenate() implements Op {

    @Override
    public Shape shape(List<Variable> inputs) {
        Shape first = inputs.getFirst().shape();
        Checks.require(first.rank() >= 2, "expected inputs [N, C, …], got %s", first);
        int[] dims = first.toArray();
        dims[1] = 0;
        for (Variable input : inputs) {
            Shape shape = input.shape();
            boolean fits = shape.rank() == first.rank();
            for (int axis = 0; fits && axis < first.rank(); axis++) {
                fits = axis == 1 || shape.dim(axis) == first.dim(axis);
            }
            Checks.require(
                    fits, "cannot put %s behind %s: more than channels differ", shape, first);
            dims[1] += shape.dim(1);
        }
        return Shape.of(dims);
    }

    @Override
    public Bound bind(Site site) {
        List<Tensor> samples = new ArrayList<>();
        List<Tensor> places = new ArrayList<>();
        List<Tensor> gradients = new ArrayList<>();
        List<Tensor> gradientPlaces = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < site.inputCount(); i++) {
            Tensor input = site.input(i);
            pair(input, site.output(), begin, samples, places);
            if (site.wants(i)) {
                pair(
                        site.inputGradient(i),
                        site.outputGradient(),
                        begin,
                        gradients,
                        gradientPlaces);
            }
            begin += input.shape().tail().size();
        }
        return new Bound() {
            @Override
            public void forward() {
                copy(samples, places);
            }

            @Override
            public void backward() {
                copy(gradientPlaces, gradients);
            }
        };
    }

    /// The samples of `part`, and where they lie in `whole`.
    private static void pair(
            Tensor part, Tensor whole, int begin, List<Tensor> samples, List<Tensor> places) {
        int size = part.shape().tail().size();
        Tensor flat = whole.reshape(Shape.of(whole.size()));
        for (int n = 0; n < part.shape().dim(0); n++) {
            samples.add(part.rows(n, 1));
            places.add(flat.rows(n * whole.shape().tail().size() + begin, size));
        }
    }

    private static void copy(List<Tensor> from, List<Tensor> to) {
        for (int i = 0; i < from.size(); i++) {
            to.get(i).copyFrom(from.get(i));
        }
    }

    /// Of any number of inputs.
    public static Variable of(List<Variable> inputs) {
        return Result.of(new Concatenate(), inputs.toArray(Variable[]::new));
    }
}
