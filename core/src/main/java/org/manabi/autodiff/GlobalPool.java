package org.manabi.autodiff;

import java.util.List;
import org.manabi.tensor.Checks;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// One number for each channel: the mean or the largest of all its positions.
///
/// **Shapes:** input `[N, C, …]`, result `[N, C]`.
public enum GlobalPool implements Op {
    /// `y = Σ x / positions`, `∂L/∂x = g / positions`.
    AVERAGE {
        @Override
        Bound bind(Engine engine, Site site) {
            Tensor x = site.input(0);
            Tensor y = site.output();
            return new Bound() {
                @Override
                public void forward() {
                    engine.rowMeans(x, y);
                }

                @Override
                public void backward() {
                    engine.rowMeansGradient(site.outputGradient(), site.inputGradient(0));
                }
            };
        }
    },
    /// `y = max x`; its gradient goes to the first of the largest. NaN is the largest.
    MAX {
        @Override
        Bound bind(Engine engine, Site site) {
            Tensor x = site.input(0);
            Tensor y = site.output();
            IntTensor winners = (IntTensor) site.keep(DType.INT32, y.shape());
            return new Bound() {
                @Override
                public void forward() {
                    engine.rowMaxima(x, y, winners);
                }

                @Override
                public void backward() {
                    engine.rowMaximaGradient(winners, site.outputGradient(), site.inputGradient(0));
                }
            };
        }
    };

    abstract Bound bind(Engine engine, Site site);

    @Override
    public Shape shape(List<Variable> inputs) {
        Shape x = inputs.getFirst().shape();
        Checks.require(
                x.rank() >= 3 && x.size() > 0,
                "expected input [N, C, …] with positions to pool, got %s",
                x);
        return Shape.of(x.dim(0), x.dim(1));
    }

    @Override
    public Bound bind(Site site) {
        return bind(site.engine(), site);
    }
}
