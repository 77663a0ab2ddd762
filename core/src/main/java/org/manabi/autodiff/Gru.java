package org.manabi.autodiff;

import java.util.List;
import org.manabi.tensor.Activation;
import org.manabi.tensor.Checks;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Product;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// Gated recurrent units over sequences, which begin with zeros.
///
///     a = x·W + b,   u = h′·U + d
///     r = σ(aᵣ + uᵣ),   z = σ(a_z + u_z),   n = tanh(aₙ + r·uₙ)
///     h = (1 − z)·n + z·h′
///
/// where primes are of the step before. The gradient goes back through all steps.
///
/// **Shapes:** inputs x `[N, T, in]`, W `[in, 3H]`, U `[H, 3H]`, b and d `[3H]`, the gates' blocks in the
/// order r, z, n; result h `[N, T, H]`.
public record Gru() implements Op {

    @Override
    public Shape shape(List<Variable> inputs) {
        Shape result = Sequences.shape(inputs, 3);
        Checks.require(
                inputs.get(4).shape().equals(inputs.get(3).shape()),
                "expected recurrent biases %s, got %s",
                inputs.get(3).shape(),
                inputs.get(4).shape());
        return result;
    }

    @Override
    public Bound bind(Site site) {
        return new BoundGru(site);
    }

    private static final class BoundGru implements Bound {

        private final Site site;
        private final Engine engine;
        private final Sequences sequences;
        private final Tensor weight;
        private final Tensor recurrentWeight;
        private final Tensor bias;
        private final Tensor recurrentBias;
        private final Tensor gates;
        private final Tensor[] gatesAt;
        private final Tensor[] recurrentAt;
        private final Tensor zeros;

        BoundGru(Site site) {
            this.site = site;
            engine = site.engine();
            sequences = new Sequences(site);
            weight = site.input(1);
            recurrentWeight = site.input(2);
            bias = site.input(3);
            recurrentBias = site.input(4);
            DType dtype = weight.dtype();
            int units = sequences.units();
            gates = site.keep(dtype, Shape.of(sequences.rows(), 3 * units));
            gatesAt = sequences.steps(gates);
            recurrentAt = sequences.steps(site.keep(dtype, gates.shape()));
            zeros = site.keep(dtype, Shape.of(sequences.samples(), units));
        }

        private Tensor before(int t) {
            return t == 0 ? zeros : sequences.hiddenAt()[t - 1];
        }

        @Override
        public void forward() {
            sequences.loadInputs();
            engine.product(
                    Product.AB, sequences.inputs(), weight, gates, bias, Activation.IDENTITY);
            for (int t = 0; t < gatesAt.length; t++) {
                engine.product(
                        Product.AB,
                        before(t),
                        recurrentWeight,
                        recurrentAt[t],
                        recurrentBias,
                        Activation.IDENTITY);
                engine.gru(gatesAt[t], recurrentAt[t], before(t), sequences.hiddenAt()[t]);
            }
            sequences.storeOutputs();
        }

        @Override
        public void backward() {
            sequences.loadGradient();
            Tensor[] dHidden = sequences.hiddenGradientAt();
            Tensor dGates = sequences.gateGradient();
            Tensor[] dGatesAt = sequences.gateGradientAt();
            Tensor dRecurrent = sequences.recurrentGradient();
            Tensor[] dRecurrentAt = sequences.recurrentGradientAt();
            Tensor dBefore = sequences.cellGradient();
            for (int t = gatesAt.length - 1; t >= 0; t--) {
                engine.gruGradient(
                        gatesAt[t],
                        recurrentAt[t],
                        before(t),
                        dHidden[t],
                        dGatesAt[t],
                        dRecurrentAt[t],
                        dBefore);
                if (t > 0) {
                    engine.add(dBefore, dHidden[t - 1]);
                    sequences.addBefore(t, dRecurrentAt[t], recurrentWeight);
                }
            }
            sequences.gradients(dGates, dRecurrent);
            if (site.wants(3)) {
                engine.columnSums(dGates, site.inputGradient(3));
            }
            if (site.wants(4)) {
                engine.columnSums(dRecurrent, site.inputGradient(4));
            }
        }
    }
}
