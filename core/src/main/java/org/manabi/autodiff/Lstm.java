package org.manabi.autodiff;

import java.util.List;
import org.manabi.tensor.Activation;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Product;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// A long short-term memory over sequences, which begins with zeros.
///
///     i, f, g, o = σ, σ, tanh, σ (x·W + h′·U + b)
///     c = f·c′ + i·g,   h = o·tanh c
///
/// where primes are of the step before. The gradient goes back through all steps.
///
/// **Shapes:** inputs x `[N, T, in]`, W `[in, 4H]`, U `[H, 4H]`, b `[4H]`, the gates' blocks in the order
/// above; result h `[N, T, H]`.
public record Lstm() implements Op {

    @Override
    public Shape shape(List<Variable> inputs) {
        return Sequences.shape(inputs, 4);
    }

    @Override
    public Bound bind(Site site) {
        return new BoundLstm(site);
    }

    private static final class BoundLstm implements Bound {

        private final Site site;
        private final Engine engine;
        private final Sequences sequences;
        private final Tensor weight;
        private final Tensor recurrentWeight;
        private final Tensor bias;
        private final Tensor recurrent;
        private final Tensor gates;
        private final Tensor[] gatesAt;
        private final Tensor[] cellAt;
        private final Tensor[] tanhAt;

        BoundLstm(Site site) {
            this.site = site;
            engine = site.engine();
            sequences = new Sequences(site);
            weight = site.input(1);
            recurrentWeight = site.input(2);
            bias = site.input(3);
            DType dtype = weight.dtype();
            int units = sequences.units();
            recurrent = site.keep(dtype, Shape.of(sequences.samples(), 4 * units));
            gates = site.keep(dtype, Shape.of(sequences.rows(), 4 * units));
            gatesAt = sequences.steps(gates);
            cellAt = sequences.steps(site.keep(dtype, Shape.of(sequences.rows(), units)));
            tanhAt = sequences.steps(site.keep(dtype, Shape.of(sequences.rows(), units)));
        }

        @Override
        public void forward() {
            sequences.loadInputs();
            engine.product(
                    Product.AB, sequences.inputs(), weight, gates, bias, Activation.IDENTITY);
            Tensor[] hidden = sequences.hiddenAt();
            for (int t = 0; t < gatesAt.length; t++) {
                if (t > 0) {
                    engine.product(Product.AB, hidden[t - 1], recurrentWeight, recurrent);
                    engine.add(recurrent, gatesAt[t]);
                }
                engine.lstm(
                        gatesAt[t], t == 0 ? null : cellAt[t - 1], cellAt[t], tanhAt[t], hidden[t]);
            }
            sequences.storeOutputs();
        }

        @Override
        public void backward() {
            sequences.loadGradient();
            Tensor[] dHidden = sequences.hiddenGradientAt();
            Tensor dCell = sequences.cellGradient();
            Tensor dGates = sequences.gateGradient();
            Tensor[] dGatesAt = sequences.gateGradientAt();
            for (int t = gatesAt.length - 1; t >= 0; t--) {
                engine.lstmGradient(
                        gatesAt[t],
                        t == 0 ? null : cellAt[t - 1],
                        tanhAt[t],
                        dHidden[t],
                        dCell,
                        dGatesAt[t]);
                if (t > 0) {
                    sequences.addBefore(t, dGatesAt[t], recurrentWeight);
                }
            }
            sequences.gradients(dGates, dGates);
            if (site.wants(3)) {
                engine.columnSums(dGates, site.inputGradient(3));
            }
        }
    }
}
