package org.manabi.layers;

import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Tensor;

/// Keeps the variance of activations alike from layer to layer, for ReLU units. [#NORMAL] is not
/// truncated, as in PyTorch; Keras cuts it at 2σ, which is [#TRUNCATED].
///
///     uniform: U(±√(6 / in))      normal: N(0, 2 / in)
///
/// Source: He et al., *Delving Deep into Rectifiers* (ICCV 2015), eq. 10.
public enum He implements Initializer {
    /// `U(±√(6 / in))`.
    UNIFORM {
        @Override
        public void fill(Tensor tensor, Fans fans, RandomStream random) {
            new Uniform(Math.sqrt(6.0 / fans.in())).fill(tensor, fans, random);
        }
    },
    /// `N(0, 2 / in)`, not truncated.
    NORMAL {
        @Override
        public void fill(Tensor tensor, Fans fans, RandomStream random) {
            new Normal(Math.sqrt(2.0 / fans.in())).fill(tensor, fans, random);
        }
    },
    /// [TruncatedNormal] with the variance `2 / in`: Keras's `he_normal`.
    TRUNCATED {
        @Override
        public void fill(Tensor tensor, Fans fans, RandomStream random) {
            new TruncatedNormal(Math.sqrt(2.0 / fans.in())).fill(tensor, fans, random);
        }
    }
}
