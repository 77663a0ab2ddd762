package org.manabi.autodiff;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.RowNormalization;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// Each sample, or each of its groups of channels, normalized by its own mean and variance.
///
///     y = γ·x̂ + β,   x̂ = (x − μ)·f,   f = 1 / √(σ² + ε),   σ² = mean (x − μ)²
///     ∂L/∂x = f·(h − mean h − x̂·mean(h·x̂)),   h = g·γ
///     ∂L/∂γ = Σₙ g·x̂,   ∂L/∂β = Σₙ g
///
/// Without centering μ is 0, and the mean of h is left out.
///
/// **Shapes:** inputs x `[N, …]`, γ, and β unless left out; result `[N, …]`. γ and β have one number for
/// each element of a sample, or, with `perChannel`, `[C]` for x `[N, C, …]`.
///
/// @param groups into which a sample is divided along its channels
/// @param perChannel whether all positions of a channel share γ and β
/// @param centered whether the mean is taken off
/// @param epsilon ε, greater than 0
public record RowNorm(int groups, boolean perChannel, boolean centered, double epsilon)
        implements Op {

    @Override
    public Shape shape(List<Variable> inputs) {
        Shape x = inputs.getFirst().shape();
        Checks.require(x.rank() >= 2 && x.size() > 0, "expected input [N, …], got %s", x);
        int gains = perChannel ? x.dim(1) : x.tail().size();
        for (Variable parameter : inputs.subList(1, inputs.size())) {
            Checks.require(
                    parameter.shape().size() == gains,
                    "expected %d gains and biases, got %s",
                    gains,
                    parameter.shape());
        }
        Checks.require(
                gains % groups == 0, "cannot divide %d channels into %d groups", gains, groups);
        return x;
    }

    @Override
    public Bound bind(Site site) {
        Tensor x = site.input(0);
        Tensor gain = site.input(1);
        boolean hasBias = site.inputCount() == 3;
        Tensor bias = hasBias ? site.input(2) : null;
        Tensor y = site.output();
        int rows = x.shape().dim(0) * groups;
        RowNormalization normalization =
                site.engine()
                        .rowNormalization(
                                x.dtype(),
                                rows,
                                groups,
                                x.size() / rows,
                                x.shape().tail().size() / gain.size(),
                                centered,
                                epsilon);
        return new Bound() {
            @Override
            public void forward() {
                normalization.forward(x, gain, bias, y);
            }

            @Override
            public void backward() {
                normalization.gradients(
                        x,
                        gain,
                        site.outputGradient(),
                        wanted(0),
                        wanted(1),
                        hasBias ? wanted(2) : null);
            }

            private @Nullable Tensor wanted(int input) {
                return site.wants(input) ? site.inputGradient(input) : null;
            }
        };
    }
}
