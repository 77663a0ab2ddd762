package org.manabi.autodiff;

import java.util.List;
import org.manabi.tensor.Checks;
import org.manabi.tensor.DoubleTensor;
import org.manabi.tensor.Engine;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import org.manabi.tensor.kernel.DropoutMask;

/// Leaves elements out at random and makes up for it by enlarging the others.
///
///     y = x · m,   ∂L/∂x = g · m,   m = 0 with probability rate, else 1 / (1 − rate)
///
/// The mask is a function of the seed that the second input holds, of the path, and of the positions
/// of the sample in the batch and of the element in the sample.
///
/// **Shapes:** inputs x `[N, …]` and an int32 seed `[2]`, upper half first; result `[N, …]`.
///
/// @param rate the share that is left out, in [0, 1)
/// @param path tells this dropout from the others of a network
public record Dropout(double rate, String path) implements Op {

    public Dropout {
        Checks.require(rate >= 0 && rate < 1, "a dropout rate is in [0, 1), got %s", rate);
    }

    @Override
    public Shape shape(List<Variable> inputs) {
        Checks.require(
                inputs.get(1).shape().equals(Shape.of(2)),
                "expected a seed [2], got %s",
                inputs.get(1).shape());
        return inputs.getFirst().shape();
    }

    @Override
    public Bound bind(Site site) {
        Engine engine = site.engine();
        Tensor x = site.input(0);
        IntTensor noise = (IntTensor) site.input(1);
        Tensor y = site.output();
        int samples = x.shape().rank() == 0 ? 1 : x.shape().dim(0);
        int features = x.size() / Math.max(1, samples);
        Tensor mask = site.keep(x.dtype(), x.shape());
        return new Bound() {
            @Override
            public void forward() {
                long upper = noise.array()[noise.offset()];
                long lower = noise.array()[noise.offset() + 1] & 0xFFFFFFFFL;
                long seed = Seed.of(upper << 32 | lower).child(path).value();
                switch (mask) {
                    case FloatTensor floats ->
                            DropoutMask.fill(seed, rate, samples, features, floats.array(), 0);
                    case DoubleTensor doubles ->
                            DropoutMask.fill(seed, rate, samples, features, doubles.array(), 0);
                    default -> throw new IllegalStateException("a mask is floating");
                }
                engine.multiply(x, mask, y);
            }

            @Override
            public void backward() {
                engine.multiply(site.outputGradient(), mask, site.inputGradient(0));
            }
        };
    }
}
