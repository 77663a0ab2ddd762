package org.manabi.layers;

import org.manabi.autodiff.Input;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.DType;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;

/// The leaf that brings a seed into a plan, so that layers which are random while they learn can
/// draw anew in each step: an int32 tensor `[2]` that holds the seed's halves.
///
///     Input noise = Noise.input();
///     Variable output = network.forward(batch, Mode.TRAIN, noise);
///     …
///     Noise.write(seed.child(step), (IntTensor) plan.value(noise));
public final class Noise {

    /// Always the same seed, 0.
    static final Variable NONE = Variable.of(IntTensor.of(Shape.of(2), 0, 0));

    private Noise() {}

    /// A fresh leaf.
    public static Input input() {
        return Input.of("noise", DType.INT32, Shape.of(2));
    }

    /// Sets the seed of the next run.
    public static void write(Seed seed, IntTensor noise) {
        noise.array()[noise.offset()] = (int) (seed.value() >>> 32);
        noise.array()[noise.offset() + 1] = (int) seed.value();
    }
}
