package org.manabi.autodiff;

import java.util.List;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// A row of a table for each number: words as vectors.
///
///     y = w[x],   ∂L/∂w[v] = Σ of g wherever x = v, in row-major order
///
/// **Shapes:** inputs x `[N, …]`, whole numbers in 0 … V − 1 of a floating type, and w `[V, D]`; result
/// `[N, …, D]`. No gradient flows to x: that of a table is 0.
public record Embedding() implements Op {

    @Override
    public Shape shape(List<Variable> inputs) {
        Shape x = inputs.get(0).shape();
        Shape table = inputs.get(1).shape();
        Checks.require(table.rank() == 2, "expected a table [V, D], got %s", table);
        int[] dims = new int[x.rank() + 1];
        System.arraycopy(x.toArray(), 0, dims, 0, x.rank());
        dims[x.rank()] = table.dim(1);
        return Shape.of(dims);
    }

    @Override
    public Bound bind(Site site) {
        Engine engine = site.engine();
        Tensor x = site.input(0);
        Tensor table = site.input(1);
        Tensor y = site.output();
        int rows = table.shape().dim(0);
        int width = table.shape().dim(1);
        int[] indices = new int[x.size()];
        return new Bound() {
            @Override
            public void forward() {
                for (int i = 0; i < indices.length; i++) {
                    double number = x.getAsDouble(i);
                    long index = Math.round(number);
                    Checks.require(
                            index >= 0 && index < rows && Math.abs(number - index) < 1e-3,
                            "element %d of the input is %s; an Embedding of %d rows takes whole"
                                    + " numbers in 0 … %d",
                            i,
                            number,
                            rows,
                            rows - 1);
                    indices[i] = (int) index;
                    engine.copyRows(
                            table, indices[i] * width, width, y, i * width, width, 1, width);
                }
            }

            @Override
            public void backward() {
                if (site.wants(1)) {
                    engine.addToRows(indices, width, site.outputGradient(), site.inputGradient(1));
                }
                if (site.wants(0)) {
                    engine.fill(site.inputGradient(0), 0);
                }
            }
        };
    }
}
