package org.manabi.autodiff;

import java.util.List;
import org.manabi.tensor.Checks;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Product;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// What recurrent operations share: sequences with the steps outermost, so that a step's samples lie
/// together, and the gradients that all steps contribute to.
final class Sequences {

    private final Site site;
    private final Engine engine;
    private final int samples;
    private final int steps;
    private final int features;
    private final int units;
    private final Tensor inputs;
    private final Tensor hidden;
    private final Tensor[] hiddenAt;
    private final Tensor hiddenGradient;
    private final Tensor[] hiddenGradientAt;
    private final Tensor cellGradient;
    private final Tensor part;
    private final Tensor gateGradient;
    private final Tensor[] gateGradientAt;
    private final Tensor recurrentGradient;
    private final Tensor[] recurrentGradientAt;
    private final Tensor hiddenBefore;
    private final Tensor inputGradient;

    /// The shape of h.
    ///
    /// @param gates how many blocks of H columns the weights have
    static Shape shape(List<Variable> inputs, int gates) {
        Shape x = inputs.get(0).shape();
        Shape weight = inputs.get(1).shape();
        Shape recurrent = inputs.get(2).shape();
        Shape bias = inputs.get(3).shape();
        Checks.require(
                x.rank() == 3 && x.size() > 0, "expected sequences [N, T, features], got %s", x);
        int units = recurrent.dim(0);
        Checks.require(
                weight.equals(Shape.of(x.dim(2), gates * units))
                        && recurrent.equals(Shape.of(units, gates * units))
                        && bias.equals(Shape.of(gates * units)),
                "expected weights [%d, %d·H], [H, %d·H] and [%d·H], got %s, %s and %s",
                x.dim(2),
                gates,
                gates,
                gates,
                weight,
                recurrent,
                bias);
        return Shape.of(x.dim(0), x.dim(1), units);
    }

    Sequences(Site site) {
        this.site = site;
        engine = site.engine();
        Shape x = site.input(0).shape();
        samples = x.dim(0);
        steps = x.dim(1);
        features = x.dim(2);
        units = site.output().shape().dim(2);
        DType dtype = site.output().dtype();
        inputs = site.keep(dtype, Shape.of(rows(), features));
        hidden = site.keep(dtype, Shape.of(rows(), units));
        hiddenAt = steps(hidden);
        boolean differentiates = site.differentiates();
        int gates = site.input(1).shape().dim(1);
        hiddenGradient = site.keep(dtype, Shape.of(differentiates ? rows() : steps, units));
        hiddenGradientAt = differentiates ? steps(hiddenGradient) : new Tensor[0];
        cellGradient = site.keep(dtype, Shape.of(samples, units));
        part = site.keep(dtype, Shape.of(samples, units));
        gateGradient = site.keep(dtype, Shape.of(differentiates ? rows() : 0, gates));
        gateGradientAt = differentiates ? steps(gateGradient) : new Tensor[0];
        recurrentGradient = site.keep(dtype, gateGradient.shape());
        recurrentGradientAt = differentiates ? steps(recurrentGradient) : new Tensor[0];
        hiddenBefore = hidden.rows(0, rows() - samples);
        inputGradient = site.keep(dtype, Shape.of(differentiates ? rows() : 0, features));
    }

    int samples() {
        return samples;
    }

    int units() {
        return units;
    }

    /// Steps times samples.
    int rows() {
        return steps * samples;
    }

    /// The rows of each step.
    Tensor[] steps(Tensor all) {
        Tensor[] views = new Tensor[steps];
        for (int t = 0; t < steps; t++) {
            views[t] = all.rows(t * samples, samples);
        }
        return views;
    }

    Tensor inputs() {
        return inputs;
    }

    Tensor[] hiddenAt() {
        return hiddenAt;
    }

    Tensor[] hiddenGradientAt() {
        return hiddenGradientAt;
    }

    /// Zeros `[N, H]` when the backward pass begins.
    Tensor cellGradient() {
        return cellGradient;
    }

    /// The gradient of the sums that the input goes into.
    Tensor gateGradient() {
        return gateGradient;
    }

    Tensor[] gateGradientAt() {
        return gateGradientAt;
    }

    /// The gradient of the sums that h before goes into, where it is another one.
    Tensor recurrentGradient() {
        return recurrentGradient;
    }

    Tensor[] recurrentGradientAt() {
        return recurrentGradientAt;
    }

    void loadInputs() {
        stepsOutermost(site.input(0), features, inputs);
    }

    void storeOutputs() {
        for (int t = 0; t < steps; t++) {
            engine.copyRows(
                    hidden,
                    t * samples * units,
                    units,
                    site.output(),
                    t * units,
                    steps * units,
                    samples,
                    units);
        }
    }

    void loadGradient() {
        stepsOutermost(site.outputGradient(), units, hiddenGradient);
        engine.fill(cellGradient, 0);
    }

    private void stepsOutermost(Tensor from, int width, Tensor to) {
        for (int t = 0; t < steps; t++) {
            engine.copyRows(
                    from, t * width, steps * width, to, t * samples * width, width, samples, width);
        }
    }

    /// Adds to the gradient of h before step t what the step's sums contribute.
    void addBefore(int t, Tensor dSums, Tensor recurrentWeight) {
        engine.product(Product.ABT, dSums, recurrentWeight, part);
        engine.add(part, hiddenGradientAt[t - 1]);
    }

    /// Writes the gradients of x, W and U, as far as they are wanted.
    ///
    /// @param dSums of the sums that the input goes into
    /// @param dRecurrent of the sums that h before goes into
    void gradients(Tensor dSums, Tensor dRecurrent) {
        if (site.wants(1)) {
            engine.product(Product.ATB, inputs, dSums, site.inputGradient(1));
        }
        if (site.wants(2)) {
            recurrentWeightGradient(dRecurrent);
        }
        if (site.wants(0)) {
            engine.product(Product.ABT, dSums, site.input(1), inputGradient);
            for (int t = 0; t < steps; t++) {
                engine.copyRows(
                        inputGradient,
                        t * samples * features,
                        features,
                        site.inputGradient(0),
                        t * features,
                        steps * features,
                        samples,
                        features);
            }
        }
    }

    /// The state before the first step is zero and contributes nothing.
    private void recurrentWeightGradient(Tensor dRecurrent) {
        if (steps == 1) {
            engine.fill(site.inputGradient(2), 0);
            return;
        }
        engine.product(
                Product.ATB,
                hiddenBefore,
                dRecurrent.rows(samples, rows() - samples),
                site.inputGradient(2));
    }
}
