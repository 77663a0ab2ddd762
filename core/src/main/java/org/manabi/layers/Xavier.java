package org.manabi.layers;

import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Tensor;

/// Keeps the variance of activations and gradients alike from layer to layer, for sigmoid, tanh and
/// linear units. [#NORMAL] is not truncated, as in PyTorch; Keras cuts it at 2σ,
/// which is [#TRUNCATED].
///
///     uniform: U(±√(6 / (in + out)))      normal: N(0, 2 / (in + out))
///
/// Source: Glorot and Bengio, *Understanding the difficulty of training deep feedforward neural
/// networks* (AISTATS 2010), eq. 16.
public enum Xavier implements Initializer {
    /// `U(±√(6 / (in + out)))`.
    UNIFORM {
        @Override
        public void fill(Tensor tensor, Fans fans, RandomStream random) {
            new Uniform(Math.sqrt(6.0 / (fans.in() + fans.out()))).fill(tensor, fans, random);
        }
    },
    /// `N(0, 2 / (in + out))`, not truncated.
    NORMAL {
        @Override
        public void fill(Tensor tensor, Fans fans, RandomStream random) {
            new Normal(Math.sqrt(2.0 / (fans.in() + fans.out()))).fill(tensor, fans, random);
        }
    },
    /// [TruncatedNormal] with the variance `2 / (in + out)`: Keras's `glorot_normal`.
    TRUNCATED {
        @Override
        public void fill(Tensor tensor, Fans fans, RandomStream random) {
            new TruncatedNormal(Math.sqrt(2.0 / (fans.in() + fans.out())))
                    .fill(tensor, fans, random);
        }
    }
}
